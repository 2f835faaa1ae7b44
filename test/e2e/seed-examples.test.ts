/** The examples and the troubleshooting table that users of Step Functions know, on a real server. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateStateMachineCommand,
  type DescribeExecutionCommandOutput,
  type SFNClient,
  StartExecutionCommand,
  ValidateStateMachineDefinitionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-files.ts";
import { ended, roleArn, sdkClient, wholeHistory } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { functionArn, testFunctions } from "./support/test-functions.ts";

let folder: TemporaryFolder;
let server: ServerProcess;
let client: SFNClient;
let machines = 0;

/** Runs a definition (or one state as a whole machine) to its end. */
async function run(
  definition: object,
  input: unknown = {},
): Promise<DescribeExecutionCommandOutput> {
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: `example-${machines++}`,
      definition: JSON.stringify(definition),
      roleArn,
    }),
  );
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return ended(client, executionArn ?? "");
}

/** What the validator says about a definition: `SEVERITY CODE message at location`. */
async function diagnostics(
  definition: object,
  type: "STANDARD" | "EXPRESS" = "STANDARD",
): Promise<string> {
  const answer = await client.send(
    new ValidateStateMachineDefinitionCommand({
      definition: JSON.stringify(definition),
      type,
      severity: "WARNING",
    }),
  );
  return (answer.diagnostics ?? [])
    .map(({ severity, code, message, location }) => `${severity} ${code} ${message} at ${location}`)
    .join("\n");
}

const task = (name: string, more: object = {}): object => ({
  Type: "Task",
  Resource: functionArn(name),
  ...more,
});
const only = (state: object): object => ({
  StartAt: "Only",
  States: { Only: { ...state, End: true } },
});
const output = (description: DescribeExecutionCommandOutput): unknown =>
  JSON.parse(description.output ?? "null");

