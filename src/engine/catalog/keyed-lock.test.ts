import { expect, it } from "vitest";
import { KeyedLock } from "./keyed-lock.ts";

it("runs jobs of one key in turn and others beside them", async () => {
  const lock = new KeyedLock();
  const log: string[] = [];
  let release = (): void => undefined;
  const blocker = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = lock.run("a", async () => {
    log.push("first starts");
    await blocker;
    log.push("first ends");
  });
  const second = lock.run("a", async () => {
    log.push("second");
  });
  await lock.run("b", async () => {
    log.push("other");
  });
  expect(log).toEqual(["first starts", "other"]);
  release();
  await Promise.all([first, second]);
  expect(log).toEqual(["first starts", "other", "first ends", "second"]);
});

it("goes on after a job that failed", async () => {
  const lock = new KeyedLock();
  const first = lock.run("a", async () => {
    throw new Error("no");
  });
  const second = lock.run("a", async () => "yes");
  await expect(first).rejects.toThrow("no");
  await expect(second).resolves.toBe("yes");
});
