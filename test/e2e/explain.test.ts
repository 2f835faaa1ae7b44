/** ExplainExecution and CompareExecutions on a real server: real functions, nested executions, evaluator. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateStateMachineCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ExplainedEnd } from "../../src/interpreter/explain/explain.ts";
import { ended, roleArn, sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { functionArn } from "./support/test-functions.ts";

const FUNCTIONS = {
  declines: `export const handler = async () => {
  class CardDeclined extends Error { name = "CardDeclined"; }
  throw new CardDeclined("no funds on card 42");
};`,
  sleeps: "export const handler = () => new Promise((resolve) => setTimeout(resolve, 60000));",
  misses: 'import "./not-there.mjs"; export const handler = async () => 1;',
};

let folder: TemporaryFolder;
let server: ServerProcess;
let client: SFNClient;

beforeAll(async () => {
  folder = await temporaryFolder("explain");
  for (const [name, code] of Object.entries(FUNCTIONS)) {
    await mkdir(join(folder.path, name));
    await writeFile(join(folder.path, name, "index.mjs"), code);
  }
  const functions = Object.fromEntries(
    Object.keys(FUNCTIONS).map((name) => [
      name,
      { runtime: "nodejs20.x", handler: "index.handler", code: `./${name}`, timeout: 1 },
    ]),
  );
  const configuration = join(folder.path, "stepwell.yaml");
  await writeFile(configuration, JSON.stringify({ functions }));
  server = await ServerProcess.start({
    args: ["serve", "--data-dir", join(folder.path, "data"), "--functions", configuration],
    environment: { AWS_ENDPOINT_URL: "", AWS_ACCESS_KEY_ID: "", AWS_PROFILE: "" },
  });
  client = sdkClient(server.url);
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

/** Runs the states to their end; the first one is StartAt. */
async function run(
  name: string,
  states: object,
  input: unknown = {},
  top: object = {},
): Promise<string> {
  const [StartAt] = Object.keys(states);
  const definition = JSON.stringify({ StartAt, States: states, ...top });
  const machine = await client.send(new CreateStateMachineCommand({ name, definition, roleArn }));
  const { stateMachineArn } = machine;
  return start(stateMachineArn ?? "", input);
}

async function start(stateMachineArn: string, input: unknown): Promise<string> {
  const request = { stateMachineArn, input: JSON.stringify(input) };
  const { executionArn = "" } = await client.send(new StartExecutionCommand(request));
  await ended(client, executionArn);
  return executionArn;
}

