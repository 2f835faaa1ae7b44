import { describe, expect, it } from "vitest";
import { optimizedActions, patternsOf } from "../../asl/integrations.ts";
import { AwsCallError } from "../aws/aws-caller.ts";
import { attemptId } from "../workflows/attempt-id.ts";
import { taskCall } from "../testing/task-harness.ts";
import { SERVICES } from "./facts/index.ts";
import { FakeServices, serviceError, serviceResource, workbench } from "./testing/fake-services.ts";

const METADATA = {
  SdkHttpMetadata: {
    AllHttpHeaders: { "Content-Length": ["2"], "x-amzn-RequestId": ["request-1"] },
    HttpHeaders: { "Content-Length": "2", "x-amzn-RequestId": "request-1" },
    HttpStatusCode: 200,
  },
  SdkResponseMetadata: { RequestId: "request-1" },
};

const EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:m:e";
const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:m";

describe("the table of facts", () => {
  /** These have integrations in other folders. */
  const others = new Set(["http", "lambda", "states"]);

  it("and the integrations beside it have every action that a definition may name, no other", () => {
    const named = optimizedActions()
      .filter(({ service }) => !others.has(service))
      .map(({ service, action }) => `${service}:${action}: ${patternsOf(service, action).join()}`);
    const known = workbench().integrations.flatMap(({ service, actions }) =>
      [...actions].map(([action, { patterns }]) => `${service}:${action}: ${patterns.join()}`),
    );
    expect(known.toSorted()).toEqual(named.toSorted());
  });

  it("says how to wait exactly where a definition may say .sync", () => {
    for (const { service, actions } of SERVICES) {
      for (const [action, facts] of Object.entries(actions)) {
        const name = `${service}:${action}`;
        const sync = patternsOf(service, action).includes("Sync");
        expect([name, facts.job !== undefined]).toEqual([name, sync]);
      }
    }
  });
});

describe("a plain call", () => {
  it("gives the answer with what the SDK tells of HTTP, in the order of the alphabet", async () => {
    const services = new FakeServices().answer("sqs:sendMessage", {
      MessageId: "m1",
      MD5OfMessageBody: "abc",
    });
    const run = workbench(services).run("sqs:sendMessage", { QueueUrl: "q", MessageBody: "text" });
    const output = await run.output;
    expect(output).toEqual({ MD5OfMessageBody: "abc", MessageId: "m1", ...METADATA });
    expect(Object.keys(output as object)).toEqual([
      "MD5OfMessageBody",
      "MessageId",
      "SdkHttpMetadata",
      "SdkResponseMetadata",
    ]);
    expect(run.events).toEqual(["started"]);
    expect(services.requests[0]).toMatchObject({ times: "EpochMilliseconds", roleArn: undefined });
  });

  it("uses the role of the task's credentials", async () => {
    const services = new FakeServices().answer("sns:publish", {});
    const credentials = { RoleArn: "arn:aws:iam::123456789012:role/r" };
    await workbench(services).run("sns:publish", { Message: "m" }, { credentials }).output;
    expect(services.requests[0]?.roleArn).toBe("arn:aws:iam::123456789012:role/r");
  });

  it.each([
    ["sns:publish", "Message"],
    ["sqs:sendMessage", "MessageBody"],
  ])("%s sends JSON in %s as its text, and text as it is", async (resource, field) => {
    const services = new FakeServices().answer(resource, {});
    const { run } = workbench(services);
    await run(resource, { [field]: { b: 1, a: [true, null] } }).output;
    await run(resource, { [field]: "text" }).output;
    expect(services.sent.map((request) => request.parameters)).toEqual([
      { [field]: '{"b":1,"a":[true,null]}' },
      { [field]: "text" },
    ]);
  });

  it("refuses parameters that are no object", async () => {
    const { output } = workbench().run("sns:publish", "text");
    await expect(output).rejects.toMatchObject({ error: "States.Runtime" });
  });
});

