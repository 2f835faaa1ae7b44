import { beforeEach, describe, expect, it } from "vitest";
import { ROLE, TestStateWorld } from "../../../test/support/test-state-world.ts";
import type { ExpressionEvaluator, ResultShapes } from "../../engine/ports.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";
const TASK = { Type: "Task", Resource: FUNCTION, Next: "B" };
const NO_SHAPES: ResultShapes = { find: () => Promise.resolve(undefined) };

/** Answers the value of every expression with its text. */
const echo: ExpressionEvaluator = {
  evaluate: ({ expressions }) =>
    Promise.resolve(expressions.map(({ text }) => ({ ok: true, value: text.trim() }))),
};

let world: TestStateWorld;
beforeEach(() => {
  world = new TestStateWorld(echo, NO_SHAPES);
});

const map = (fields: object): object => ({
  Type: "Map",
  ItemProcessor: {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
    StartAt: "P",
    States: { P: { Type: "Pass", End: true } },
  },
  End: true,
  ...fields,
});

const inspect = async (input: object): Promise<unknown> => {
  const output = await world.call({ inspectionLevel: "DEBUG", ...input });
  return output["inspectionData"];
};

describe("a state without a mock", () => {
  it("says where a choice leads", async () => {
    const definition = {
      Type: "Choice",
      Choices: [{ Variable: "$.a", NumericEquals: 1, Next: "One" }],
      Default: "Other",
    };
    expect(await world.call({ definition, input: { a: 1 } })).toMatchObject({ nextState: "One" });
    expect(await world.call({ definition, input: { a: 2 } })).toMatchObject({
      nextState: "Other",
    });
  });

  it("shows variables that were given and assigned", async () => {
    const definition = { Type: "Pass", Assign: { x: 2, y: 3 }, End: true };
    expect(await inspect({ definition, variables: { x: 1, z: 4 } })).toMatchObject({
      variables: '{"x":2,"z":4,"y":3}',
    });
  });

  it("keeps the stages before a failure", async () => {
    const definition = { Type: "Pass", Parameters: { "a.$": "$.a" }, End: true };
    const output = await world.call({ definition, inspectionLevel: "TRACE" });
    expect(output).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      inspectionData: { input: "{}", afterInputPath: "{}" },
    });
    expect(output).not.toHaveProperty("output");
    expect(output["inspectionData"]).not.toHaveProperty("afterParameters");
  });

  it("waits as long as a Wait state says", async () => {
    const output = world.call({ definition: { Type: "Wait", Seconds: 10, Next: "B" } });
    await Promise.resolve();
    world.clock.moveTo(world.clock.nextAlarm);
    expect(await output).toEqual({ status: "SUCCEEDED", output: "{}", nextState: "B" });
  });

  it("ends after five minutes", async () => {
    const output = world.call({ definition: { Type: "Wait", Seconds: 301, Next: "B" } });
    await Promise.resolve();
    world.clock.moveTo(world.clock.now() + 300_000);
    expect(await output).toEqual({ status: "FAILED", error: "States.Timeout" });
    expect(world.clock.nextAlarm).toBe(Infinity);
  });

  it("leads back to itself, and to states named as it is", async () => {
    const definition = { Type: "Choice", Choices: [], Default: "StateName" };
    const choice = {
      ...definition,
      Choices: [{ Variable: "$.a", IsPresent: true, Next: "End" }],
    };
    expect(await world.call({ definition: choice })).toMatchObject({ nextState: "StateName" });
  });

  it("finds nested states, in the language of their machine", async () => {
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "A",
      States: {
        A: {
          Type: "Parallel",
          End: true,
          Branches: [
            { StartAt: "B", States: { B: { Type: "Pass", Output: "{% 1 + 1 %}", End: true } } },
          ],
        },
      },
    };
    expect(await world.call({ definition, stateName: "B" })).toEqual({
      status: "SUCCEEDED",
      output: "2",
    });
  });

  it("calls functions", async () => {
    world.worker = (_, report) => {
      report.started();
      report.succeeded({ ok: true });
    };
    expect(await world.call({ definition: TASK, roleArn: ROLE })).toEqual({
      status: "SUCCEEDED",
      output: '{"ok":true}',
      nextState: "B",
    });
    expect(world.calls).toMatchObject([{ resource: { arn: FUNCTION }, parameters: {} }]);
  });

  it("reports the first retry and no second attempt", async () => {
    world.worker = (_, report) => report.failed("E", "why");
    const definition = {
      ...TASK,
      Retry: [{ ErrorEquals: ["E"], IntervalSeconds: 3, JitterStrategy: "FULL" }],
    };
    expect(await world.call({ definition, roleArn: ROLE, inspectionLevel: "DEBUG" })).toMatchObject(
      {
        status: "RETRIABLE",
        error: "E",
        cause: "why",
        inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 1 } },
      },
    );
    expect(world.calls).toHaveLength(1);
    expect(world.clock.nextAlarm).toBe(Infinity);
  });

  it("lets tasks time out and cancels them", async () => {
    const output = world.call({ definition: { ...TASK, TimeoutSeconds: 5 }, roleArn: ROLE });
    await Promise.resolve();
    world.clock.moveTo(world.clock.now() + 5_000);
    expect(await output).toEqual({ status: "FAILED", error: "States.Timeout" });
    expect(world.cancelled).toBe(1);
  });

  it("cancels everything when the request is aborted", async () => {
    const failure = world.failure({ definition: TASK, roleArn: ROLE });
    await Promise.resolve();
    world.aborter.abort();
    expect(await failure).toMatch("StoreUnavailable: The request was aborted");
    expect(world.cancelled).toBe(1);
    expect(world.clock.nextAlarm).toBe(Infinity);
    expect(await world.failure({ definition: TASK, roleArn: ROLE })).toMatch("aborted");
  });
});

