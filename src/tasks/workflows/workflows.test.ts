import { pino } from "pino";
import { describe, expect, it } from "vitest";
import type { TaskCall } from "../../engine/ports.ts";
import type { Json } from "../../json/json.ts";
import { parseJson } from "../../json/parse.ts";
import { createTaskRunner } from "../task-runner.ts";
import { type Outcome, runTask, taskCall } from "../testing/task-harness.ts";
import { attemptId } from "./attempt-id.ts";
import { PersistentCaller } from "./persistent-caller.ts";
import {
  type ApiBody,
  type EndedWorkflow,
  type WorkflowApi,
  type WorkflowRequest,
  WorkflowRefusal,
} from "./workflow-api.ts";

const STARTED_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 600);
const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:child";
const EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:child:c";

const ENDED: EndedWorkflow = {
  executionArn: EXECUTION,
  stateMachineArn: MACHINE,
  name: "c",
  status: "SUCCEEDED",
  startedAt: STARTED_AT,
  stoppedAt: STARTED_AT + 1_000,
  input: "{}",
  output: '{"n":1.0}',
  error: undefined,
  cause: undefined,
  traceHeader: undefined,
  versionArn: undefined,
  aliasArn: undefined,
};

interface Sent {
  readonly operation: string;
  readonly input: ApiBody;
  readonly request: WorkflowRequest;
}

/** Answers what it is told, or throws it if it is an error; by default as StartExecution does. */
class FakeApi implements WorkflowApi {
  readonly sent: Sent[] = [];
  readonly awaited: string[] = [];
  answer: (operation: string) => ApiBody | Error = (operation) =>
    operation === "StartExecution"
      ? { executionArn: EXECUTION, startDate: STARTED_AT / 1_000 }
      : {};
  end: EndedWorkflow | undefined = ENDED;

