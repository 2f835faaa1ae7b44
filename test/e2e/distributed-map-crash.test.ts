/** A Map Run over 100,000 items of a local bucket, with kill -9 twice on the way. */
import { createReadStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  CreateStateMachineCommand,
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "./support/eventually.ts";
import { historyProblems } from "./support/history-laws.ts";
import { ended, roleArn, sdkClient, wholeHistory } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const ITEMS = 100_000;
/** The server dies when so many children have succeeded. */
const KILLS_AT = [15_000, 55_000];
/** Children that are remembered before each kill, to be compared afterwards. */
const SAMPLE = 1_000;

const DEFINITION = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      Label: "Each",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "JSONL" },
        Parameters: { Bucket: "items", Key: "all.jsonl" },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Double",
        States: {
          Double: { Type: "Pass", Parameters: { "id.$": "$.id" }, End: true },
        },
      },
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Parameters: { Bucket: "results", Prefix: "runs" },
        WriterConfig: { OutputType: "JSONL", Transformation: "NONE" },
      },
      End: true,
    },
  },
};

interface Written {
  readonly ExecutionArn: string;
  readonly Output: string;
  readonly Status: string;
  readonly StopDate: string;
}

let folder: TemporaryFolder;
let server: ServerProcess;
let client: SFNClient;

async function start(): Promise<void> {
  server = await ServerProcess.start({
    args: [
      ...["serve", "--data-dir", join(folder.path, "data"), "--log-level", "warn"],
      ...["--s3-dir", join(folder.path, "s3")],
    ],
  });
  client?.destroy();
  client = sdkClient(server.url);
}

/** Ends of children as ListExecutions tells them, by ARN. */
async function finishedChildren(mapRunArn: string): Promise<Map<string, number>> {
  const page = await client.send(
    new ListExecutionsCommand({ mapRunArn, statusFilter: "SUCCEEDED", maxResults: SAMPLE }),
  );
  return new Map(
    (page.executions ?? []).map(({ executionArn = "", stopDate }) => [
      executionArn,
      stopDate?.getTime() ?? 0,
    ]),
  );
}

async function readResults(bucket: string, manifestKey: string): Promise<Written[]> {
  const manifest = JSON.parse(await readFile(join(bucket, manifestKey), "utf8")) as {
    ResultFiles: Record<"SUCCEEDED" | "FAILED" | "PENDING", { Key: string; Size: number }[]>;
  };
  expect(manifest.ResultFiles.FAILED).toEqual([]);
  expect(manifest.ResultFiles.PENDING).toEqual([]);
  const results: Written[] = [];
  for (const { Key } of manifest.ResultFiles.SUCCEEDED) {
    for await (const line of createInterface({ input: createReadStream(join(bucket, Key)) })) {
      results.push(JSON.parse(line) as Written);
    }
  }
  return results;
}

beforeAll(async () => {
  folder = await temporaryFolder("map-crash");
  const items = join(folder.path, "s3", "items");
  await mkdir(items, { recursive: true });
  await mkdir(join(folder.path, "s3", "results"));
  const lines = Array.from({ length: ITEMS }, (_, id) =>
    JSON.stringify({ id, text: `item ${id}` }),
  );
  await writeFile(join(items, "all.jsonl"), `${lines.join("\n")}\n`);
  await start();
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

describe("a Map Run over 100,000 items whose server dies twice", () => {
  it(
    "gives every item to one child and repeats none that had finished",
    { timeout: 240_000 },
    async () => {
      const { stateMachineArn } = await client.send(
        new CreateStateMachineCommand({
          name: "many-items",
          definition: JSON.stringify(DEFINITION),
          roleArn,
        }),
      );
      const { executionArn = "" } = await client.send(
        new StartExecutionCommand({ stateMachineArn, name: "run" }),
      );
      const mapRunArn = await eventually("the Map Run", async () => {
        const { mapRuns } = await client.send(new ListMapRunsCommand({ executionArn }));
        return mapRuns?.[0]?.mapRunArn;
      });
      const seen = new Map<string, number>();
      for (const goal of KILLS_AT) {
        await eventually(`${goal} children`, async () => {
          const { itemCounts } = await client.send(new DescribeMapRunCommand({ mapRunArn }));
          return (itemCounts?.succeeded ?? 0) >= goal || undefined;
        });
        for (const [arn, stopDate] of await finishedChildren(mapRunArn)) seen.set(arn, stopDate);
        await server.kill();
        await start();
      }
      const description = await ended(client, executionArn, 180);
      expect(description.cause).toBeUndefined();
      expect(description.status).toBe("SUCCEEDED");
      const output = JSON.parse(description.output ?? "{}") as {
        ResultWriterDetails: { Bucket: string; Key: string };
      };
      const { Bucket, Key } = output.ResultWriterDetails;
      const results = await readResults(join(folder.path, "s3", Bucket), Key);

      const ids = results.map(({ Output }) => (JSON.parse(Output) as { id: number }).id);
      expect(ids.length).toBe(ITEMS);
      expect(new Set(ids).size).toBe(ITEMS);
      expect(new Set(results.map(({ ExecutionArn }) => ExecutionArn)).size).toBe(ITEMS);
      expect(new Set(results.map(({ Status }) => Status))).toEqual(new Set(["SUCCEEDED"]));
      expect(seen.size).toBeGreaterThan(SAMPLE / 2);
      const repeated = results.filter(({ ExecutionArn, StopDate }) => {
        const before = seen.get(ExecutionArn);
        return before !== undefined && before !== Date.parse(StopDate);
      });
      expect(repeated).toEqual([]);

      const { itemCounts, executionCounts, status } = await client.send(
        new DescribeMapRunCommand({ mapRunArn }),
      );
      expect(status).toBe("SUCCEEDED");
      const all = { succeeded: ITEMS, total: ITEMS, pending: 0, running: 0, failed: 0 };
      expect(itemCounts).toMatchObject(all);
      expect(executionCounts).toMatchObject(all);
      const history = await wholeHistory(client, executionArn);
      expect(historyProblems(history)).toEqual([]);
      expect(history.map(({ type }) => type)).toEqual([
        "ExecutionStarted",
        "MapStateEntered",
        "MapStateStarted",
        "MapRunStarted",
        "MapRunSucceeded",
        "MapStateSucceeded",
        "MapStateExited",
        "ExecutionSucceeded",
      ]);
    },
  );
});
