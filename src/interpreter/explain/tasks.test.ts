import { describe, expect, it } from "vitest";
import { explained, fact, LAMBDA, TASK } from "../../../test/support/explained.ts";
import type { SimulationOptions, TaskAnswer } from "../../../test/support/simulate.ts";
import { parseDefinition } from "../../asl/parse-definition.ts";
import { explainExecution, type ExplainedEnd } from "./explain.ts";

const service = (name: string, more: object = {}): object => ({
  ...TASK,
  Resource: `arn:aws:states:::${name}`,
  ...more,
});

function failing(
  state: object,
  answer: TaskAnswer,
  options: Partial<SimulationOptions> = {},
): ExplainedEnd {
  return explained({ Pay: state }, { task: () => answer, ...options });
}

describe("a Retry", () => {
  it("that does not name the error: the name that came, and the nearest", () => {
    const Retry = [{ ErrorEquals: ["Lambda.TooManyRequestException"], MaxAttempts: 2 }];
    const found = failing(
      { ...TASK, Retry },
      {
        error: "Lambda.TooManyRequestsException",
        cause:
          "Rate Exceeded (Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: 1; Proxy: null)",
      },
    );
    expect(found.summary).toContain(
      "The Retry of 'Pay' did not help: its ErrorEquals [Lambda.TooManyRequestException] does not name 'Lambda.TooManyRequestsException'; 'Lambda.TooManyRequestException' is near, but not the same.",
    );
    expect(found.fixes).toContain(
      `Write "Lambda.TooManyRequestsException" instead of "Lambda.TooManyRequestException" in the ErrorEquals of the Retry of 'Pay'.`,
    );
  });

  it("of States.TaskFailed, which does not match a time-out", () => {
    const Retry = [{ ErrorEquals: ["States.TaskFailed"] }];
    const found = failing({ ...TASK, Retry, TimeoutSeconds: 3 }, "never");
    expect(found.summary).toContain(
      "States.TaskFailed matches every error but States.Timeout, which came.",
    );
    expect(found.fixes.join("\n")).toContain(
      `Add "States.Timeout" to the ErrorEquals of a Retry of 'Pay'`,
    );
  });

  it("that is exhausted: attempts made and MaxAttempts", () => {
    const Retry = [{ ErrorEquals: ["Boom"], MaxAttempts: 2, IntervalSeconds: 1 }];
    const found = failing({ ...TASK, Retry }, { error: "Boom" });
    expect(found.summary).toContain(
      "It was retried 2 times and Retry[0] of 'Pay' allows no more (MaxAttempts 2).",
    );
    expect(fact(found, "Retry of 'Pay'")).toBe("Retry[0] [Boom]: 2 retries made, MaxAttempts 2");
    expect(fact(found, "Catch of 'Pay'")).toBe("none");
  });

  it("with MaxAttempts 0", () => {
    const Retry = [{ ErrorEquals: ["Boom"], MaxAttempts: 0 }];
    expect(failing({ ...TASK, Retry }, { error: "Boom" }).summary).toContain(
      "so it was not retried",
    );
  });

  it("of a Map around it that is exhausted", () => {
    const map = {
      Type: "Map",
      Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }],
      ItemProcessor: { StartAt: "I", States: { I: TASK } },
      End: true,
    };
    const found = failing(map, { error: "Boom" }, { input: "[1,2]" });
    expect(fact(found, "Retry of 'I'")).toBe("none");
    expect(fact(found, "Retry of 'Pay'")).toBe(
      "Retry[0] [States.ALL]: 1 retry made, MaxAttempts 1",
    );
  });

  it("that cannot help, because the error is States.Runtime", () => {
    const Retry = [{ ErrorEquals: ["States.ALL"] }];
    const found = failing({ ...TASK, Retry, InputPath: "$.no" }, { output: 1 });
    expect(found.summary).toContain("States.Runtime is never retried nor caught");
  });
});

