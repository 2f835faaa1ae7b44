import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TaskCall } from "../../engine/ports.ts";
import { attemptId } from "../workflows/attempt-id.ts";
import { createTaskRunner, type FunctionTaskRunner } from "../task-runner.ts";
import { recordingLogger, runTask, taskCall } from "../testing/task-harness.ts";
import { type FakeService, startFakeService } from "./testing/fake-service.ts";

type Resource = TaskCall["resource"];

function resource(
  target: string,
  pattern: "RequestResponse" | "WaitForTaskToken" = "RequestResponse",
): Resource {
  const [service = "", action = ""] = target.split(":");
  const suffix = pattern === "RequestResponse" ? "" : ".waitForTaskToken";
  return {
    type: "Service",
    arn: `arn:aws:states:::aws-sdk:${target}${suffix}`,
    service: `aws-sdk:${service}`,
    action,
    resource: action + suffix,
    pattern,
  };
}

describe("integrations of the AWS SDK", () => {
  let service: FakeService;
  let runner: FunctionTaskRunner;

  beforeEach(async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    service = await startFakeService();
    runner = runnerWith(service.url);
  });

  afterEach(async () => {
    await runner.close();
    await service.close();
    vi.unstubAllEnvs();
  });

  function runnerWith(endpoint: string): FunctionTaskRunner {
    return createTaskRunner({
      functions: [],
      region: "us-east-1",
      accountId: "123456789012",
      logger: recordingLogger().logger,
      environment: { ...process.env, AWS_ENDPOINT_URL: endpoint },
    });
  }

  it("report the start and the result", async () => {
    service.answer(() => ({ body: '{"Item":{"id":{"S":"1"}}}' }));
    const parameters = { TableName: "t", Key: { id: { S: "1" } } };
    expect(await runTask(runner, taskCall(resource("dynamodb:getItem"), parameters))).toEqual({
      events: ["started", "succeeded"],
      output: { Item: { id: { S: "1" } } },
    });
  });

  it("hand the answer over and wait for the task token", async () => {
    service.answer(() => ({ body: '{"Messages":[]}' }));
    const call = taskCall(resource("sqs:receiveMessage", "WaitForTaskToken"), {
      QueueUrl: `${service.url}/q`,
    });
    expect(await runTask(runner, call)).toEqual({
      events: ["started", "submitted"],
      output: { Messages: [] },
    });
  });

  it("name errors and their facts as AWS does", async () => {
    service.answer(() => ({
      status: 404,
      headers: { "x-amz-request-id": "35P6VBTV74BX3X9G", "x-amz-id-2": "51rkmA7yqQ=" },
      body: "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
    }));
    const get = taskCall(resource("s3:getObject"), { Bucket: "b", Key: "absent" });
    expect(await runTask(runner, get)).toEqual({
      events: ["started", "failed"],
      error: "S3.NoSuchKeyException",
      cause:
        "The specified key does not exist. (Service: S3, Status Code: 404, Request ID: 35P6VBTV74BX3X9G, " +
        "Extended Request ID: 51rkmA7yqQ=) (SDK Attempt Count: 1)",
    });
    service.answer(() => ({
      status: 400,
      headers: { "x-amzn-RequestId": "r" },
      body: '{"__type":"com.amazon.coral.validate#ValidationException","message":"bad key"}',
    }));
    const put = taskCall(resource("dynamodb:putItem"), { TableName: "t", Item: {} });
    expect(await runTask(runner, put)).toEqual({
      events: ["started", "failed"],
      error: "DynamoDb.DynamoDbException",
      cause: "bad key (Service: DynamoDb, Status Code: 400, Request ID: r) (SDK Attempt Count: 1)",
    });
    const unreachable = runnerWith("http://127.0.0.1:1");
    const failed = await runTask(unreachable, put);
    expect(failed).toMatchObject({
      events: ["started", "failed"],
      error: "DynamoDb.SdkClientException",
    });
    expect(failed.cause).toMatch(
      /^Unable to execute HTTP request: connect ECONNREFUSED 127\.0\.0\.1:1 \(SDK Attempt Count: \d\)$/,
    );
    await unreachable.close();
  });

  it("fail before they start if they cannot be sent", async () => {
    const call = taskCall(resource("s3:putObject"), { Bucket: "b", Key: "k", Bogus: true });
    expect(await runTask(runner, call)).toEqual({
      events: ["failed"],
      error: "States.Runtime",
      cause: `The Parameters '{"Bucket":"b","Key":"k","Bogus":true}' could not be used to start the Task: [The field "Bogus" is not supported by Step Functions. Did you mean 'Bucket'?]`,
    });
    const missing = await runTask(runner, taskCall(resource("acmpca:listTags"), {}));
    expect(missing).toMatchObject({ events: ["failed"], error: "States.Runtime" });
    expect(missing.cause).toContain("npm install @aws-sdk/client-acm-pca");
    expect(service.received).toEqual([]);
  });

  it("do not take what is too long for an output", async () => {
    service.answer(() => ({ body: Buffer.alloc(9 * 1024 * 1024, "x") }));
    const call = taskCall(resource("s3:getObject"), { Bucket: "b", Key: "k" });
    expect(await runTask(runner, call)).toEqual({
      events: ["started", "failed"],
      error: "States.DataLimitExceeded",
      cause:
        "The state/task 'aws-sdk:s3' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  it("do a thing once if an attempt is delivered twice", async () => {
    const call = taskCall(resource("dynamodb:transactWriteItems"), { TransactItems: [] });
    await runTask(runner, call);
    await runTask(runner, { ...call, started: true });
    const retry = { ...call, id: { frame: 0, scheduledEventId: 6 } };
    await runTask(runner, retry);
    const tokens = service.received.map(
      ({ body }) => (JSON.parse(body) as { ClientRequestToken: string }).ClientRequestToken,
    );
    expect(tokens).toEqual([attemptId(call), attemptId(call), attemptId(retry)]);
  });

  it("use the role of the task, with the state machine's ARN as external id", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_STS", service.url);
    const withSts = runnerWith(service.url);
    service.answer(() => ({
      status: 403,
      body: "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
    }));
    const credentials = { RoleArn: "arn:aws:iam::210987654321:role/r" };
    const call = taskCall(resource("sqs:listQueues"), {}, { credentials });
    expect(await runTask(withSts, call)).toEqual({
      events: ["failed"],
      error: "States.TaskFailed",
      cause: "The task state's role, arn:aws:iam::210987654321:role/r, could not be assumed: no",
    });
    expect(new URLSearchParams(service.received[0]?.body).get("ExternalId")).toBe(
      call.stateMachineArn,
    );
    await withSts.close();
    // Without an STS of its own a work-alike knows no roles.
    service.answer(() => ({ body: "{}" }));
    expect((await runTask(runner, call)).events).toEqual(["started", "succeeded"]);
  });
});
