/**
 * W5: a distributed Map whose items come from a JSON Lines file in a local bucket; every item is a child
 * execution with one Pass state, and the results go back to the bucket. The built server (`dist`) as a
 * process of its own, a new one for each row so that its peak of memory is this row's.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { MarkdownTable } from "./markdown-table.ts";
import { BenchServer } from "./server.ts";

/** More than W5's own number shows that memory does not grow with the items. */
const RUNS = [
  { type: "EXPRESS", items: 10_000 },
  { type: "STANDARD", items: 10_000 },
  { type: "EXPRESS", items: 100_000 },
  { type: "STANDARD", items: 100_000 },
] as const;
const MAX_ITEMS = Number(process.env["BENCH_ITEMS"] ?? 100_000);

function definition(executionType: string): unknown {
  return {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        Label: "Each",
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { InputType: "JSONL" },
          Parameters: { Bucket: "bench", Key: "items.jsonl" },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType },
          StartAt: "Handle",
          States: {
            Handle: { Type: "Pass", Result: { done: true }, ResultPath: "$.result", End: true },
          },
        },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Parameters: { Bucket: "bench", Prefix: "results" },
        },
        End: true,
      },
    },
  };
}

function writeItems(file: string, count: number): void {
  const lines = Array.from({ length: count }, (_, id) =>
    JSON.stringify({ id, name: `item ${id}` }),
  );
  writeFileSync(file, `${lines.join("\n")}\n`);
}

async function measure({ type, items }: (typeof RUNS)[number]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "stepwell-bench-"));
  const bucket = join(directory, "s3", "bench");
  mkdirSync(bucket, { recursive: true });
  writeItems(join(bucket, "items.jsonl"), items);
  const options = ["--s3-dir", join(directory, "s3")];
  const server = await BenchServer.start(join(directory, "data"), options);
  try {
    const stateMachineArn = await server.createStateMachine("bench-W5", definition(type));
    const start = performance.now();
    const { executionArn } = await server.call<{ executionArn: string }>("StartExecution", {
      stateMachineArn,
    });
    let status = "RUNNING";
    while (status === "RUNNING") {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ({ status } = await server.call<{ status: string }>("DescribeExecution", { executionArn }));
    }
    const seconds = (performance.now() - start) / 1000;
    if (status !== "SUCCEEDED") throw new Error(`the Map Run's execution is ${status}`);
    table.add(["W5", type, items, seconds, items / seconds, server.megabytes("VmHWM")]);
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true });
  }
}

const table = new MarkdownTable([
  "workload",
  "children",
  "items",
  "seconds",
  "children/s",
  "peak RSS, MB",
]);
for (const run of RUNS) if (run.items <= MAX_ITEMS) await measure(run);
table.print();