  async call(operation: string, input: ApiBody, request: WorkflowRequest): Promise<ApiBody> {
    this.sent.push({ operation, input, request });
    const answer = this.answer(operation);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  async ended(executionArn: string): Promise<EndedWorkflow | undefined> {
    this.awaited.push(executionArn);
    return this.end;
  }

  inputOf(operation: string): ApiBody | undefined {
    return this.sent.find((call) => call.operation === operation)?.input;
  }
}

type Pattern = "RequestResponse" | "Sync" | "Sync2" | "WaitForTaskToken";

function resource(service: string, action: string, pattern: Pattern): TaskCall["resource"] {
  const arn = `arn:aws:states:::${service}:${action}`;
  return { type: "Service", arn, service, action, resource: action, pattern };
}

function run(
  api: WorkflowApi,
  target: TaskCall["resource"],
  parameters: Json,
  more: Partial<TaskCall> = {},
): Promise<Outcome> {
  const runner = createTaskRunner({
    functions: [],
    region: "us-east-1",
    accountId: "123456789012",
    logger: pino({ level: "silent" }),
    environment: {},
    workflows: api,
  });
  return runTask(runner, taskCall(target, parameters, more));
}

function start(
  api: WorkflowApi,
  pattern: Pattern,
  parameters: Json,
  more: Partial<TaskCall> = {},
): Promise<Outcome> {
  return run(api, resource("states", "startExecution", pattern), parameters, more);
}

function sdk(api: WorkflowApi, action: string, parameters: Json): Promise<Outcome> {
  return run(api, resource("aws-sdk:sfn", action, "RequestResponse"), parameters);
}

describe("states:startExecution", () => {
  it("gives StartExecution's answer with what an SDK tells of HTTP", async () => {
    const api = new FakeApi();
    const outcome = await start(api, "RequestResponse", { StateMachineArn: MACHINE, Name: "c" });
    const requestId = api.sent[0]!.request.requestId;
    const length = String(
      JSON.stringify({ executionArn: EXECUTION, startDate: STARTED_AT / 1_000 }).length,
    );
    expect(outcome.events).toEqual(["started", "succeeded"]);
    expect(outcome.output).toEqual({
      ExecutionArn: EXECUTION,
      SdkHttpMetadata: {
        AllHttpHeaders: {
          "x-amzn-RequestId": [requestId],
          connection: ["keep-alive"],
          "Content-Length": [length],
          Date: ["Fri, 02 Jan 2026 03:04:05 GMT"],
          "Content-Type": ["application/x-amz-json-1.0"],
        },
        HttpHeaders: {
          "x-amzn-RequestId": requestId,
          connection: "keep-alive",
          "Content-Length": length,
          Date: "Fri, 02 Jan 2026 03:04:05 GMT",
          "Content-Type": "application/x-amz-json-1.0",
        },
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: requestId },
      StartDate: STARTED_AT,
    });
  });

  it.each([
    ["a value", { a: [1] }, '{"a":[1]}'],
    ["a text of JSON", '{"a": 1}', '{"a": 1}'],
    ["another text", "hello", '"hello"'],
    ["a number", 5, "5"],
    ["null", null, undefined],
    ["nothing", undefined, undefined],
  ])("sends %s as input", async (_what, input, expected) => {
    const api = new FakeApi();
    const more = input === undefined ? {} : { Input: input as Json };
    await start(api, "RequestResponse", { StateMachineArn: MACHINE, ...more });
    expect(api.inputOf("StartExecution")?.["input"]).toBe(expected);
  });

  it("names the execution after the attempt if the author does not", async () => {
    const api = new FakeApi();
    await start(api, "RequestResponse", { StateMachineArn: MACHINE });
    await start(api, "RequestResponse", { StateMachineArn: MACHINE }, { started: true });
    await start(
      api,
      "RequestResponse",
      { StateMachineArn: MACHINE },
      { id: { frame: 0, scheduledEventId: 9 } },
    );
    const names = api.sent.map(({ input }) => input["name"]);
    expect(names[0]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(names[1]).toBe(names[0]);
    expect(names[2]).not.toBe(names[0]);
    expect(api.sent[0]!.request.startedBy).toBe(names[0]);
  });

  it("gives payloads of the ended child as texts, or as values with sync:2", async () => {
    const parameters = { StateMachineArn: MACHINE, Name: "c" };
    const text = await start(new FakeApi(), "Sync", parameters);
    const facts = {
      ExecutionArn: EXECUTION,
      InputDetails: { Included: true },
      Name: "c",
      OutputDetails: { Included: true },
      StartDate: STARTED_AT,
      StateMachineArn: MACHINE,
      Status: "SUCCEEDED",
      StopDate: STARTED_AT + 1_000,
    };
    // The harness ends with `submitted`; so the last report is read from a submitted call.
    expect(text.events).toEqual(["started", "submitted"]);
    const submitted = { submitted: true, submittedOutput: { ExecutionArn: EXECUTION } };
    const api = new FakeApi();
    const first = await start(api, "Sync", parameters, { ...submitted, started: true });
    expect(first.events).toEqual(["succeeded"]);
    expect(first.output).toEqual({ ...facts, Input: "{}", Output: '{"n":1.0}' });
    expect([api.sent, api.awaited]).toEqual([[], [EXECUTION]]);
    const second = await start(new FakeApi(), "Sync2", parameters, submitted);
    const output = parseJson('{"n":1.0}');
    expect(second.output).toEqual({ ...facts, Input: {}, Output: output.ok && output.value });
  });

  it("fails with the whole child as cause if it did not succeed", async () => {
    const api = new FakeApi();
    const end = { status: "TIMED_OUT", output: undefined, error: "States.Timeout" };
    api.end = { ...ENDED, ...end, versionArn: `${MACHINE}:1`, aliasArn: `${MACHINE}:live` };
    const submitted = { submitted: true, submittedOutput: { ExecutionArn: EXECUTION } };
    const outcome = await start(api, "Sync2", { StateMachineArn: MACHINE }, submitted);
    expect(outcome.error).toBe("States.TaskFailed");
    expect(outcome.cause).toBe(
      `{"Error":"States.Timeout","ExecutionArn":"${EXECUTION}","Input":{},"InputDetails":{"Included":true},` +
        `"Name":"c","StartDate":${STARTED_AT},"StateMachineAliasArn":"${MACHINE}:live","StateMachineArn":"${MACHINE}",` +
        `"StateMachineVersionArn":"${MACHINE}:1","Status":"TIMED_OUT","StopDate":${STARTED_AT + 1_000}}`,
    );
  });

  it("fails if the child is gone", async () => {
    const api = new FakeApi();
    api.end = undefined;
    const submitted = { submitted: true, submittedOutput: { ExecutionArn: EXECUTION } };
    const outcome = await start(api, "Sync", { StateMachineArn: MACHINE }, submitted);
    expect(outcome.error).toBe("StepFunctions.ExecutionDoesNotExistException");
  });

  it("waits for a token without waiting for the child", async () => {
    const api = new FakeApi();
    const outcome = await start(api, "WaitForTaskToken", { StateMachineArn: MACHINE });
    expect(outcome.events).toEqual(["started", "submitted"]);
    expect(api.awaited).toEqual([]);
  });

  it.each([
    ["StateMachineDoesNotExist", "StepFunctions.StateMachineDoesNotExistException"],
    ["ValidationException", "StepFunctions.ValidationException"],
    ["SerializationException", "StepFunctions.AWSStepFunctionsException"],
  ])("fails with the words of the SDK when StartExecution answers %s", async (code, error) => {
    const api = new FakeApi();
    api.answer = () => new WorkflowRefusal(code, "No: 'x'", 400);
    const outcome = await start(api, "RequestResponse", { StateMachineArn: MACHINE });
    const { requestId } = api.sent[0]!.request;
    expect(outcome.events).toEqual(["started", "failed"]);
    expect(outcome.error).toBe(error);
    expect(outcome.cause).toBe(
      `No: 'x' (Service: AWSStepFunctions; Status Code: 400; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
    );
  });

  it("refuses parameters that cannot be sent, naming all", async () => {
    const outcome = await start(new FakeApi(), "Sync", { Name: 5, Inptu: {} });
    expect(outcome.events).toEqual(["failed"]);
    expect(outcome.error).toBe("States.Runtime");
    expect(outcome.cause).toBe(
      `The Parameters '{"Name":5,"Inptu":{}}' could not be used to start the Task: [` +
        "The value for the field 'Name' must be a STRING, " +
        "The field 'Inptu' is not supported by Step Functions, " +
        "The field 'StateMachineArn' is required but was missing]",
    );
  });
});

describe("aws-sdk:sfn", () => {
  it("sends parameters in camelCase, JSON members as text", async () => {
    const api = new FakeApi();
    await sdk(api, "updateStateMachine", {
      StateMachineArn: MACHINE,
      Definition: { StartAt: "P" },
      Description: null,
      LoggingConfiguration: {
        Level: "ALL",
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: "arn" } }],
      },
    });
    expect(api.sent[0]).toMatchObject({ operation: "UpdateStateMachine" });
    expect({ ...api.sent[0]!.input }).toMatchObject({
      stateMachineArn: MACHINE,
      definition: '{"StartAt":"P"}',
      loggingConfiguration: {
        level: "ALL",
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: "arn" } }],
      },
    });
    expect(Object.keys(api.sent[0]!.input)).not.toContain("description");
  });

  it("gives the answer in PascalCase, times in ISO 8601, users' own keys as they are", async () => {
    const api = new FakeApi();
    api.answer = () => ({
      executionArn: EXECUTION,
      startDate: STARTED_AT / 1_000,
      stopDate: 1_767_323_045,
      output: undefined,
      inputDetails: { included: true },
      events: [{ id: 1, timestamp: 1_767_323_045.1 }],
      variableReferences: { myState: ["a"] },
    });
    const { output } = await sdk(api, "describeExecution", { ExecutionArn: EXECUTION });
    expect(output).toEqual({
      ExecutionArn: EXECUTION,
      StartDate: "2026-01-02T03:04:05.600Z",
      StopDate: "2026-01-02T03:04:05Z",
      InputDetails: { Included: true },
      Events: [{ Id: 1, Timestamp: "2026-01-02T03:04:05.100Z" }],
      VariableReferences: { myState: ["a"] },
    });
  });

  it("names an execution after the attempt, unless the author does", async () => {
    const api = new FakeApi();
    await sdk(api, "startExecution", { StateMachineArn: MACHINE, Name: null });
    await sdk(api, "startExecution", { StateMachineArn: MACHINE, Name: "own" });
    const names = api.sent.map(({ input }) => input["name"]);
    expect(names).toEqual([attemptId(taskCall(resource("", "", "Sync"), {})), "own"]);
  });

  it.each([
    ["TaskTimedOut", "Sfn.TaskTimedOutException"],
    ["ValidationException", "Sfn.ValidationException"],
    ["InternalFailure", "Sfn.SfnException"],
  ])("fails with the SDK's words when the answer is %s", async (code, error) => {
    const api = new FakeApi();
    api.answer = () => new WorkflowRefusal(code, "No", 400);
    const outcome = await sdk(api, "sendTaskSuccess", { TaskToken: "t", Output: "{}" });
    const { requestId } = api.sent[0]!.request;
    expect([outcome.error, outcome.cause]).toEqual([
      error,
      `No (Service: Sfn, Status Code: 400, Request ID: ${requestId}) (SDK Attempt Count: 1)`,
    ]);
  });

  it("says that an operation is not there", async () => {
    const api = new FakeApi();
    api.answer = () => new WorkflowRefusal("UnknownOperationException", "", 400);
    expect(await sdk(api, "describeMapRun", {})).toMatchObject({ error: "States.Runtime" });
    expect(await sdk(api, "bakeCake", {})).toMatchObject({
      error: "States.Runtime",
      cause: expect.stringMatching(
        /^The service integration 'arn:aws:states:::aws-sdk:sfn:bakeCake' is not available in this server. Available: aws-sdk:sfn:createActivity, /,
      ),
    });
  });

  it("refuses members in camelCase", async () => {
    const outcome = await sdk(new FakeApi(), "startExecution", { stateMachineArn: MACHINE });
    expect(outcome.cause).toContain("The field 'stateMachineArn' is not supported");
  });
});

describe("PersistentCaller", () => {
  const unavailable = new WorkflowRefusal("ServiceUnavailable", "later", 503);
  const progress = () => {
    const controller = new AbortController();
    const reports: string[] = [];
    return { controller, reports, signal: controller.signal, waits: () => reports.push("waits") };
  };

  it("calls again until the server can serve", async () => {
    const answers: (string | Error)[] = [unavailable, unavailable, "done"];
    const call = async (): Promise<string> => {
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const { reports, ...rest } = progress();
    expect(await new PersistentCaller(0).call(call, rest)).toBe("done");
    expect(reports).toEqual(["waits", "waits"]);
  });

  it("gives up when the task is cancelled, after close, after enough tries, and for other errors", async () => {
    const fail = (error: Error) => () => Promise.reject(error);
    const cancelled = progress();
    cancelled.controller.abort();
    const caller = new PersistentCaller(0);
    await expect(caller.call(fail(unavailable), cancelled)).rejects.toBe(unavailable);
    await expect(caller.call(fail(unavailable), progress(), 3)).rejects.toBe(unavailable);
    const other = new WorkflowRefusal("InvalidArn", "no", 400);
    await expect(caller.call(fail(other), progress())).rejects.toBe(other);
    await caller.close();
    await expect(caller.call(fail(unavailable), progress())).rejects.toBe(unavailable);
  });
});