it("a Catch that does not match", () => {
  const Catch = [{ ErrorEquals: ["PaymentError"], Next: "Z" }];
  const found = explained(
    { Pay: { ...TASK, Catch }, Z: { Type: "Succeed" } },
    { task: () => ({ error: "Payments.PaymentError" }) },
  );
  expect(found.summary).toContain("'PaymentError' is near, but not the same");
  expect(fact(found, "Catch of 'Pay'")).toBe(
    "[PaymentError] does not match 'Payments.PaymentError'",
  );
});

describe("a task that did not answer in time", () => {
  const callback = service("sqs:sendMessage.waitForTaskToken");

  it("because of TimeoutSeconds", () => {
    const found = failing({ ...TASK, TimeoutSeconds: 5 }, "never");
    expect(found.summary).toContain(
      "Task state 'Pay' timed out: the Lambda function did not answer within its TimeoutSeconds of 5 s.",
    );
    expect(fact(found, "Waited")).toBe("5 s");
    expect(found.fixes[0]).toContain("Raise the TimeoutSeconds of 'Pay'");
  });

  it("because of a missed heartbeat, which a Retry of States.HeartbeatTimeout matches", () => {
    const Retry = [{ ErrorEquals: ["States.HeartbeatTimeout"], MaxAttempts: 1 }];
    const state = { ...callback, HeartbeatSeconds: 2, TimeoutSeconds: 60, Retry };
    const found = failing(state, {
      output: 1,
      afterMs: 90_000,
      submitted: {},
      heartbeatsMs: [1_000],
    });
    expect(found.summary).toContain(
      "missed a heartbeat: for its HeartbeatSeconds of 2 s nobody called SendTaskHeartbeat",
    );
    expect(found.summary).toContain("It was retried 1 time");
  });

  it("because nobody answered the callback token", () => {
    const found = failing(
      { ...callback, TimeoutSeconds: 60 },
      { output: 1, afterMs: 90_000, submitted: {} },
    );
    expect(found.summary).toContain(
      "timed out waiting for its callback: the token was handed out (event 5), but nobody called SendTaskSuccess or SendTaskFailure with it within its TimeoutSeconds of 60 s.",
    );
    expect(found.fixes[0]).toContain("$$.Task.Token");
  });

  it("because a job did not end", () => {
    const state = { ...service("states:startExecution.sync"), TimeoutSeconds: 60 };
    expect(failing(state, "never").summary).toContain(
      "states:startExecution did not end its job within",
    );
  });

  it("because a worker did not answer; or because none took it and the execution timed out", () => {
    const activity = {
      ...TASK,
      Resource: "arn:aws:states:us-east-1:123456789012:activity:ship",
      TimeoutSeconds: 5,
    };
    const late = failing(activity, { output: 1, afterMs: 20_000 });
    expect(late.summary).toContain(
      "A worker took the activity's task, but did not answer within its TimeoutSeconds of 5 s",
    );
    const never = explained(
      { Ship: activity },
      { task: () => "never", top: { TimeoutSeconds: 50 } },
    );
    expect(never).toMatchObject({ status: "TIMED_OUT", state: { name: "Ship" } });
    expect(never.summary).toContain("for 50 s no worker has taken its task of activity ship");
  });

  it("and what a Retry was waiting for when the whole execution timed out", () => {
    const Retry = [{ ErrorEquals: ["Boom"], IntervalSeconds: 100 }];
    const found = explained(
      { Pay: { ...TASK, Retry } },
      { task: () => ({ error: "Boom" }), top: { TimeoutSeconds: 50 } },
    );
    expect(found.summary).toContain(
      "attempt 1 failed with Boom, and the next one was due after the pause of its Retry",
    );
  });
});