describe("events:putEvents", () => {
  const entry = { Detail: { a: 1 }, DetailType: "t", Source: "s" };

  it("adds the state machine and the execution to the resources of every entry", async () => {
    const services = new FakeServices().answer("eventbridge:putEvents", {
      Entries: [{ EventId: "e" }],
      FailedEntryCount: 0,
    });
    const entries = [entry, { ...entry, Resources: ["mine"] }];
    const output = await workbench(services).run("events:putEvents", { Entries: entries }).output;
    expect(services.sent[0]?.parameters).toEqual({
      Entries: [
        { ...entry, Detail: '{"a":1}', Resources: [MACHINE, EXECUTION] },
        { ...entry, Detail: '{"a":1}', Resources: ["mine", MACHINE, EXECUTION] },
      ],
    });
    expect(output).toMatchObject({ Entries: [{ EventId: "e" }], FailedEntryCount: 0, ...METADATA });
  });

  it.each(['"text"', "no JSON", ["list"]])("fails for %j, which is no detail", async (detail) => {
    const services = new FakeServices().answer("eventbridge:putEvents", {
      Entries: [{ EventId: "e" }, { EventId: "f" }],
      FailedEntryCount: 0,
    });
    const entries = [entry, { ...entry, Detail: detail }];
    const { output } = workbench(services).run("events:putEvents", { Entries: entries });
    await expect(output).rejects.toMatchObject({
      error: "EventBridge.FailedEntry",
      message:
        '{"Entries":[{"EventId":"e"},{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."}],"FailedEntryCount":1}',
    });
  });

  it("fails if an entry fails, with the answer as the cause", async () => {
    const services = new FakeServices().answer("eventbridge:putEvents", {
      Entries: [{ EventId: "e" }, { ErrorCode: "InvalidArgument", ErrorMessage: "no" }],
      FailedEntryCount: 1,
    });
    const { output } = workbench(services).run("events:putEvents", { Entries: [entry] });
    await expect(output).rejects.toMatchObject({
      error: "EventBridge.FailedEntry",
      message:
        '{"Entries":[{"EventId":"e"},{"ErrorCode":"InvalidArgument","ErrorMessage":"no"}],"FailedEntryCount":1}',
    });
  });
});