async function call<T>(operation: string, input: object): Promise<T> {
  const response = await fetch(server.url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `Stepwell.${operation}`,
    },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

const explain = (executionArn: string): Promise<ExplainedEnd> =>
  call("ExplainExecution", { executionArn });

const task = (name: string, more: object = {}): object => ({
  Type: "Task",
  Resource: functionArn(name),
  End: true,
  ...more,
});

it("a function that threw: its error, message and line; and the Retry that named another error", async () => {
  const Retry = [{ ErrorEquals: ["CardDecline"], IntervalSeconds: 1 }];
  const found = await explain(await run("threw", { Pay: task("declines", { Retry }) }));
  expect(found.error).toBe("CardDeclined");
  expect(found.summary).toMatch(
    /the Lambda function 'declines' failed with CardDeclined: no funds on card 42 \(at .*declines\/index\.mjs:3/,
  );
  expect(found.fixes).toContain(
    `Write "CardDeclined" instead of "CardDecline" in the ErrorEquals of the Retry of 'Pay'.`,
  );
});

it("functions that are not there, too slow, or cannot be loaded", async () => {
  const missing = await explain(await run("missing", { Pay: task("decline") }));
  expect(missing.summary).toContain(
    "the Lambda function 'decline' is not among the local functions",
  );
  expect(missing.facts).toContainEqual({
    label: "Local functions",
    value: "declines, misses, sleeps",
  });
  const slow = await explain(await run("slow", { Pay: task("sleeps") }));
  expect(slow.summary).toContain("did not end within its own time-out of 1 s");
  const broken = await explain(await run("broken", { Pay: task("misses") }));
  expect(broken.summary).toContain("the Lambda function 'misses' failed with");
});

it("an expression that only the guarded evaluator evaluates", async () => {
  const Output = "{% $map($states.input.items, function($v) { $v.price + 1 }) %}";
  const executionArn = await run(
    "guarded",
    { Sum: { Type: "Pass", Output, End: true } },
    { items: [{ price: "9" }] },
    { QueryLanguage: "JSONata" },
  );
  const found = await explain(executionArn);
  expect(found.summary).toContain("(T2001)");
  expect(found.facts).toContainEqual({ label: "$states.input.items", value: '[{"price":"9"}]' });
});

it("a nested execution that failed, whose own explanation is the reason", async () => {
  const child = await run("child", { Check: { Type: "Pass", InputPath: "$.order", End: true } });
  const StateMachineArn = child.replace(":execution:", ":stateMachine:").replace(/:[^:]+$/, "");
  const nest = {
    Type: "Task",
    Resource: "arn:aws:states:::states:startExecution.sync:2",
    Parameters: { StateMachineArn, Input: { ordr: 1 } },
    End: true,
  };
  const found = await explain(await run("parent", { Nest: nest }));
  const arn = found.facts.find(({ label }) => label === "Execution")?.value ?? "";
  expect(found.summary).toContain("of 'child' that it started failed with States.Runtime");
  expect((await explain(arn)).fixes[0]).toContain("Write $.ordr instead of $.order");
});

it("services that cannot be called, are not installed, or answer with an error", async () => {
  const service = (resource: string, Parameters: object): object => ({
    Call: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Parameters, End: true },
  });
  const alone = await explain(
    await run("alone", service("dynamodb:getItem", { TableName: "T", Key: { id: { S: "1" } } })),
  );
  expect(alone.summary).toContain(
    "dynamodb was not called, because there are neither AWS credentials nor an endpoint for it",
  );
  const absent = await explain(await run("absent", service("aws-sdk:kendra:listIndices", {})));
  expect(absent.summary).toContain("the SDK client of 'kendra' is not installed on this server");
  expect(absent.fixes[0]).toContain("npm install @aws-sdk/client-kendra");
  const unfit = await explain(await run("unfit", service("sqs:sendMessage", { Queue: "q" })));
  expect(unfit.summary).toContain(
    "AmazonSQS refused sendMessage with MissingParameter (HTTP 400): The request must contain the parameter MessageBody.",
  );
  const refused = await explain(
    await run(
      "refused",
      service("http:invoke", {
        ApiEndpoint: "https://127.0.0.1:9/pay",
        Method: "GET",
        Authentication: { ConnectionArn: "arn:aws:events:us-east-1:123456789012:connection/c/1" },
      }),
    ),
  );
  expect(refused.summary).toContain("its connection cannot be used (ResourceNotFound)");
  const nest = { StateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:nobody" };
  const nobody = await explain(await run("nests", service("states:startExecution.sync", nest)));
  expect(nobody.summary).toContain("there is no state machine");
});

it("a distributed Map whose items cannot be read, or fail too often", async () => {
  const map = (more: object): object => ({
    Each: {
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Pay",
        States: { Pay: task("declines") },
      },
      End: true,
      ...more,
    },
  });
  const ItemReader = {
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "JSON" },
    Parameters: { Bucket: "orders", Key: "orders.json" },
  };
  const unread = await explain(await run("unread", map({ ItemReader })));
  expect(unread.error).toBe("States.ItemReaderFailed");
  expect(unread.summary).toContain("Map state 'Each': its items could not be read: ");
  const failed = await explain(
    await run("items", map({ ToleratedFailureCount: 1, MaxConcurrency: 1 }), [1, 2, 3, 4]),
  );
  expect(failed.summary).toContain(
    "2 of 4 items failed, more than it tolerates (ToleratedFailureCount 1)",
  );
});

it("two executions of which one failed: where they parted", async () => {
  const states = {
    Route: {
      Type: "Choice",
      Choices: [{ Variable: "$.total", NumericLessThan: 100, Next: "Small" }],
      Default: "Large",
    },
    Small: { Type: "Succeed" },
    Large: { Type: "Fail", Error: "TooLarge" },
  };
  const executionArn = await run("route", states, { total: 5 });
  const machine = executionArn.replace(":execution:", ":stateMachine:").replace(/:[^:]+$/, "");
  const otherExecutionArn = await start(machine, { total: 500 });
  const found = await call<Record<string, unknown>>("CompareExecutions", {
    executionArn,
    otherExecutionArn,
  });
  expect(found).toMatchObject({
    sameDefinition: true,
    counts: { SAME: 0, DIFFERS: 1, ONLY_IN_FIRST: 1, ONLY_IN_SECOND: 1 },
    firstDivergence: { key: "Route#1" },
  });
  const reason = await explain(otherExecutionArn);
  expect(reason.summary).toContain(
    "It came there by Choice state 'Route': no rule matched, so Default was taken.",
  );
});

it("a history of 25,000 events that is full", async () => {
  const executionArn = await run(
    "loop",
    {
      Count: { Type: "Pass", Parameters: { "n.$": "States.MathAdd($.n, 1)" }, Next: "Again" },
      Again: {
        Type: "Choice",
        Choices: [{ Variable: "$.n", NumericLessThan: 0, Next: "End" }],
        Default: "Count",
      },
      End: { Type: "Succeed" },
    },
    { n: 0 },
  );
  const found = await explain(executionArn);
  expect(found.summary).toContain("The history is full: one execution can have 25000 events.");
  const compared = await call<{ truncated: boolean; visits: object[] }>("CompareExecutions", {
    executionArn,
    otherExecutionArn: executionArn,
  });
  expect(compared.truncated).toBe(true);
  expect(compared.visits).toHaveLength(10_000);
});
