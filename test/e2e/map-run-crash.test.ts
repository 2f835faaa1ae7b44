/** kill -9 while a distributed Map reads items, runs children and writes results; then a redrive. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "./support/eventually.ts";
import { ended, roleArn, sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const ITEMS = 4_000;
const KILLS = 3;

let folder: TemporaryFolder;
let server: ServerProcess;
let client: SFNClient;

async function start(port?: number): Promise<void> {
  server = await ServerProcess.start({
    args: [
      ...["serve", "--data-dir", join(folder.path, "data"), "--log-level", "warn"],
      ...["--s3-dir", join(folder.path, "buckets")],
    ],
    ...(port === undefined ? {} : { port }),
  });
  client?.destroy();
  client = sdkClient(server.url, 3);
}

beforeAll(async () => {
  folder = await temporaryFolder("map-run-crash");
  await mkdir(join(folder.path, "buckets/data"), { recursive: true });
  const lines = Array.from({ length: ITEMS }, (_, id) => JSON.stringify({ id, ok: id !== 7 }));
  await writeFile(join(folder.path, "buckets/data/items.jsonl"), lines.join("\n"));
  await start();
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

function definition(type: string, fields: object): object {
  const Each = {
    Type: "Map",
    MaxConcurrency: 100,
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: { InputType: "JSONL" },
      Parameters: { Bucket: "data", Key: "items.jsonl" },
    },
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: type },
      StartAt: "Pause",
      States: {
        Pause: { Type: "Wait", Seconds: 0, Next: "Item" },
        Item: { Type: "Pass", End: true },
      },
    },
    ResultWriter: {
      Resource: "arn:aws:states:::s3:putObject",
      Parameters: { Bucket: "data", Prefix: type },
      WriterConfig: { Transformation: "COMPACT", OutputType: "JSONL" },
    },
    End: true,
    ...fields,
  };
  return { StartAt: "Each", States: { Each } };
}

async function begin(name: string, machine: object): Promise<string> {
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name, definition: JSON.stringify(machine), roleArn }),
  );
  const started = await client.send(new StartExecutionCommand({ stateMachineArn, name: "e" }));
  return started.executionArn!;
}

async function mapRunOf(executionArn: string) {
  const { mapRuns } = await client.send(new ListMapRunsCommand({ executionArn }));
  expect(mapRuns).toHaveLength(1);
  return client.send(new DescribeMapRunCommand({ mapRunArn: mapRuns![0]!.mapRunArn }));
}

/** Of the manifest that an execution's output names: the ids of all results, in their order. */
async function writtenIds(output: string): Promise<number[]> {
  const { ResultWriterDetails } = JSON.parse(output) as {
    ResultWriterDetails: { Bucket: string; Key: string };
  };
  const bucket = join(folder.path, "buckets", ResultWriterDetails.Bucket);
  const manifest = JSON.parse(await readFile(join(bucket, ResultWriterDetails.Key), "utf8")) as {
    ResultFiles: { SUCCEEDED: { Key: string }[] };
  };
  const files = manifest.ResultFiles.SUCCEEDED.map(({ Key }) =>
    readFile(join(bucket, Key), "utf8"),
  );
  const texts = await Promise.all(files);
  return texts
    .flatMap((text) => text.split("\n").filter((line) => line !== ""))
    .map((line) => (JSON.parse(line) as { id: number }).id);
}

describe.each(["STANDARD", "EXPRESS"])("a Map Run with %s children", (type) => {
  it("loses and repeats no item over kill -9", { timeout: 120_000 }, async () => {
    const executionArn = await begin(`crash-${type}`, definition(type, {}));
    for (let kill = 1; kill <= KILLS; kill++) {
      const least = (ITEMS * kill) / (KILLS + 2);
      await eventually(`${least} items`, async () => {
        const { itemCounts, status } = await mapRunOf(executionArn);
        return status !== "RUNNING" || itemCounts!.succeeded! >= least ? true : undefined;
      });
      await server.kill();
      await start(server.port);
    }
    const { status, output } = await ended(client, executionArn);
    expect(status).toBe("SUCCEEDED");
    expect(await writtenIds(output!)).toEqual(Array.from({ length: ITEMS }, (_, id) => id));
    const { itemCounts } = await mapRunOf(executionArn);
    expect(itemCounts).toMatchObject({ succeeded: ITEMS, total: ITEMS, aborted: 0, failed: 0 });
  });
});

describe("a Map Run that failed", () => {
  it("goes on where it was", { timeout: 60_000 }, async () => {
    const States = {
      Check: {
        Type: "Choice",
        Choices: [{ Variable: "$.ok", BooleanEquals: true, Next: "Good" }],
        Default: "Bad",
      },
      Good: { Type: "Succeed" },
      Bad: { Type: "Fail", Error: "Bad" },
    };
    const ItemProcessor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "Check",
      States,
    };
    const executionArn = await begin(
      "redrive",
      definition("STANDARD", { ItemProcessor, MaxConcurrency: 10 }),
    );
    expect((await ended(client, executionArn)).error).toBe(
      "States.ExceedToleratedFailureThreshold",
    );
    const before = await mapRunOf(executionArn);
    expect(before).toMatchObject({ status: "FAILED" });
    expect(before.redriveCount).toBeUndefined();
    await client.send(new RedriveExecutionCommand({ executionArn }));
    // Item 7 is what it was: it fails again, and nothing else runs twice.
    expect((await ended(client, executionArn)).status).toBe("FAILED");
    const after = await mapRunOf(executionArn);
    expect(after).toMatchObject({ redriveCount: 1, mapRunArn: before.mapRunArn });
    const { executions } = await client.send(
      new ListExecutionsCommand({ mapRunArn: after.mapRunArn!, redriveFilter: "REDRIVEN" }),
    );
    expect(executions!.length).toBeGreaterThan(0);
    const failed = executions!.find(({ status }) => status === "FAILED")!;
    expect(
      await client.send(new DescribeExecutionCommand({ executionArn: failed.executionArn })),
    ).toMatchObject({ redriveStatus: "REDRIVABLE_BY_MAP_RUN", redriveCount: 1, error: "Bad" });
  });
});