describe("a Lambda function", () => {
  const notFound =
    "Function not found: arn:aws:lambda:us-east-1:123456789012:function:charge:$LATEST (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: 1; Proxy: null)";

  it("that is neither local nor to be reached", () => {
    const cause = `${notFound}. There is no local function 'charge' (./functions; local functions: chargeCard, ship), and neither AWS_ENDPOINT_URL_LAMBDA or AWS_ENDPOINT_URL nor AWS credentials are configured. Add it`;
    const found = failing(TASK, { error: "Lambda.ResourceNotFoundException", cause });
    expect(found.summary).toContain(
      "the Lambda function 'charge' is not among the local functions",
    );
    expect(fact(found, "Local functions")).toBe("chargeCard, ship");
    expect(found.fixes.join()).toContain("AWS_ENDPOINT_URL_LAMBDA");
  });

  it("that does not exist at AWS", () => {
    const found = failing(service("lambda:invoke", { Parameters: { FunctionName: "charge" } }), {
      error: "Lambda.ResourceNotFoundException",
      cause: notFound,
    });
    expect(found.summary).toContain(
      "the Lambda function 'charge' does not exist where it was called",
    );
  });

  it.each([
    [
      '"trace":["Error: no funds","    at charge (/var/task/index.mjs:7:9)"]',
      "at charge (/var/task/index.mjs:7:9)",
    ],
    [
      '"stackTrace":["  File \\"a.py\\", line 1, in f\\n    g()\\n","  File \\"a.py\\", line 4, in g\\n    raise E\\n"]',
      'File "a.py", line 4, in g: raise E',
    ],
  ])("that threw: type, message and the line of %s", (trace, line) => {
    const cause = `{"errorType":"CardDeclined","errorMessage":"no funds",${trace}}`;
    const found = failing(TASK, { error: "CardDeclined", cause });
    expect(found.summary).toContain(`failed with CardDeclined: no funds (${line})`);
    expect(fact(found, "Where")).toBe(line);
  });

  it("that could not be loaded", () => {
    const cause = `{"errorType":"Runtime.ImportModuleError","errorMessage":"no module 'app'"}`;
    expect(failing(TASK, { error: "Runtime.ImportModuleError", cause }).fixes[0]).toContain(
      "check handler",
    );
  });

  it("that took longer than its own time-out", () => {
    const cause =
      '{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 1 Error: Task timed out after 3.00 seconds"}';
    const found = failing(TASK, { error: "Sandbox.Timedout", cause });
    expect(found.summary).toContain("did not end within its own time-out of 3 s");
  });

  it("that failed without saying why, or that Lambda refused", () => {
    expect(
      failing(TASK, { error: "Lambda.Unknown", cause: "The cause could not be determined" })
        .summary,
    ).toContain("failed without saying why");
    const busy = failing(TASK, {
      error: "Lambda.SdkClientException",
      cause: "connect ECONNREFUSED 127.0.0.1:9",
    });
    expect(busy.summary).toContain("could not be reached");
    const refused = failing(TASK, {
      error: "Lambda.KMSDisabledException",
      cause: "Key is disabled",
    });
    expect(refused.summary).toContain(
      "Lambda refused the call of 'charge' with Lambda.KMSDisabledException",
    );
  });
});

