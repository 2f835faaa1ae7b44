/** Redrive with the real AWS CLI: after a function was mended, twice, and through kill -9. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type AwsCli, awsCli } from "./support/aws-cli.ts";
import { EditableFunctions } from "./support/editable-functions.ts";
import { eventually } from "./support/eventually.ts";
import { type AnyEvent, historyProblems, lostEvents } from "./support/history-laws.ts";
import { roleArn, sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { functionArn } from "./support/test-functions.ts";

/** The first task succeeds; in Both, one branch succeeds at once and the other one fails. */
const DEFINITION = {
  StartAt: "Reserve",
  States: {
    Reserve: {
      Type: "Task",
      Resource: functionArn("reserve"),
      ResultPath: "$.reserved",
      Next: "Both",
    },
    Both: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "Invoice",
          States: { Invoice: { Type: "Task", Resource: functionArn("reserve"), End: true } },
        },
        {
          StartAt: "Pause",
          States: {
            // The other branch has ended when this one fails.
            Pause: { Type: "Wait", Seconds: 1, Next: "Ship" },
            Ship: { Type: "Task", Resource: functionArn("ship"), End: true },
          },
        },
      ],
      End: true,
    },
  },
};
const RESERVE = "return process.hrtime.bigint().toString();";

let folder: TemporaryFolder;
let functions: EditableFunctions;
let server: ServerProcess;
let client: SFNClient;
let aws: AwsCli;

async function startServer(port?: number): Promise<void> {
  server = await ServerProcess.start({
    args: [
      ...["serve", "--data-dir", join(folder.path, "data")],
      ...["--functions", functions.path],
    ],
    ...(port === undefined ? {} : { port }),
  });
  client?.destroy();
  client = sdkClient(server.url);
  aws = await awsCli(server.url);
}

async function start(machineArn: unknown, name: string): Promise<string> {
  const { executionArn } = await aws(
    ...["start-execution", "--state-machine-arn", String(machineArn), "--name", name],
    ...["--input", '{"order":1}'],
  );
  return String(executionArn);
}

const end = (arn: string): Promise<Answer> =>
  eventually(`end of ${arn}`, async () => {
    const description = await aws("describe-execution", "--execution-arn", arn);
    return description["status"] === "RUNNING" ? undefined : description;
  });
const redrive = (arn: string, ...more: string[]): Promise<Answer> =>
  aws("redrive-execution", "--execution-arn", arn, ...more);
const history = async (arn: string): Promise<AnyEvent[]> =>
  (await aws("get-execution-history", "--execution-arn", arn))["events"] as AnyEvent[];
const types = (events: readonly AnyEvent[]): unknown[] => events.map(({ type }) => type);

/** What a redrive adds to the history when the branch that failed now succeeds. */
const REDRIVEN = [
  "ExecutionRedriven",
  "LambdaFunctionScheduled",
  "LambdaFunctionStarted",
  "LambdaFunctionSucceeded",
  "TaskStateExited",
  "ParallelStateSucceeded",
  "ParallelStateExited",
  "ExecutionSucceeded",
];

let machine: unknown;

beforeAll(async () => {
  folder = await temporaryFolder("redrive");
  functions = new EditableFunctions(folder.path);
  await functions.write("reserve", RESERVE);
  await functions.write("ship", 'throw new Error("no van");');
  await startServer();
  const file = join(folder.path, "definition.asl.json");
  await writeFile(file, JSON.stringify(DEFINITION));
  machine = (
    await aws(
      ...["create-state-machine", "--name", "delivery", "--role-arn", roleArn],
      ...["--definition", `file://${file}`],
    )
  )["stateMachineArn"];
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

describe("aws stepfunctions redrive-execution", () => {
  let arn = "";
  let failed: AnyEvent[] = [];

  it("does again only what failed, and fails again while nothing is mended", async () => {
    arn = await start(machine, "one");
    expect(await end(arn)).toMatchObject({ status: "FAILED", redriveStatus: "REDRIVABLE" });
    const first = await history(arn);
    expect(await redrive(arn, "--client-token", "again")).toHaveProperty("redriveDate");
    expect(await end(arn)).toMatchObject({ status: "FAILED", redriveCount: 1 });
    failed = await history(arn);
    expect(lostEvents(first, failed)).toEqual([]);
    expect(historyProblems(failed)).toEqual([]);
    expect(types(failed.slice(first.length))).toEqual([
      "ExecutionRedriven",
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionFailed",
      "TaskStateAborted",
      "ParallelStateFailed",
      "ExecutionFailed",
    ]);
  });

  it("answers the same to the same client token and redrives once", async () => {
    expect(await redrive(arn, "--client-token", "again")).toHaveProperty("redriveDate");
    expect(await history(arn)).toEqual(failed);
  });

  it("after kill -9 goes on with what was done before, and what had succeeded is kept", async () => {
    await server.kill();
    await functions.write("ship", 'return "shipped";');
    await startServer(server.port);
    expect(await history(arn)).toEqual(failed);
    await redrive(arn);
    const description = await end(arn);
    expect(description).toMatchObject({ status: "SUCCEEDED", redriveCount: 2 });
    const events = await history(arn);
    expect(lostEvents(failed, events)).toEqual([]);
    expect(historyProblems(events)).toEqual([]);
    expect(types(events.slice(failed.length))).toEqual(REDRIVEN);
    const [invoice, ship] = JSON.parse(String(description["output"])) as unknown[];
    expect(ship).toBe("shipped");
    // The invoice is the one that the first attempt made.
    expect(JSON.stringify(failed)).toContain(String(invoice));
  });

  it("is refused for what has succeeded, and nothing happens", async () => {
    const message = await aws.failure("redrive-execution", "--execution-arn", arn);
    expect(message).toContain("ExecutionNotRedrivable");
    expect(await aws("describe-execution", "--execution-arn", arn)).toMatchObject({
      redriveCount: 2,
      redriveStatus: "NOT_REDRIVABLE",
      status: "SUCCEEDED",
    });
  });

  it("is not lost by kill -9 while the redriven task runs", async () => {
    await functions.change(client, "ship", 'throw new Error("no van");');
    const other = await start(machine, "two");
    expect(await end(other)).toMatchObject({ status: "FAILED" });
    const before = await history(other);
    await functions.change(client, "ship", "return new Promise(() => setTimeout(() => {}, 1e6));");
    await redrive(other);
    const running = await eventually("the task to run again", async () => {
      const events = await history(other);
      return events.at(-1)?.type === "LambdaFunctionStarted" ? events : undefined;
    });
    await server.kill();
    await functions.write("ship", 'return "shipped";');
    await startServer(server.port);
    expect(await end(other)).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    const events = await history(other);
    expect(lostEvents(running, events)).toEqual([]);
    expect(historyProblems(events)).toEqual([]);
    expect(types(events.slice(before.length))).toEqual(REDRIVEN);
  });
});