describe("what AWS refuses, although others may take it", () => {
  it.each([
    [
      "putItem",
      { TableName: "t", Item: null },
      "Value null at 'item' failed to satisfy constraint: Member must not be null",
    ],
    [
      "getItem",
      { TableName: "t" },
      "Value null at 'key' failed to satisfy constraint: Member must not be null",
    ],
    [
      "updateItem",
      { TableName: "/t", Key: {} },
      "Value '/t' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
  ])("dynamodb:%s of %j", async (action, parameters, problem) => {
    const services = new FakeServices();
    const run = workbench(services).run(`dynamodb:${action}`, parameters);
    const cause = `1 validation error detected: ${problem} (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID: `;
    await expect(run.output).rejects.toMatchObject({
      error: "DynamoDB.AmazonDynamoDBException",
      message: expect.stringContaining(cause),
    });
    expect(run.events).toEqual(["started"]);
    expect(services.sent).toEqual([]);
  });

  it("dynamodb:deleteItem with two mistakes", async () => {
    const { output } = workbench().run("dynamodb:deleteItem", {});
    await expect(output).rejects.toThrow("2 validation errors detected: Value null at 'tableName'");
  });

  it("sqs:sendMessage without a body", async () => {
    const { output } = workbench().run("sqs:sendMessage", { QueueUrl: "q", MessageBody: null });
    await expect(output).rejects.toMatchObject({
      error: "SQS.AmazonSQSException",
      message: expect.stringMatching(/^The request must contain the parameter MessageBody. /),
    });
  });

  it("sqs:sendMessage to a URL that is a host only, and one that does not exist", async () => {
    const parameters = { QueueUrl: "http://no-such-queue.invalid", MessageBody: "b" };
    const { output } = workbench().run("sqs:sendMessage", parameters);
    await expect(output).rejects.toMatchObject({
      error: "SQS.SdkClientException",
      message: "Unable to execute HTTP request: no-such-queue.invalid: Name or service not known",
    });
  });
});

describe("errors", () => {
  const cause = (service: string, code: string, status = 400): string =>
    `message (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: request-1; Proxy: null)`;

  /** Enough for every service. */
  const USUAL = { TableName: "t", Item: {}, Key: {}, MessageBody: "b" };

  it.each([
    [
      "dynamodb:putItem",
      "dynamodb:putItem",
      "ValidationException",
      "DynamoDB.AmazonDynamoDBException",
      "AmazonDynamoDBv2",
    ],
    [
      "dynamodb:getItem",
      "dynamodb:getItem",
      "ResourceNotFoundException",
      "DynamoDB.ResourceNotFoundException",
      "AmazonDynamoDBv2",
    ],
    [
      "dynamodb:putItem",
      "dynamodb:putItem",
      "ConditionalCheckFailedException",
      "DynamoDB.ConditionalCheckFailedException",
      "AmazonDynamoDBv2",
    ],
    [
      "sqs:sendMessage",
      "sqs:sendMessage",
      "MissingParameter",
      "SQS.AmazonSQSException",
      "AmazonSQS",
    ],
    [
      "sqs:sendMessage",
      "sqs:sendMessage",
      "AWS.SimpleQueueService.NonExistentQueue",
      "SQS.QueueDoesNotExistException",
      "AmazonSQS",
    ],
    ["sns:publish", "sns:publish", "NotFound", "SNS.NotFoundException", "AmazonSNS"],
    [
      "sns:publish",
      "sns:publish",
      "InvalidParameter",
      "SNS.InvalidParameterException",
      "AmazonSNS",
    ],
    [
      "events:putEvents",
      "eventbridge:putEvents",
      "ValidationException",
      "EventBridge.AmazonEventBridgeException",
      "AmazonEventBridge",
    ],
    ["ecs:runTask", "ecs:runTask", "ClientException", "ECS.ClientException", "AmazonECS"],
    [
      "ecs:runTask.sync",
      "ecs:runTask",
      "AccessDeniedException",
      "ECS.AccessDeniedException",
      "AmazonECS",
    ],
    [
      "batch:submitJob",
      "batch:submitJob",
      "TooManyRequestsException",
      "Batch.AWSBatchException",
      "AWSBatch",
    ],
    [
      "glue:startJobRun.sync",
      "glue:startJobRun",
      "ConcurrentRunsExceededException",
      "Glue.ConcurrentRunsExceededException",
      "AWSGlue",
    ],
    [
      "glue:startJobRun",
      "glue:startJobRun",
      "ThrottlingException",
      "Glue.AWSGlueException",
      "AWSGlue",
    ],
    [
      "sagemaker:createModel",
      "sagemaker:createModel",
      "ValidationException",
      "SageMaker.AmazonSageMakerException",
      "AmazonSageMaker",
    ],
    [
      "sagemaker:createTrainingJob.sync",
      "sagemaker:createTrainingJob",
      "ResourceInUse",
      "SageMaker.ResourceInUseException",
      "AmazonSageMaker",
    ],
    [
      "elasticmapreduce:terminateCluster",
      "emr:terminateJobFlows",
      "ValidationException",
      "EMR.AmazonElasticMapReduceException",
      "AmazonElasticMapReduce",
    ],
    [
      "eks:createCluster",
      "eks:createCluster",
      "UnsupportedAvailabilityZoneException",
      "EKS.UnsupportedAvailabilityZoneException",
      "AmazonEKS",
    ],
    [
      "emr-serverless:startJobRun",
      "emrserverless:startJobRun",
      "ThrottlingException",
      "EMRServerless.AWSEMRServerlessException",
      "AWSEMRServerless",
    ],
  ])(
    "%s: %s answers %s, the task fails with %s",
    async (resource, operation, code, name, service) => {
      const services = new FakeServices().answer(operation, serviceError(code, 400));
      const { output } = workbench(services).run(resource, USUAL);
      await expect(output).rejects.toMatchObject({
        error: name,
        message: cause(service, code),
        kind: "Failed",
      });
    },
  );

  it("that never reached the service are the client's", async () => {
    const text = "Unable to execute HTTP request: no-such-queue: Name or service not known";
    const services = new FakeServices().answer("sqs:sendMessage", new AwsCallError("Client", text));
    const { output } = workbench(services).run("sqs:sendMessage", USUAL);
    await expect(output).rejects.toMatchObject({ error: "SQS.SdkClientException", message: text });
  });

  it.each(["Parameters", "Unknown"] as const)("of kind %s cannot be retried", async (kind) => {
    const services = new FakeServices().answer("sqs:sendMessage", new AwsCallError(kind, "text"));
    const { output } = workbench(services).run("sqs:sendMessage", USUAL);
    await expect(output).rejects.toMatchObject({ error: "States.Runtime" });
  });
});

describe("tokens", () => {
  it.each([
    ["ecs:runTask", "ecs:runTask", "ClientToken"],
    ["athena:startQueryExecution", "athena:startQueryExecution", "ClientRequestToken"],
    ["codebuild:startBuild", "codebuild:startBuild", "IdempotencyToken"],
    ["eks:createCluster", "eks:createCluster", "ClientRequestToken"],
    ["emr-serverless:startJobRun", "emrserverless:startJobRun", "ClientToken"],
    ["emr-containers:startJobRun", "emrcontainers:startJobRun", "ClientToken"],
    ["mediaconvert:createJob", "mediaconvert:createJob", "ClientRequestToken"],
    [
      "bedrock:createModelCustomizationJob",
      "bedrock:createModelCustomizationJob",
      "ClientRequestToken",
    ],
  ])("%s gets the attempt's id as %s unless one is given", async (resource, operation, token) => {
    const services = new FakeServices().answer(operation, {});
    const { run } = workbench(services);
    const id = attemptId(taskCall(serviceResource(resource), {}));
    await run(resource, {}).output;
    await run(resource, { [token]: null }).output;
    await run(resource, { [token]: "mine" }).output;
    expect(services.sent.map((request) => request.parameters)).toEqual([
      { [token]: id },
      { [token]: id },
      { [token]: "mine" },
    ]);
  });
});

describe("ecs:runTask", () => {
  const failures = { Failures: [{ Reason: "RESOURCE:MEMORY" }], Tasks: [] };

  it("shows tasks that were not placed to a plain request", async () => {
    const services = new FakeServices().answer("ecs:runTask", failures);
    const output = await workbench(services).run("ecs:runTask", {}).output;
    expect(output).toMatchObject(failures);
    expect(services.requests[0]).toMatchObject({ emptyLists: true });
  });

  it.each(["sync", "waitForTaskToken"])("fails for them with .%s", async (suffix) => {
    const services = new FakeServices().answer("ecs:runTask", failures);
    const { output } = workbench(services).run(`ecs:runTask.${suffix}`, {});
    await expect(output).rejects.toMatchObject({ error: "AmazonECS.Unknown" });
  });
});

describe("elasticmapreduce", () => {
  const alive = { KeepJobFlowAliveWhenNoSteps: true };

  it("createCluster starts a job flow", async () => {
    const services = new FakeServices().answer("emr:runJobFlow", {
      JobFlowId: "j-1",
      ClusterArn: "a",
    });
    const parameters = { Name: "n", Instances: alive };
    const output = await workbench(services).run("elasticmapreduce:createCluster", parameters)
      .output;
    expect(output).toEqual({ ClusterArn: "a", ClusterId: "j-1", ...METADATA });
    expect(services.sent[0]?.parameters).toEqual(parameters);
  });

  it.each([
    ["Steps", { Instances: alive, Steps: [] }],
    ["Instances.KeepJobFlowAliveWhenNoSteps", { Instances: {} }],
  ])("createCluster refuses parameters by %s", async (field, parameters) => {
    const { output } = workbench().run("elasticmapreduce:createCluster", parameters);
    await expect(output).rejects.toThrow(field);
  });

  it.each([
    [
      "addStep",
      "addJobFlowSteps",
      { ClusterId: "j", Step: { Name: "s" } },
      { JobFlowId: "j", Steps: [{ Name: "s" }] },
      { StepIds: ["s-1"] },
      { StepId: "s-1" },
    ],
    [
      "cancelStep",
      "cancelSteps",
      { ClusterId: "j", StepId: "s" },
      { ClusterId: "j", StepIds: ["s"] },
      { CancelStepsInfoList: [{ Status: "SUBMITTED" }] },
      { CancelStepsInfo: { Status: "SUBMITTED" } },
    ],
    ["terminateCluster", "terminateJobFlows", { ClusterId: "j" }, { JobFlowIds: ["j"] }, {}, {}],
    [
      "setClusterTerminationProtection",
      "setTerminationProtection",
      { ClusterId: "j", TerminationProtected: true },
      { JobFlowIds: ["j"], TerminationProtected: true },
      {},
      {},
    ],
  ])("%s is %s in other words", async (action, operation, parameters, request, answer, result) => {
    const services = new FakeServices().answer(`emr:${operation}`, answer);
    const output = await workbench(services).run(`elasticmapreduce:${action}`, parameters).output;
    expect(services.sent).toEqual([{ service: "emr", action: operation, parameters: request }]);
    expect(output).toEqual({ ...result, ...METADATA });
  });

  it("modifyInstanceFleetByName looks for the fleet, page by page", async () => {
    const services = new FakeServices()
      .answer(
        "emr:listInstanceFleets",
        { InstanceFleets: [{ Name: "a", Id: "if-a" }], Marker: "next" },
        { InstanceFleets: [{ Name: "core", Id: "if-core" }] },
      )
      .answer("emr:modifyInstanceFleet", {});
    await workbench(services).run("elasticmapreduce:modifyInstanceFleetByName", {
      ClusterId: "j",
      InstanceFleetName: "core",
      InstanceFleet: { TargetSpotCapacity: 0 },
    }).output;
    expect(services.sent.map((request) => request.parameters)).toEqual([
      { ClusterId: "j" },
      { ClusterId: "j", Marker: "next" },
      { ClusterId: "j", InstanceFleet: { TargetSpotCapacity: 0, InstanceFleetId: "if-core" } },
    ]);
  });

  it("modifyInstanceGroupByName says which group is missing", async () => {
    const groups = { InstanceGroups: [{ Name: "core", Id: "ig-1" }] };
    const services = new FakeServices()
      .answer("emr:listInstanceGroups", groups)
      .answer("emr:modifyInstanceGroups", {});
    const { run } = workbench(services);
    const resource = "elasticmapreduce:modifyInstanceGroupByName";
    const change = { ClusterId: "j", InstanceGroup: { InstanceCount: 8 } };
    await run(resource, { ...change, InstanceGroupName: "core" }).output;
    expect(services.sent.at(-1)?.parameters).toEqual({
      ClusterId: "j",
      InstanceGroups: [{ InstanceCount: 8, InstanceGroupId: "ig-1" }],
    });
    const { output } = run(resource, { ...change, InstanceGroupName: "none" });
    await expect(output).rejects.toThrow("The cluster 'j' has no InstanceGroupName 'none'");
  });
});

describe("bedrock:invokeModel", () => {
  it("sends and gives JSON", async () => {
    const services = new FakeServices().answer("bedrockruntime:invokeModel", {
      Body: '{"text":"hi"}',
      ContentType: "application/json",
    });
    const parameters = { ModelId: "m", Body: { prompt: "p" } };
    const output = await workbench(services).run("bedrock:invokeModel", parameters).output;
    expect(output).toEqual({ Body: { text: "hi" }, ContentType: "application/json" });
    expect(services.sent[0]?.parameters).toEqual({
      ModelId: "m",
      Accept: "application/json",
      ContentType: "application/json",
      Body: '{"prompt":"p"}',
    });
  });

  it("takes its input from S3 and puts its output there", async () => {
    const services = new FakeServices()
      .answer("s3:getObject", { Body: "long", ContentType: "text/plain" })
      .answer("s3:putObject", {})
      .answer("bedrockruntime:invokeModel", { Body: '{"a":1}', ContentType: "application/json" });
    const output = await workbench(services).run("bedrock:invokeModel", {
      ModelId: "m",
      Input: { S3Uri: "s3://in/a/b.txt" },
      Output: { S3Uri: "s3://out/c.json" },
    }).output;
    expect(output).toEqual({ Body: "s3://out/c.json", ContentType: "application/json" });
    expect(services.sent.map((request) => request.parameters)).toEqual([
      { Bucket: "in", Key: "a/b.txt" },
      { ModelId: "m", Accept: "application/json", ContentType: "text/plain", Body: "long" },
      { Bucket: "out", Key: "c.json", Body: { a: 1 }, ContentType: "application/json" },
    ]);
  });

  it.each([
    [{ Body: {}, Input: { S3Uri: "s3://a/b" } }, "'Body' and 'Input'"],
    [{ Input: { S3Uri: "https://a/b" } }, "Input.S3Uri"],
    [{ Body: {}, Output: { S3Uri: "s3://bucket" } }, "Output.S3Uri"],
  ])("refuses %j", async (parameters, text) => {
    const { output } = workbench().run("bedrock:invokeModel", parameters);
    await expect(output).rejects.toThrow(text);
  });
});