describe("an AWS service", () => {
  const put = service("dynamodb:putItem", { Parameters: { TableName: "Orders" } });

  it.each([
    [
      "DynamoDB.ResourceNotFoundException",
      "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: 1; Proxy: null)",
      "AmazonDynamoDBv2 refused putItem with ResourceNotFoundException (HTTP 400): Requested resource not found",
      "Check the name or ARN",
    ],
    [
      "DynamoDB.AmazonDynamoDBException",
      "User is not authorized (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: AccessDeniedException; Request ID: 1; Proxy: null)",
      "AccessDeniedException",
      "Check the permissions and credentials",
    ],
    [
      "DynamoDb.ProvisionedThroughputExceededException",
      "Slow down (Service: DynamoDb, Status Code: 400, Request ID: 1) (SDK Attempt Count: 1)",
      "DynamoDb refused putItem with ProvisionedThroughputExceededException",
      "It may pass: add a Retry",
    ],
    [
      "DynamoDB.ConditionalCheckFailedException",
      "The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: 1; Proxy: null)",
      "The conditional request failed",
      "Correct the Parameters",
    ],
  ])("that answered with %s", (error, cause, summary, fix) => {
    const found = failing(put, { error, cause });
    expect(found.summary).toContain(summary);
    expect(found.fixes[0]).toContain(fix);
    expect(fact(found, "Called with")).toBe('{"TableName":"Orders"}');
  });

  it("that was not called for want of credentials", () => {
    const cause =
      "Unable to load credentials: neither AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL nor AWS credentials are configured";
    const found = failing(put, { error: "DynamoDB.SdkClientException", cause });
    expect(found.summary).toContain(
      "dynamodb was not called, because there are neither AWS credentials nor an endpoint",
    );
    expect(found.fixes[0]).toContain("AWS_ENDPOINT_URL");
  });

  it("that could not be reached", () => {
    const cause = "Unable to execute HTTP request: connect ECONNREFUSED 127.0.0.1:4566";
    const found = failing(put, { error: "DynamoDB.SdkClientException", cause });
    expect(found.summary).toContain(
      "dynamodb could not be reached: Unable to execute HTTP request",
    );
    expect(found.fixes[0]).toContain("something listens there");
  });

  it("whose client is not installed", () => {
    const cause =
      "The client of the service 'kendra' is not installed. Run `npm install @aws-sdk/client-kendra` in ., where Stepwell was started, and try again.";
    const found = failing(put, { error: "States.Runtime", cause });
    expect(found.summary).toContain("the SDK client of 'kendra' is not installed");
    expect(found.fixes[0]).toContain("npm install @aws-sdk/client-kendra");
  });

  it("that this server does not have", () => {
    const cause =
      "The service integration 'arn:aws:states:::dynamodb:query' is not available in this server. Available: lambda:invoke.";
    const found = failing(put, { error: "States.Runtime", cause });
    expect(found.fixes).toContain(
      "Try the SDK integration: arn:aws:states:::aws-sdk:dynamodb:query.",
    );
  });

  it("whose parameters do not fit", () => {
    const cause = `The Parameters '{"TableName":"Orders"}' could not be used to start the Task: [The field 'Item' is required but was missing]`;
    const found = failing(put, { error: "States.Runtime", cause });
    expect(found.summary).toContain(
      "its parameters do not fit the call: The field 'Item' is required but was missing",
    );
  });

  it("whose role cannot be assumed", () => {
    const cause = "The role arn:aws:iam::1:role/r cannot be assumed";
    expect(failing(put, { error: "States.TaskFailed", cause }).summary).toContain(
      "a permission is missing",
    );
  });
});

describe("an HTTP task", () => {
  const invoke = service("http:invoke", {
    Parameters: {
      ApiEndpoint: "https://api.example.com/pay",
      Method: "POST",
      Authentication: { ConnectionArn: "arn:aws:events:us-east-1:123456789012:connection/c/1" },
    },
  });

  it.each([
    [
      "States.Http.StatusCode.404",
      "Not Found",
      "https://api.example.com/pay answered with status 404 (Not Found).",
      "Check ApiEndpoint",
    ],
    ["States.Http.StatusCode.401", "Unauthorized", "status 401", "credentials"],
    ["States.Http.StatusCode.503", "", "status 503.", 'ErrorEquals ["States.Http.StatusCode.503"]'],
    ["States.Http.StatusCode.302", "Found", "status 302", "redirects are not followed"],
    ["States.Http.StatusCode.422", "", "status 422", "RequestBody"],
    [
      "States.Http.Socket",
      "Unable to execute HTTP request to api.example.com: connect ECONNREFUSED",
      "could not be reached",
      "host and port",
    ],
    [
      "States.Http.Socket",
      "The request timed out after 60 seconds",
      "did not answer in time",
      "at most 60 s",
    ],
    [
      "States.Http.AccessDenied",
      "http://10.0.0.1 is not called: private. The operator of this server can open it with --allow-http-host 10.0.0.1",
      "this server does not call",
      "--allow-http-host 10.0.0.1",
    ],
    [
      "Events.ConnectionResource.ResourceNotFound",
      "no connection",
      "its connection cannot be used (ResourceNotFound)",
      "ConnectionArn",
    ],
  ])("with %s: %s", (error, cause, summary, fix) => {
    const found = failing(invoke, { error, cause });
    expect(found.summary).toContain(summary);
    expect(found.fixes.join("\n")).toContain(fix);
    expect(fact(found, "Method")).toBe('"POST"');
  });
});

