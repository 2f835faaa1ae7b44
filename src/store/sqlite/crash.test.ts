import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { openSqliteStore } from "./open-sqlite-store.ts";

const kills = 20;

// Batch n starts execution n with 1 to 3 journal rows and ends execution n - 1. Two commits are on
// their way at any time, as in the engine. A number on standard output is a promise. 30 kB a row
// make a checkpoint every few hundred commits.
const writer = `
  import { writeSync } from "node:fs";
  const [, moduleUrl, directory] = process.argv;
  const { openSqliteStore } = await import(moduleUrl);
  const store = await openSqliteStore({ directory });
  let next = (await store.highestIds()).execution + 1;
  const execution = (id, status) => ({ id, machineId: 1, revisionId: 1, name: "n" + id, status,
    startedAt: id, stoppedAt: status === "RUNNING" ? undefined : id, details: "", parkedUntil: undefined });
  const loop = async () => {
    for (;;) {
      const n = next++;
      await store.commit({
        started: [execution(n, "RUNNING")],
        journal: Array.from({ length: 1 + n % 3 }, (_, sequence) =>
          ({ executionId: n, sequence, at: n, body: n + "/" + sequence + "x".repeat(30000) })),
        changed: n === 1 ? [] : [execution(n - 1, "SUCCEEDED")],
        catalog: [{ id: n, kind: "k", key: "k" + n, body: "" }],
        revisions: [],
        removedCatalog: n === 1 ? [] : [n - 1],
      });
      writeSync(1, n + "\\n");
    }
  };
  await Promise.all([loop(), loop()]);
`;

/** Lets the writer work on the folder and kills it after some acknowledgements; the last of them. */
async function writeAndKill(directory: string, acknowledgements: number): Promise<number> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const module = new URL("./open-sqlite-store.ts", import.meta.url).href;
  const child = spawn(
    process.execPath,
    ["--import", loader, "--input-type=module", "--eval", writer, module, directory],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const closed = once(child, "close");
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  let last = 0;
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Math.max(last, Number(line));
    if (++count === acknowledgements) child.kill("SIGKILL");
  }
  await closed;
  if (count < acknowledgements) throw new Error(`the writer ended by itself: ${errors}`);
  return last;
}

it(`keeps what was acknowledged, and whole batches only, through ${kills} kills`, async () => {
  const directory = mkdtempSync(join(tmpdir(), "stepwell-crash-"));
  let checked = 0;
  for (let round = 0; round < kills; round++) {
    const acknowledged = await writeAndKill(directory, 1 + ((round * 37) % 83));
    const store = await openSqliteStore({ directory });
    const { execution: highest, catalog } = await store.highestIds();
    expect(highest).toBeGreaterThanOrEqual(acknowledged);
    expect(highest).toBeLessThanOrEqual(acknowledged + 2);
    expect(catalog).toBe(highest);
    expect((await store.readCatalog()).map(({ id }) => id)).toEqual([highest]);
    expect((await store.listRunning(0, 10)).map(({ id }) => id)).toEqual([highest]);
    for (let id = checked + 1; id <= highest; id++) {
      expect((await store.findExecution(1, `n${id}`))?.id).toBe(id);
      const bodies = (await store.readJournal(id, 0, 10)).map(({ body }) => body.slice(0, 20));
      const expected = Array.from({ length: 1 + (id % 3) }, (_, sequence) => `${id}/${sequence}`);
      expect(bodies).toEqual(expected.map((text) => text.padEnd(20, "x")));
    }
    checked = highest;
    await store.close();
  }
  const database = new Database(join(directory, "stepwell.db"));
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  database.close();
  rmSync(directory, { recursive: true });
}, 60_000);

it("refuses a second process, naming the first", async () => {
  const directory = mkdtempSync(join(tmpdir(), "stepwell-crash-"));
  const store = await openSqliteStore({ directory });
  await expect(writeAndKill(directory, 1)).rejects.toThrow(`is in use by process ${process.pid}`);
  await store.close();
  rmSync(directory, { recursive: true });
});
