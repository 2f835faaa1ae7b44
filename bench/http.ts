/**
 * W1-W4, and W1q-W3q in JSONata, as Standard executions through the public HTTP API: the built server (`dist`) as a process of
 * its own on SQLite with synchronous=FULL, the load generator here beside it. An execution counts when
 * it has SUCCEEDED; latency is that of StartExecution. Beside it the fdatasync rate of the disk.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { MarkdownTable } from "./markdown-table.ts";
import { BenchServer } from "./server.ts";
import { WORKLOADS, type Workload } from "./workflows.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 10);
const CONNECTIONS = Number(process.env["BENCH_CONNECTIONS"] ?? 32);
const ONLY = process.env["BENCH_ONLY"];
const FUNCTIONS = fileURLToPath(new URL("functions", import.meta.url));

/** Starts executions from CONNECTIONS loops until the time is over; then waits until all are done. */
async function runLoad(
  server: BenchServer,
  stateMachineArn: string,
  input: string,
  seconds: number,
) {
  const latencies: number[] = [];
  const start = performance.now();
  const loop = async () => {
    while (performance.now() - start < seconds * 1000) {
      const before = performance.now();
      await server.call("StartExecution", { stateMachineArn, input });
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  const query = { stateMachineArn, statusFilter: "RUNNING", maxResults: 1 };
  for (;;) {
    const { executions } = await server.call<{ executions: unknown[] }>("ListExecutions", query);
    if (executions.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const elapsed = (performance.now() - start) / 1000;
  const failed = { stateMachineArn, statusFilter: "FAILED", maxResults: 1 };
  const { executions } = await server.call<{ executions: unknown[] }>("ListExecutions", failed);
  if (executions.length > 0) throw new Error(`executions failed: ${JSON.stringify(executions)}`);
  return { count: latencies.length, elapsed, latencies: latencies.toSorted((a, b) => a - b) };
}

async function measure(server: BenchServer, workload: Workload): Promise<void> {
  const stateMachineArn = await server.createStateMachine(
    `bench-${workload.name}`,
    workload.definition,
  );
  await runLoad(server, stateMachineArn, workload.input, SECONDS / 5);
  const { count, elapsed, latencies } = await runLoad(
    server,
    stateMachineArn,
    workload.input,
    SECONDS,
  );
  const percentile = (part: number) => latencies[Math.floor((latencies.length - 1) * part)] ?? NaN;
  const perSecond = count / elapsed;
  table.add([
    workload.name,
    workload.title,
    perSecond,
    perSecond * workload.transitions,
    percentile(0.5),
    percentile(0.99),
    server.megabytes("VmRSS"),
  ]);
}

/** 4 KiB appended and synced, for a second. */
function syncRate(directory: string): number {
  const file = openSync(join(directory, "sync-rate"), "w");
  const page = Buffer.alloc(4096, 1);
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < 1000; count++) {
    writeSync(file, page);
    fdatasyncSync(file);
  }
  closeSync(file);
  return count;
}

const table = new MarkdownTable([
  "workload",
  "what",
  "executions/s",
  "transitions/s",
  "StartExecution p50, ms",
  "p99, ms",
  "server RSS, MB",
]);
const directory = mkdtempSync(join(tmpdir(), "stepwell-bench-"));
const server = await BenchServer.start(
  join(directory, "data"),
  ["--functions", FUNCTIONS],
  CONNECTIONS,
);
try {
  console.log(
    `HTTP, durable (SQLite, synchronous=FULL), ${CONNECTIONS} connections, ${SECONDS} s each; ` +
      `disk: ${syncRate(directory)} fdatasync/s`,
  );
  for (const workload of WORKLOADS) {
    if (ONLY === undefined || workload.name === ONLY) await measure(server, workload);
  }
  table.print();
} finally {
  await server.stop();
  rmSync(directory, { recursive: true });
}
