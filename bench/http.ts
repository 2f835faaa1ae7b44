/**
 * W1-W4, and W1q-W3q in JSONata, as Standard executions through the public HTTP API: the built server (`dist`) as a process of
 * its own on SQLite with synchronous=FULL, the load generator here beside it. An execution counts when
 * it has SUCCEEDED; latency is that of StartExecution. Beside it the fdatasync rate of the disk.
 */
import { spawn, type ChildProcess } from "node:child_process";
import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { MarkdownTable } from "./markdown-table.ts";
import { WORKLOADS, type Workload } from "./workflows.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 10);
const CONNECTIONS = Number(process.env["BENCH_CONNECTIONS"] ?? 32);
const ONLY = process.env["BENCH_ONLY"];
const ROLE = "arn:aws:iam::123456789012:role/bench";
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

interface Server {
  readonly process: ChildProcess;
  readonly url: URL;
}

async function startServer(dataDir: string): Promise<Server> {
  const functions = join(ROOT, "bench/functions");
  const args = ["serve", "--port", "0", "--data-dir", dataDir, "--functions", functions];
  const child = spawn(join(ROOT, "bin/stepwell"), [...args, "--log-level", "warn"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<URL>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      const ready = /Stepwell ready on (\S+)/.exec(chunk.toString());
      if (ready?.[1] !== undefined) resolve(new URL(ready[1]));
    });
  });
  return { process: child, url };
}

function call<Output>(server: Server, operation: string, input: object): Promise<Output> {
  const body = JSON.stringify(input);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: server.url.hostname,
        port: server.url.port,
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `AWSStepFunctions.${operation}`,
          "content-length": Buffer.byteLength(body),
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => {
          if (response.statusCode === 200) resolve(JSON.parse(text) as Output);
          else reject(new Error(`${operation}: ${response.statusCode} ${text}`));
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Starts executions from CONNECTIONS loops until the time is over; then waits until all are done. */
async function runLoad(server: Server, stateMachineArn: string, input: string, seconds: number) {
  const latencies: number[] = [];
  const start = performance.now();
  const loop = async () => {
    while (performance.now() - start < seconds * 1000) {
      const before = performance.now();
      await call(server, "StartExecution", { stateMachineArn, input });
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  const query = { stateMachineArn, statusFilter: "RUNNING", maxResults: 1 };
  for (;;) {
    const { executions } = await call<{ executions: unknown[] }>(server, "ListExecutions", query);
    if (executions.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const elapsed = (performance.now() - start) / 1000;
  const failed = { stateMachineArn, statusFilter: "FAILED", maxResults: 1 };
  const { executions } = await call<{ executions: unknown[] }>(server, "ListExecutions", failed);
  if (executions.length > 0) throw new Error(`executions failed: ${JSON.stringify(executions)}`);
  return { count: latencies.length, elapsed, latencies: latencies.toSorted((a, b) => a - b) };
}

async function measure(server: Server, workload: Workload): Promise<void> {
  const { stateMachineArn } = await call<{ stateMachineArn: string }>(
    server,
    "CreateStateMachine",
    {
      name: `bench-${workload.name}`,
      definition: JSON.stringify(workload.definition),
      roleArn: ROLE,
    },
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
    residentMegabytes(server),
  ]);
}

function residentMegabytes(server: Server): string {
  const status = readFileSync(`/proc/${server.process.pid}/status`, "utf8");
  const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? "?" : (Number(kilobytes) / 1024).toFixed(0);
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
const server = await startServer(join(directory, "data"));
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
  agent.destroy();
  const ended = new Promise((resolve) => server.process.once("exit", resolve));
  server.process.kill("SIGTERM");
  await ended;
  rmSync(directory, { recursive: true });
}