describe("a state that sends an HTTP request", () => {
  const definition = {
    Type: "Task",
    Resource: "arn:aws:states:::http:invoke",
    Parameters: {
      ApiEndpoint: "https://api.example.com/",
      Method: "GET",
      InvocationConfig: {
        ConnectionArn: "arn:aws:events:us-east-1:123456789012:connection/crm/1",
      },
    },
    End: true,
  };
  const request = { protocol: "https", method: "GET", url: "https://api.example.com/" };
  const response = { protocol: "https", statusCode: "404", statusMessage: "Not Found" };
  const revealed: (boolean | undefined)[] = [];

  beforeEach(() => {
    revealed.length = 0;
    world.worker = (_, report) => {
      revealed.push(report.trace?.revealsSecrets);
      report.started();
      report.trace?.request({ ...request, headers: "[first: 1]" });
      report.trace?.response({ ...response, statusCode: "401", headers: "[]" });
      report.trace?.request({ ...request, headers: "[a: 1]" });
      report.trace?.response({ ...response, headers: "[b: 2]", body: "x" });
      report.failed("States.Http.StatusCode.404", undefined);
    };
  });

  it("shows the last request and its answer at the level TRACE", async () => {
    const call = { definition, roleArn: ROLE, inspectionLevel: "TRACE" };
    const output = await world.call(call);
    expect(output).toMatchObject({
      status: "FAILED",
      error: "States.Http.StatusCode.404",
      inspectionData: {
        request: { ...request, headers: "[a: 1]" },
        response: { ...response, headers: "[b: 2]", body: "x" },
      },
    });
    expect(output).not.toHaveProperty("cause");
    await world.call({ ...call, revealSecrets: true });
    expect(revealed).toEqual([false, true]);
  });

  it.each(["INFO", "DEBUG"])("shows neither at the level %s", async (inspectionLevel) => {
    const output = await world.call({
      definition,
      roleArn: ROLE,
      inspectionLevel,
      revealSecrets: true,
    });
    expect(JSON.stringify(output)).not.toContain('"request"');
    expect(revealed).toEqual([undefined]);
  });

  it("fails before the request if its parameters cannot be used", async () => {
    const Parameters = { ...definition.Parameters, "Headers.$": "$" };
    const output = await world.call({
      definition: { ...definition, Parameters },
      input: { Authorization: "mine", accept: "all" },
      roleArn: ROLE,
    });
    const { ApiEndpoint, Method, InvocationConfig } = definition.Parameters;
    const shown = { Headers: { Authorization: "mine", accept: "all" } };
    expect(output).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(output["cause"]).toMatch(
      /^An error occurred while executing the state 'StateName' \(entered at the event id #2\)\. The Parameters '/,
    );
    expect(output["cause"]).toContain(
      "' could not be used to start the Task: [The 'Headers' field contains unsupported values: [authorization]]",
    );
    const text = /The Parameters '(.*)' could not/.exec(String(output["cause"]))?.[1] ?? "";
    expect(JSON.parse(text)).toEqual({ ApiEndpoint, Method, InvocationConfig, ...shown });
    expect(revealed).toEqual([]);
  });
});

describe("expressions that the guarded evaluator evaluates", () => {
  const HEAVY = "{% $map([1], function($v) { $v }) %}";
  const pass = { Type: "Pass", QueryLanguage: "JSONata", Output: HEAVY, End: true };

  it("are evaluated", async () => {
    expect(await world.call({ definition: pass })).toEqual({
      status: "SUCCEEDED",
      output: '"$map([1], function($v) { $v })"',
    });
  });

  it("give a retryable error when that is not possible", async () => {
    world = new TestStateWorld({ evaluate: () => Promise.reject(new Error("no")) }, NO_SHAPES);
    expect(await world.failure({ definition: pass })).toBe(
      "StoreUnavailable: The expression evaluator is not available; try again later",
    );
  });

  it("are evaluated for every item of an ItemSelector", async () => {
    const asked: unknown[] = [];
    world = new TestStateWorld(
      {
        evaluate: ({ expressions, states }) => {
          const { Map: item } = states.context as unknown as {
            Map?: { Item: { Value: string } };
          };
          asked.push(item?.Item.Value ?? "Items");
          const value = item?.Item.Value ?? ["a", "b"];
          return Promise.resolve(expressions.map(() => ({ ok: true, value })));
        },
      },
      NO_SHAPES,
    );
    const definition = map({ QueryLanguage: "JSONata", Items: HEAVY, ItemSelector: { v: HEAVY } });
    expect(await inspect({ definition, mock: { result: [1, 2] } })).toEqual({
      input: "{}",
      maxConcurrency: 0,
      afterItemSelector: '[{"v":"a"}, {"v":"b"}]',
    });
    expect(asked).toEqual(["Items", "a", "b"]);
  });
});

describe("a mocked task", () => {
  it("needs no role and calls nothing", async () => {
    expect(await world.call({ definition: TASK, mock: { result: [1] } })).toEqual({
      status: "SUCCEEDED",
      output: "[1]",
      nextState: "B",
    });
    expect(world.calls).toEqual([]);
  });

  it.each([
    "arn:aws:states:us-east-1:123456789012:activity:a",
    "arn:aws:states:::states:startExecution.sync",
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
  ])("may wait for somebody: %s", async (Resource) => {
    const definition = { Type: "Task", Resource, End: true };
    expect(await world.call({ definition, mock: { result: {} } })).toMatchObject({
      status: "SUCCEEDED",
    });
    expect(await world.failure({ definition, roleArn: ROLE })).toMatch(/^InvalidDefinition: /u);
  });

  it("has made its retries before", async () => {
    const definition = {
      ...TASK,
      Parameters: { "n.$": "$$.State.RetryCount" },
      Retry: [{ ErrorEquals: ["E"], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "C" }],
    };
    const mock = { errorOutput: { error: "E", cause: "why" } };
    const stateConfiguration = { retrierRetryCount: 2 };
    const inspectionLevel = "DEBUG";
    expect(await world.call({ definition, mock, stateConfiguration, inspectionLevel })).toEqual({
      status: "CAUGHT_ERROR",
      error: "E",
      cause: "why",
      output: '{"error":{"Error":"E","Cause":"why"}}',
      nextState: "C",
      inspectionData: {
        input: "{}",
        afterInputPath: "{}",
        afterParameters: '{"n":2}',
        errorDetails: { catchIndex: 0, retryIndex: 0 },
      },
    });
  });

  it("sees the context object that was given, and nothing else", async () => {
    const definition = { ...TASK, ResultSelector: { "c.$": "$$" } };
    const context = { Execution: { Name: "n", RedriveCount: 3 } };
    expect(await world.call({ definition, mock: { result: {} }, context })).toMatchObject({
      output: '{"c":{"Execution":{"Name":"n","RedriveCount":3}}}',
    });
  });
});

describe("a mocked Map", () => {
  const input = { a: [1, 2, 3], n: 1 };

  it("shows what becomes of its items", async () => {
    const definition = map({
      InputPath: "$",
      ItemsPath: "$.a",
      ItemSelector: { "i.$": "$$.Map.Item.Value", "n.$": "$.n" },
      ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { "n.$": "$.n" } },
      MaxConcurrencyPath: "$.n",
      ToleratedFailurePercentage: 12.5,
    });
    expect(await inspect({ definition, input, mock: { result: [1, 2] } })).toEqual({
      input: JSON.stringify(input),
      afterInputPath: JSON.stringify(input),
      afterItemsPath: "[1, 2, 3]",
      afterItemSelector: '[{"i":1,"n":1}, {"i":2,"n":1}, {"i":3,"n":1}]',
      afterItemBatcher:
        '[{"BatchInput":{"n":1},"Items":[{"i":1,"n":1},{"i":2,"n":1}]}, ' +
        '{"BatchInput":{"n":1},"Items":[{"i":3,"n":1}]}]',
      afterResultSelector: "[1,2]",
      afterResultPath: "[1,2]",
      maxConcurrency: 1,
      toleratedFailurePercentage: 12.5,
    });
  });

  it("reads the items of an ItemReader in the data that was given", async () => {
    const reader = { Resource: "arn:aws:states:::s3:getObject" };
    const definition = map({
      ItemReader: {
        ...reader,
        ReaderConfig: { InputType: "JSON", MaxItems: 2, ItemsPointer: "/x" },
        Parameters: { Bucket: "b", Key: "k" },
      },
      ToleratedFailureCount: 1,
    });
    const call = (mapIterationFailureCount: number, mapItemReaderData = '{"x": [1, 2, 3]}') => ({
      definition,
      mock: { result: [] },
      stateConfiguration: { mapItemReaderData, mapIterationFailureCount },
    });
    expect(await inspect(call(1))).toMatchObject({ afterItemsPointer: "[1, 2, 3]" });
    expect(await world.call(call(2))).toMatchObject({
      error: "States.ExceedToleratedFailureThreshold",
    });
    expect(await world.failure(call(3))).toBe(
      "ValidationException: Map iteration failure count must be less than or equal to the " +
        "number of Map iterations",
    );
    expect(await world.call(call(1, "{"))).toMatchObject({
      status: "FAILED",
      error: "States.ItemReaderFailed",
    });
  });

  it("fails by its percentage, too", async () => {
    const definition = map({ ItemsPath: "$.a", ToleratedFailurePercentage: 50 });
    const call = (mapIterationFailureCount: number): object => ({
      definition,
      input,
      mock: { result: [] },
      stateConfiguration: { mapIterationFailureCount },
    });
    expect(await world.call(call(1))).toMatchObject({ status: "SUCCEEDED" });
    expect(await world.call(call(2))).toMatchObject({ status: "FAILED" });
  });

  it("fails when it has no items", async () => {
    const definition = map({ ItemsPath: "$.none" });
    expect(await world.call({ definition, input, mock: { result: [] } })).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
    });
  });

  it("may be retried, its error mocked", async () => {
    const definition = map({ ItemsPath: "$.a", Retry: [{ ErrorEquals: ["E"] }] });
    const mock = { errorOutput: { error: "E" } };
    expect(await world.call({ definition, input, mock })).toEqual({
      status: "RETRIABLE",
      error: "E",
    });
  });
});

