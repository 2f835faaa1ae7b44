import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Json } from "../../json/json.ts";
import { AwsCallError, type AwsAnswer, type AwsCaller, type AwsRequest } from "./aws-caller.ts";
import { createAwsCaller } from "./create-aws-caller.ts";
import { type FakeService, startFakeService } from "./testing/fake-service.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** No answer of a service has it. */
const NO_CREDENTIALS = { HOME: "/nonexistent" };

describe("calls of AWS services", () => {
  let service: FakeService;
  let caller: AwsCaller;

  beforeEach(async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    service = await startFakeService();
    caller = callerWith({ AWS_ENDPOINT_URL: service.url });
  });

  afterEach(async () => {
    caller.close();
    await service.close();
    vi.unstubAllEnvs();
  });

  function callerWith(environment: Environment): AwsCaller {
    return createAwsCaller({
      region: "eu-west-3",
      environment: { AWS_ACCESS_KEY_ID: "test", ...environment },
    });
  }

  function call(
    target: string,
    parameters: Json,
    more: Partial<AwsRequest> = {},
    with_: AwsCaller = caller,
  ): Promise<AwsAnswer> {
    const [name = "", action = ""] = target.split(":");
    const signal = new AbortController().signal;
    return with_.call({ service: name, action, parameters, roleArn: undefined, signal, ...more });
  }

  async function failure(...parameters: Parameters<typeof call>): Promise<AwsCallError> {
    const error: unknown = await call(...parameters).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof AwsCallError) return error;
    throw new Error("no AwsCallError", { cause: error });
  }

  it("speak the service's protocol and tell the HTTP answer", async () => {
    service.answer(() => ({
      headers: { "x-amzn-RequestId": "r-1", "Content-Type": "application/x-amz-json-1.0" },
      body: '{"TableNames":["t"]}',
    }));
    const sending = vi.fn(() => expect(service.received).toEqual([]));
    const answer = await call("dynamodb:listTables", { Limit: 1 }, { sending });
    expect(answer).toMatchObject({
      output: { TableNames: ["t"] },
      httpStatusCode: 200,
      requestId: "r-1",
      headers: { "x-amzn-requestid": "r-1" },
      rawHeaders: expect.arrayContaining([["x-amzn-RequestId", "r-1"]]) as unknown,
    });
    expect(sending).toHaveBeenCalledOnce();
    expect(service.received).toMatchObject([
      {
        method: "POST",
        body: '{"Limit":1}',
        headers: {
          "x-amz-target": "DynamoDB_20120810.ListTables",
          authorization: expect.stringMatching(
            /Credential=test\/\d{8}\/eu-west-3\/dynamodb\//,
          ) as string,
        },
      },
    ]);
  });

  it("use the endpoint of the service, unless endpoints are to be ignored", async () => {
    const environment = {
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: service.url,
    };
    const specific = callerWith(environment);
    await call("secretsmanager:listSecrets", {}, {}, specific);
    expect(service.received).toHaveLength(1);
    const ignoring = callerWith({
      AWS_ENDPOINT_URL: service.url,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      ...NO_CREDENTIALS,
      AWS_ACCESS_KEY_ID: undefined,
    });
    const error = await failure("secretsmanager:listSecrets", {}, {}, ignoring);
    expect(error.kind).toBe("Client");
    expect(error.message).toContain("AWS_ENDPOINT_URL_SECRETS_MANAGER");
    expect(service.received).toHaveLength(1);
    specific.close();
    ignoring.close();
  });

  it("put no name in front of the endpoint's", async () => {
    service.answer(() => ({
      body: '{"executionArn":"a","startDate":1,"stopDate":2,"status":"FAILED"}',
    }));
    const parameters = { StateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m" };
    const answer = await call("sfn:startSyncExecution", parameters);
    expect(answer.output).toEqual({
      ExecutionArn: "a",
      StartDate: "1970-01-01T00:00:01Z",
      Status: "FAILED",
      StopDate: "1970-01-01T00:00:02Z",
    });
    service.answer(() => ({ body: "content", headers: { "x-amz-checksum-crc32": "AAAAAA==" } }));
    await call("s3:getObject", { Bucket: "some.bucket", Key: "a/b" });
    expect(service.received.map(({ url, headers }) => [url, headers.host])).toEqual([
      ["/", `127.0.0.1:${service.port}`],
      ["/some.bucket/a/b?x-id=GetObject", `127.0.0.1:${service.port}`],
    ]);
    expect(service.received[1]?.headers).not.toHaveProperty("x-amz-checksum-mode");
  });

  it("send content as text with a checksum", async () => {
    service.answer(() => ({}));
    await call("s3:putObject", { Bucket: "b", Key: "k", Body: "hello\nπ" });
    await call("s3:putObject", {
      Bucket: "b",
      Key: "k",
      Body: {},
      ContentType: "application/json",
    });
    expect(service.received).toMatchObject([
      {
        body: '"hello\\nπ"',
        // recorded from AWS
        headers: {
          "content-type": "text/plain; charset=UTF-8",
          "x-amz-checksum-crc32": "AUmDVw==",
        },
      },
      { body: "{}", headers: { "content-type": "application/json" } },
    ]);
  });

  it("take the source of a copy in parts", async () => {
    service.answer(() => ({ body: "<CopyObjectResult><ETag>e</ETag></CopyObjectResult>" }));
    const target = { DestinationBucket: "b", DestinationKey: "k" };
    const source = { SourceBucket: "s", SourceKey: "a b/c", SourceVersionId: "1" };
    const answer = await call("s3:copyObject", { ...target, ...source });
    expect(answer.output).toEqual({ CopyObjectResult: { ETag: "e" } });
    await call("s3:copyObject", { ...target, CopySource: "s/k" });
    expect(service.received.map(({ url, headers }) => [url, headers["x-amz-copy-source"]])).toEqual(
      [
        ["/b/k?x-id=CopyObject", "s/a%20b/c?versionId=1"],
        ["/b/k?x-id=CopyObject", "s/k"],
      ],
    );
  });

  it("are idempotent by the token of the attempt where the service has one", async () => {
    const token = "7a2ba1f0-9a0e-4d2b-8f0a-000000000001";
    const write = { TransactItems: [] };
    const more = { idempotencyToken: token };
    await call("dynamodb:transactWriteItems", write, more);
    await call("dynamodb:transactWriteItems", { ...write, ClientRequestToken: "own" }, more);
    await call("dynamodb:listTables", {}, more);
    expect(service.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { TransactItems: [], ClientRequestToken: token },
      { TransactItems: [], ClientRequestToken: "own" },
      {},
    ]);
  });

  it("tell the service's error by its code and by its name in the model", async () => {
    service.answer(() => ({
      status: 404,
      headers: { "Content-Type": "text/xml", "x-amzn-RequestId": "r-2" },
      body: "<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error></ErrorResponse>",
    }));
    expect(await failure("sns:publish", { TopicArn: "t", Message: "m" })).toMatchObject({
      kind: "Service",
      message: "Topic does not exist",
      code: "NotFound",
      shape: "NotFoundException",
      httpStatusCode: 404,
      requestId: "r-2",
      extendedRequestId: "",
      attempts: 1,
      serviceId: "SNS",
    });
    service.answer(() => ({
      status: 400,
      headers: { "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender" },
      body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no queue"}',
    }));
    expect(
      await failure("sqs:sendMessage", { QueueUrl: service.url, MessageBody: "m" }),
    ).toMatchObject({
      code: "AWS.SimpleQueueService.NonExistentQueue",
      shape: "QueueDoesNotExist",
    });
    service.answer(() => ({
      status: 400,
      headers: { "x-amz-request-id": "r-3", "x-amz-id-2": "x-3" },
      body: "<Error><Code>InvalidBucketState</Code><Message>bad state</Message></Error>",
    }));
    expect(await failure("s3:listObjectsV2", { Bucket: "b" })).toMatchObject({
      message: "bad state",
      code: "InvalidBucketState",
      shape: "",
      requestId: "r-3",
      extendedRequestId: "x-3",
    });
  });

  it("name an error that has no body", async () => {
    service.answer(() => ({ status: 404 }));
    expect(await failure("s3:headObject", { Bucket: "b", Key: "k" })).toMatchObject({
      kind: "Service",
      shape: "NoSuchKey",
      message: "null",
    });
    expect(await failure("s3:headBucket", { Bucket: "b" })).toMatchObject({
      shape: "NoSuchBucket",
    });
  });

  it("are tried again when the service is in trouble, and say how often", async () => {
    service.answer(() =>
      service.received.length < 2 ? { status: 503, body: "{}" } : { body: '{"TableNames":[]}' },
    );
    expect((await call("dynamodb:listTables", {})).output).toEqual({ TableNames: [] });
    service.answer(() => ({
      status: 400,
      body: '{"__type":"ThrottlingException","message":"slow down"}',
    }));
    const before = service.received.length;
    const error = await failure("dynamodb:listTables", {});
    expect(error.attempts).toBeGreaterThan(1);
    expect(service.received.length - before).toBe(error.attempts);
  });

  it("fail of the client if no answer comes", async () => {
    const nobody = callerWith({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
    expect(await failure("sqs:listQueues", {}, {}, nobody)).toMatchObject({
      kind: "Client",
      message: "Unable to execute HTTP request: connect ECONNREFUSED 127.0.0.1:1",
      serviceId: "SQS",
    });
    nobody.close();
    service.answer(() => ({ cut: true }));
    expect((await failure("sqs:listQueues", {})).message).toMatch(
      /^Unable to execute HTTP request: /,
    );
    const unconfigured = callerWith({ ...NO_CREDENTIALS, AWS_ACCESS_KEY_ID: undefined });
    expect((await failure("sqs:listQueues", {}, {}, unconfigured)).message).toBe(
      "Unable to load credentials: neither AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL nor AWS credentials are configured",
    );
    unconfigured.close();
  });

  it("end when nobody waits any more, and when the caller closes", async () => {
    service.answer(() => ({ silent: true }));
    const controller = new AbortController();
    const cancelled = failure("sqs:listQueues", {}, { signal: controller.signal });
    await vi.waitFor(() => expect(service.received).toHaveLength(1));
    controller.abort();
    expect((await cancelled).kind).toBe("Client");
    const closed = failure("sqs:listQueues", {});
    await vi.waitFor(() => expect(service.received).toHaveLength(2));
    caller.close();
    expect((await closed).kind).toBe("Client");
  });

  it("tell in one line what is wrong with an answer that cannot be read", async () => {
    service.answer(() => ({ body: "no XML" }));
    const { kind, message } = await failure("s3:listBuckets", {});
    expect(kind).toBe("Client");
    expect(message).toMatch(/^Unable to execute HTTP request: .+$/);
  });

  it("refuse an answer that is longer than any output", async () => {
    service.answer(() => ({ body: Buffer.alloc(9 * 1024 * 1024, "x") }));
    expect((await failure("s3:getObject", { Bucket: "b", Key: "k" })).kind).toBe("TooLong");
  });

  it("give up an answer that goes no further", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      service.answer(() => ({ headers: { "Content-Length": "10" }, body: "{", unfinished: true }));
      const error = failure("s3:getObject", { Bucket: "b", Key: "k" });
      const over = vi.fn();
      void error.finally(over);
      while (over.mock.calls.length === 0) await vi.advanceTimersByTimeAsync(1_000);
      expect(await error).toMatchObject({ kind: "Client" });
      expect((await error).message).toContain("nothing came for 60 seconds");
    } finally {
      vi.useRealTimers();
    }
  });

  it("go to no host that a queue's URL names but those of Amazon SQS", async () => {
    const aws = callerWith({ HOME: "/nonexistent" });
    const message = { QueueUrl: `${service.url}/123456789012/q`, MessageBody: "m" };
    const error = await failure("sqs:sendMessage", message, {}, aws);
    aws.close();
    expect(service.received).toEqual([]);
    expect(error).toMatchObject({ kind: "Client", serviceId: "SQS" });
    expect(error.message).toContain("is not a host of Amazon SQS");
    await call("sqs:purgeQueue", { QueueUrl: "https://sqs.example.org/1/q" });
    expect(service.received).toHaveLength(1);
  });

  it("refuse parameters before anything is sent", async () => {
    const sending = vi.fn();
    const error = await failure("sqs:sendMessage", { queueUrl: "q" }, { sending });
    expect(error).toMatchObject({ kind: "Parameters", serviceId: "SQS" });
    expect(error.message).toContain(`"queueUrl"`);
    expect(sending).not.toHaveBeenCalled();
    expect(service.received).toEqual([]);
  });

  it("say what is missing of a service or an action that is not there", async () => {
    expect(await failure("acmpca:listTags", {})).toMatchObject({
      kind: "Unknown",
      message: `The client of the service 'acmpca' is not installed. Run \`npm install @aws-sdk/client-acm-pca\` in ${process.cwd()}, where Stepwell was started, and try again.`,
    });
    expect((await failure("newservice:act", {})).message).toContain(
      "`npm install @aws-sdk/client-newservice` (perhaps with hyphens between the words of its name)",
    );
    expect(await failure("sqs:sendMesage", {})).toMatchObject({
      kind: "Unknown",
      message:
        "The service 'sqs' has no action 'sendMesage' in @aws-sdk/client-sqs. Did you mean sendMessage?",
    });
    expect((await failure("lambda:invokeWithResponseStream", {})).message).toBe(
      "The action 'invokeWithResponseStream' of the service 'lambda' is a stream of events, which AWS Step Functions does not support.",
    );
  });

  it("speak HTTP/1.1 also where the SDK would prefer HTTP/2", async () => {
    expect((await call("kinesis:listStreams", {})).httpStatusCode).toBe(200);
    expect(service.received).toHaveLength(1);
  });
});
