import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { StoreUnavailable } from "../../engine/ports.ts";
import { StoreBroken } from "../store-errors.ts";
import { DatabaseThread, startDatabaseThread } from "./database-thread.ts";

it("rejects pending and later calls when the thread dies", async () => {
  const thread = new DatabaseThread(
    new Worker(
      `const { parentPort } = require("node:worker_threads");
       parentPort.on("message", () => process.exit(3));
       parentPort.postMessage({ type: "opened" });`,
      { eval: true },
    ),
  );
  await thread.opened;
  const calls = [1, 2, 3].map((id) => thread.call("readExecution", id));
  for (const outcome of await Promise.allSettled(calls)) {
    const reason: unknown = outcome.status === "rejected" ? outcome.reason : undefined;
    expect(reason).toBeInstanceOf(StoreBroken);
    expect(reason).toHaveProperty("message", "The database thread ended: exit code 3");
  }
  await expect(thread.call("highestIds", undefined)).rejects.toBeInstanceOf(StoreBroken);
  await thread.close();
});

it("tells when the thread ends before the database is open", async () => {
  const thread = new DatabaseThread(new Worker("throw new Error('no such thing')", { eval: true }));
  await expect(thread.opened).rejects.toThrow("The database thread ended: no such thing");
  await thread.close();
});

it("bounds the number of waiting requests", async () => {
  const directory = mkdtempSync(join(tmpdir(), "stepwell-thread-"));
  const file = join(directory, "stepwell.db");
  const thread = await startDatabaseThread({ file, maximumPages: undefined });
  const calls = Array.from({ length: 11_000 }, (_, id) => thread.call("readExecution", id));
  const outcomes = await Promise.allSettled(calls);
  const rejected = outcomes.flatMap((o) => (o.status === "rejected" ? [o.reason as unknown] : []));
  // Two went out at once, 10,000 waited.
  expect(rejected.length).toBe(998);
  expect(rejected[0]).toBeInstanceOf(StoreUnavailable);
  expect(rejected[0]).not.toBeInstanceOf(StoreBroken);
  expect(await thread.call("readExecution", 1)).toBeUndefined();
  await thread.close();
  rmSync(directory, { recursive: true });
});

it("dies rather than mixing up replies when a value cannot travel", async () => {
  const directory = mkdtempSync(join(tmpdir(), "stepwell-thread-"));
  const file = join(directory, "stepwell.db");
  const thread = await startDatabaseThread({ file, maximumPages: undefined });
  const calls = [thread.call("readExecution", 1), thread.call("readExecution", (() => 1) as never)];
  for (const outcome of await Promise.allSettled(calls)) expect(outcome.status).toBe("rejected");
  await expect(thread.call("readExecution", 1)).rejects.toBeInstanceOf(StoreBroken);
  await thread.close();
  rmSync(directory, { recursive: true });
});