describe("a nested execution", () => {
  const nest = service("states:startExecution.sync:2", {
    Parameters: { StateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:child" },
  });

  it("that failed: its ARN, error and cause", () => {
    const ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:child:c1";
    const cause = JSON.stringify({
      ExecutionArn,
      Status: "FAILED",
      Error: "Broken",
      Cause: "as told",
      Input: { a: 1 },
    });
    const found = failing(nest, { error: "States.TaskFailed", cause });
    expect(found.summary).toContain(
      "the execution 'c1' of 'child' that it started failed with Broken: as told",
    );
    expect(fact(found, "Execution")).toBe(ExecutionArn);
    expect(found.fixes[0]).toContain(`Explain that execution: ${ExecutionArn}`);
  });

  it.each([
    [
      "StateMachineDoesNotExistException",
      "there is no state machine arn:aws:states:us-east-1:123456789012:stateMachine:child",
    ],
    [
      "StateMachineTypeNotSupportedException",
      "an EXPRESS state machine cannot be run with this integration",
    ],
    ["ExecutionAlreadyExistsException", "an execution of that Name exists already"],
    ["ExecutionLimitExceededException", "as many executions run as are allowed"],
    ["InvalidNameException", "StartExecution was refused with InvalidName: bad"],
  ])("that was refused with %s", (name, text) => {
    const error = `StepFunctions.${name}`;
    const cause =
      "bad (Service: AWSStepFunctions; Status Code: 400; Error Code: X; Request ID: 1; Proxy: null)";
    expect(failing(nest, { error, cause }).summary).toContain(text);
  });
});

describe("a distributed Map", () => {
  const map = {
    Type: "Map",
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "I",
      States: { I: { Type: "Pass", End: true } },
    },
    End: true,
  };

  it("with too many failed items: how many, and what is tolerated", () => {
    const found = explained(
      { M: { ...map, ToleratedFailureCount: 1, MaxConcurrency: 1 } },
      {
        input: "[1,2,3,4,5]",
        child: ({ index }) => (index < 3 ? { status: "FAILED" } : { output: 1 }),
      },
    );
    expect(found.error).toBe("States.ExceedToleratedFailureThreshold");
    expect(found.summary).toContain(
      "2 of 5 items failed, more than it tolerates (ToleratedFailureCount 1).",
    );
    expect(fact(found, "Map Run")).toContain(":mapRun:");
    expect(found.fixes[0]).toContain("list-executions --map-run-arn");
  });

  it.each([
    ["States.ItemReaderFailed", "its items could not be read: no such key"],
    ["States.ResultWriterFailed", "its results could not be written: no such key"],
  ])("with %s", (error, text) => {
    // What the state of a Map Run says about S3 has the same form as what a child's task says.
    const found = failing(TASK, { error, cause: "no such key" });
    expect(found.summary).toContain(text);
  });
});

it("an EXPRESS execution that ran too long: the bound, and STANDARD as the way out", () => {
  const text = JSON.stringify({ StartAt: "Pay", States: { Pay: TASK } });
  const { definition } = parseDefinition(text, { type: "EXPRESS" });
  const at = (seconds: number): number => seconds * 1_000;
  const entered = { name: "Pay", input: "{}" };
  const execution = {
    info: {
      arn: "arn:aws:states:us-east-1:123456789012:express:m:e:1",
      name: "e",
      roleArn: "r",
      stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m",
      stateMachineName: "m",
      startedAt: 0,
    },
    definition: definition!,
    status: "TIMED_OUT" as const,
    limits: { payloadBytes: 262_144 },
    mapRuns: [],
  };
  const event = (id: number, type: string, time: number, details?: object) => ({
    ...{ id, previousEventId: id === 4 ? 0 : id - 1, type, at: at(time), detailsName: "d" },
    details: { ...details },
  });
  const found = explainExecution(
    execution,
    [
      event(1, "ExecutionStarted", 0, { input: "{}" }),
      event(2, "TaskStateEntered", 0, entered),
      event(3, "LambdaFunctionScheduled", 0, { resource: LAMBDA, input: "{}" }),
      event(4, "ExecutionTimedOut", 300, { error: "States.Timeout" }),
    ],
    at(300),
  );
  expect(found.summary).toContain("longer than the 300 s that an EXPRESS execution may last");
  expect(found.fixes.join()).toContain("Use a STANDARD state machine");
});
