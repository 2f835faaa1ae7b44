/**
 * How much the embedded store takes: `npx tsx bench/store.ts [executions stored before, 0]`.
 * Small executions as one record and one journal row of 600 bytes, double-buffered as the engine
 * does it; beside it the rate of a bare 4 KiB write + fdatasync on the same disk.
 */
import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Batch, ExecutionRecord, JournalRow, Store } from "../src/engine/ports.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";

const seconds = 3;
const body = `{"events":"${"x".repeat(585)}"}`;
const stored = Number(process.argv[2] ?? 0);
// In the working folder: /tmp is often memory.
const directory = mkdtempSync(join(process.cwd(), ".bench-store-"));
let lastId = 0;

function makeBatch(executions: number): Batch {
  const started: ExecutionRecord[] = [];
  const journal: JournalRow[] = [];
  for (let index = 0; index < executions; index++) {
    const id = ++lastId;
    const at = 1_750_000_000_000 + id;
    started.push({
      id,
      machineId: 1 + (id % 20),
      revisionId: 1,
      name: crypto.randomUUID(),
      status: "SUCCEEDED",
      startedAt: at,
      stoppedAt: at + 5,
      details: "",
      parkedUntil: undefined,
    });
    journal.push({ executionId: id, sequence: 0, at, body });
  }
  return { started, journal, changed: [], catalog: [], revisions: [], removedCatalog: [] };
}

function measureDisk(): void {
  const file = join(directory, "raw");
  const descriptor = openSync(file, "w");
  const page = Buffer.alloc(4096, "x");
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    writeSync(descriptor, page, 0, page.length, (count++ % 1000) * page.length);
    fdatasyncSync(descriptor);
  }
  const rate = count / ((performance.now() - start) / 1000);
  closeSync(descriptor);
  rmSync(file);
  console.log(`disk: ${rate.toFixed(0)} writes of 4 KiB + fdatasync/s`);
}

async function measureCommits(store: Store, executions: number): Promise<void> {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const committer = async (): Promise<void> => {
    while (performance.now() - start < seconds * 1000) {
      const batch = makeBatch(executions);
      const sent = performance.now();
      await store.commit(batch);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all([committer(), committer()]);
  const took = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const total = latencies.length * executions;
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(1);
  console.log(
    `batches of ${executions}: ${(total / took).toFixed(0)} executions/s, ` +
      `${((total * 2) / took).toFixed(0)} rows/s, ${(latencies.length / took).toFixed(0)} commits/s, ` +
      `commit p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)} ms, ` +
      `cpu ${((user + system) / total).toFixed(1)} us/execution (both threads)`,
  );
}

async function measureReads(store: Store): Promise<void> {
  const measure = async (
    name: string,
    count: number,
    read: (index: number) => Promise<unknown>,
  ) => {
    const start = performance.now();
    await Promise.all(Array.from({ length: count }, (_, index) => read(index)));
    const each = ((performance.now() - start) * 1000) / count;
    console.log(`${name}: ${each.toFixed(1)} us each, ${count} at once`);
  };
  const pick = (index: number) => 1 + ((index * 7919) % lastId);
  const list = { after: undefined, limit: 100 };
  await measure("find a new name", 5_000, (index) => store.findExecution(1, `new-${index}`));
  await measure("read an execution", 5_000, (index) => store.readExecution(pick(index)));
  await measure("read a journal", 5_000, (index) => store.readJournal(pick(index), 0, 100));
  await measure("list 100 of all", 200, (index) =>
    store.listExecutions({ ...list, machineId: 1 + (index % 20), status: undefined }),
  );
  await measure("list failed, none there", 200, (index) =>
    store.listExecutions({ ...list, machineId: 1 + (index % 20), status: "FAILED" }),
  );
  await measure("list 1,000 running, none there", 200, () => store.listRunning(0, 1_000));
}

try {
  measureDisk();
  const store = await openSqliteStore({ directory });
  while (lastId < stored) await store.commit(makeBatch(Math.min(10_000, stored - lastId)));
  if (stored > 0) console.log(`${stored} executions stored before`);
  for (const executions of [1, 10, 100, 500]) await measureCommits(store, executions);
  await measureReads(store);
  const bytes = statSync(join(directory, "stepwell.db")).size;
  console.log(`file: ${(bytes / lastId).toFixed(0)} bytes/execution`);
  await store.close();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