beforeAll(async () => {
  folder = await temporaryFolder("examples");
  const functions = await testFunctions(folder.path);
  server = await ServerProcess.start({
    args: [
      ...["serve", "--data-dir", join(folder.path, "data")],
      ...["--functions", functions.configuration],
    ],
    // No way to AWS: a function that is not here does not exist.
    environment: { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_ENDPOINT_URL_LAMBDA: "" },
  });
  client = sdkClient(server.url);
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

describe("the examples", () => {
  it("basic workflow", async () => {
    const file = join(projectRoot, "examples/order-processing/order-processing.asl.json");
    const definition = JSON.parse(readFileSync(file, "utf8")) as object;
    expect(await run(definition, { orderId: "1" })).toMatchObject({ status: "SUCCEEDED" });
    expect(await run(definition, { orderId: "" })).toMatchObject({
      status: "FAILED",
      cause: "Order validation failed",
    });
  });

  it("parallel execution", async () => {
    const branch = (name: string): object => ({
      StartAt: name,
      States: { [name]: task("echo", { End: true }) },
    });
    const description = await run(
      {
        StartAt: "Both",
        States: {
          Both: {
            Type: "Parallel",
            Branches: [branch("SendEmail"), branch("UpdateDB")],
            Next: "Done",
          },
          Done: { Type: "Succeed" },
        },
      },
      { order: 7 },
    );
    expect(output(description)).toEqual([{ order: 7 }, { order: 7 }]);
  });

  it.each([{ Mode: "INLINE" }, { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }])(
    "map state, $Mode",
    async (ProcessorConfig) => {
      const description = await run(
        {
          StartAt: "Iterate",
          States: {
            Iterate: {
              Type: "Map",
              ItemsPath: "$.items",
              ItemProcessor: {
                ProcessorConfig,
                StartAt: "ProcessItem",
                States: { ProcessItem: task("echo", { End: true }) },
              },
              MaxConcurrency: 10,
              Next: "Aggregate",
            },
            Aggregate: { Type: "Pass", Parameters: { "all.$": "$[*].n" }, End: true },
          },
        },
        { items: Array.from({ length: 25 }, (_value, n) => ({ n })) },
      );
      expect(output(description)).toEqual({ all: Array.from({ length: 25 }, (_value, n) => n) });
    },
  );

  it("JSONPath data manipulation", async () => {
    const description = await run(
      {
        StartAt: "Reshape",
        States: {
          Reshape: {
            Type: "Pass",
            Parameters: {
              "orderId.$": "$.order.id",
              "total.$": "$.order.items[*].price",
              "timestamp.$": "$$.State.EnteredTime",
              "executionId.$": "$$.Execution.Id",
            },
            ResultPath: "$.processed",
            Next: "NextState",
          },
          NextState: { Type: "Succeed" },
        },
      },
      { order: { id: "o-1", items: [{ price: 5 }, { price: 1.5 }] } },
    );
    expect(output(description)).toEqual({
      order: { id: "o-1", items: [{ price: 5 }, { price: 1.5 }] },
      processed: {
        orderId: "o-1",
        total: [5, 1.5],
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
        executionId: description.executionArn,
      },
    });
  });
});

describe("the troubleshooting table: the message names the cause", () => {
  it("execution failed immediately: a function that is not there", async () => {
    const description = await run(only(task("misspelt")));
    expect(description.status).toBe("FAILED");
    expect(`${description.error}: ${description.cause}`).toMatch(/not found|does not exist/i);
    expect(description.cause).toContain("misspelt");
  });

  it("state machine stuck: a state without Next or End", async () => {
    const definition = { StartAt: "A", States: { A: { Type: "Pass" } } };
    expect(await diagnostics(definition)).toMatch(/^ERROR .*(Next|End).*\/States\/A/m);
  });

  it("state machine stuck: a callback task that passes no token on and never times out", async () => {
    const callback = (payload: object): Promise<string> =>
      diagnostics(
        only({
          Type: "Task",
          Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
          Parameters: { FunctionName: "callback", Payload: payload },
        }),
      );
    expect(await callback({})).toMatch(/^WARNING MISSING_TASK_TOKEN .*\$\$\.Task\.Token/m);
    expect(await callback({ "token.$": "$$.Task.Token" })).toMatch(
      /^WARNING MISSING_TIMEOUT .*TimeoutSeconds/m,
    );
  });

  it("data lost: an InputPath that finds nothing", async () => {
    const description = await run(only({ Type: "Pass", InputPath: "$.ordr" }), { order: 1 });
    expect(description).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(description.cause).toContain("$.ordr");
  });

  it("data lost: a ResultPath that cannot be applied", async () => {
    const state = { Type: "Pass", Result: 1, ResultPath: "$.order.count" };
    const description = await run(only(state), { order: "a text" });
    expect(description).toMatchObject({ status: "FAILED", error: "States.ResultPathMatchFailure" });
    expect(description.cause).toContain("$.order.count");
  });

  it("choice falls through: no rule matches and there is no Default", async () => {
    const definition = {
      StartAt: "Pick",
      States: {
        Pick: { Type: "Choice", Choices: [{ Variable: "$.a", NumericEquals: 1, Next: "Done" }] },
        Done: { Type: "Succeed" },
      },
    };
    expect(await diagnostics(definition)).toMatch(/^WARNING MISSING_DEFAULT .*\/States\/Pick/m);
    const description = await run(definition, { a: 2 });
    expect(description).toMatchObject({ status: "FAILED", error: "States.NoChoiceMatched" });
    expect(description.cause).toContain("Pick");
  });

  it("choice falls through: the variable is not there", async () => {
    const definition = {
      StartAt: "Pick",
      States: {
        Pick: {
          Type: "Choice",
          Choices: [{ Variable: "$.typo", NumericEquals: 1, Next: "Done" }],
          Default: "Done",
        },
        Done: { Type: "Succeed" },
      },
    };
    const description = await run(definition, { a: 2 });
    expect(description).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(description.cause).toContain("$.typo");
  });

  it("express workflow limits: what only Standard can do", async () => {
    const waiting = only({
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Parameters: { FunctionName: "callback", Payload: { "token.$": "$$.Task.Token" } },
    });
    expect(await diagnostics(waiting, "EXPRESS")).toMatch(/^ERROR .*Express.*waitForTaskToken/m);
    const long = only({ Type: "Wait", Seconds: 600 });
    expect(await diagnostics(long, "EXPRESS")).toMatch(
      /^WARNING EXPRESS_TIME_LIMIT .*(5 minutes|300)/m,
    );
  });

  it("map state failures: ItemsPath that points to no array", async () => {
    const state = {
      Type: "Map",
      ItemsPath: "$.items",
      ItemProcessor: { StartAt: "I", States: { I: { Type: "Pass", End: true } } },
    };
    const description = await run(only(state), { items: "one" });
    expect(description).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(description.cause).toMatch(/array/i);
    expect(description.cause).toContain("$.items");
  });

  it("timeout errors: a function that takes longer than TimeoutSeconds", async () => {
    const description = await run(only(task("record", { TimeoutSeconds: 1 })), {
      key: "late",
      milliseconds: 20_000,
    });
    expect(description).toMatchObject({ status: "FAILED", error: "States.Timeout" });
  });

  it("retry not working: ErrorEquals that does not match the error's name", async () => {
    const definition = only(
      task("fail", { Retry: [{ ErrorEquals: ["BusyError"], IntervalSeconds: 1 }] }),
    );
    const description = await run(definition, { error: "Busy", message: "come back" });
    expect(description).toMatchObject({ status: "FAILED", error: "Busy" });
    expect(description.cause).toContain("come back");
    const failures = (await wholeHistory(client, description.executionArn ?? "")).filter(
      ({ type }) => type === "LambdaFunctionFailed",
    );
    expect(failures).toHaveLength(1);
    expect(failures[0]?.lambdaFunctionFailedEventDetails?.error).toBe("Busy");
  });

  it("retry not working: a name that no task reports", async () => {
    const definition = only(task("fail", { Retry: [{ ErrorEquals: ["States.TaskFaild"] }] }));
    expect(await diagnostics(definition)).toContain("States.TaskFaild");
  });
});