describe("what is refused", () => {
  const pass = { Type: "Pass", End: true };
  const parallel = {
    Type: "Parallel",
    Branches: [{ StartAt: "B1", States: { B1: pass } }],
    End: true,
  };
  const mock = { result: "{}" };

  it.each<[string, object]>([
    [
      "InvalidDefinition: Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION",
      { definition: "{" },
    ],
    [
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED",
      { definition: "[]" },
    ],
    [
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED",
      { definition: { Type: "Pass" } },
    ],
    ["InvalidExecutionInput: ", { definition: pass, input: "{" }],
    ["InvalidArn: ", { definition: pass, roleArn: "role" }],
    ["ValidationException: Invalid variables: ", { definition: pass, variables: "[]" }],
    ["ValidationException: Invalid variables: ", { definition: pass, variables: "{" }],
    [
      "ValidationException: RoleArn must be specified when testing a Task state",
      { definition: TASK },
    ],
    [
      "ValidationException: TestState does not support Context when a mock is not specified.",
      { definition: pass, context: {} },
    ],
    [
      "ValidationException: TestState does not support RetrierRetryCount when a mock",
      { definition: pass, stateConfiguration: { retrierRetryCount: 0 } },
    ],
    ["ValidationException: A test mock should have only one of", { definition: TASK, mock: {} }],
    [
      "ValidationException: A test mock should have only one of",
      { definition: TASK, mock: { result: "1", errorOutput: {} } },
    ],
    [
      "ValidationException: Mocked result must be valid JSON",
      { definition: TASK, mock: { result: "{" } },
    ],
    [
      "ValidationException: Invalid Context object provided: It must be valid JSON",
      { definition: TASK, mock, context: "{" },
    ],
    [
      "ValidationException: Invalid Context object provided: It must be a JSON object",
      { definition: TASK, mock, context: "1" },
    ],
    [
      "ValidationException: Invalid Context object provided: Execution must be an object",
      { definition: TASK, mock, context: { Execution: 1 } },
    ],
    [
      "ValidationException: Invalid Context object provided: State.RetryCount must be a number",
      { definition: TASK, mock, context: { State: { RetryCount: "1" } } },
    ],
    [
      "ValidationException: State 'X' of errorCausedByState not found",
      {
        definition: parallel,
        mock: { errorOutput: {} },
        stateConfiguration: { errorCausedByState: "X" },
      },
    ],
    [
      "ValidationException: 1 validation error detected: Value '-1' at 'stateConfiguration.retrierRetryCount'",
      { definition: TASK, mock, stateConfiguration: { retrierRetryCount: -1 } },
    ],
  ])("%s", async (message, input) => {
    expect(await world.failure(input)).toContain(message);
  });
});
