/** AWS SDK actions of services that speak REST with JSON: paths, queries, headers and payloads. */
import { json, SECONDS, type SdkAction } from "./sdk-action.ts";

const ROLE = "arn:aws:iam::123456789012:role/r";

export const REST_JSON_ACTIONS: readonly SdkAction[] = [
  {
    service: "lambda",
    action: "invoke",
    parameters: { FunctionName: "f:live", InvocationType: "Event", Payload: { id: 1 } },
    reference: { FunctionName: "f:live", InvocationType: "Event", Payload: '{"id":1}' },
    answer: {
      headers: { "x-amz-executed-version": "7", "content-type": "application/json" },
      body: '{"done":true}',
    },
    output: { ExecutedVersion: "7", Payload: '{"done":true}', StatusCode: 200 },
  },
  {
    service: "lambda",
    action: "updateFunctionConfiguration",
    parameters: {
      FunctionName: "f",
      Timeout: 30,
      Environment: { Variables: { lower: "1", UPPER: "2" } },
      VpcConfig: { SubnetIds: ["s-1"], SecurityGroupIds: [] },
      TracingConfig: { Mode: "Active" },
    },
    answer: json({
      FunctionName: "f",
      CodeSize: 1234,
      LastModified: "2026-01-02T03:04:05.000+0000",
      Environment: { Variables: { lower: "1", UPPER: "2" } },
    }),
    output: {
      FunctionName: "f",
      CodeSize: 1234,
      // A text in the service's model, so it stays as it is.
      LastModified: "2026-01-02T03:04:05.000+0000",
      Environment: { Variables: { lower: "1", UPPER: "2" } },
    },
  },
  {
    service: "lambda",
    action: "listFunctions",
    parameters: { FunctionVersion: "ALL", MaxItems: 25, Marker: "a b/c" },
  },
  {
    service: "lambda",
    action: "publishLayerVersion",
    parameters: {
      LayerName: "l",
      Content: { ZipFile: "not really a zip" },
      CompatibleRuntimes: ["nodejs20.x"],
    },
  },
  {
    service: "scheduler",
    action: "createSchedule",
    parameters: {
      Name: "nightly",
      GroupName: "default",
      ScheduleExpression: "rate(1 days)",
      StartDate: "2026-01-02T03:04:05Z",
      FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
      Target: {
        Arn: "arn:aws:sqs:us-east-1:123456789012:orders",
        RoleArn: ROLE,
        Input: '{"a":1}',
        RetryPolicy: { MaximumRetryAttempts: 0 },
        SqsParameters: { MessageGroupId: "g" },
      },
    },
  },
  {
    service: "scheduler",
    action: "getSchedule",
    parameters: { Name: "nightly", GroupName: "default" },
    answer: json({
      Name: "nightly",
      CreationDate: SECONDS + 0.75,
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: "a", RoleArn: ROLE, RetryPolicy: { MaximumRetryAttempts: 0 } },
    }),
    output: {
      Name: "nightly",
      CreationDate: "2026-01-02T03:04:05.750Z",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: "a", RoleArn: ROLE, RetryPolicy: { MaximumRetryAttempts: 0 } },
    },
  },
  {
    service: "batch",
    action: "submitJob",
    parameters: {
      JobName: "j",
      JobQueue: "q",
      JobDefinition: "d:1",
      DependsOn: [{ JobId: "j-0", Type: "N_TO_N" }],
      Parameters: { Lower: "x" },
      ContainerOverrides: {
        Command: ["echo", "hello"],
        Environment: [{ Name: "A", Value: "1" }],
        ResourceRequirements: [{ Type: "VCPU", Value: "1" }],
      },
      ArrayProperties: { Size: 2 },
      PropagateTags: true,
    },
    answer: json({
      jobArn: "arn:aws:batch:us-east-1:123456789012:job/j-1",
      jobName: "j",
      jobId: "j-1",
    }),
    output: { JobArn: "arn:aws:batch:us-east-1:123456789012:job/j-1", JobName: "j", JobId: "j-1" },
  },
  {
    service: "batch",
    action: "describeJobs",
    parameters: { Jobs: ["j-1"] },
    answer: json({
      jobs: [
        {
          jobId: "j-1",
          status: "FAILED",
          createdAt: 1_767_323_045_123,
          isCancelled: false,
          parameters: { Lower: "x" },
          attempts: [{ container: { exitCode: 3, networkInterfaces: [] } }],
        },
      ],
    }),
    output: {
      Jobs: [
        {
          JobId: "j-1",
          Status: "FAILED",
          CreatedAt: 1_767_323_045_123,
          IsCancelled: false,
          Parameters: { Lower: "x" },
          Attempts: [{ Container: { ExitCode: 3, NetworkInterfaces: [] } }],
        },
      ],
    },
  },
  {
    service: "eks",
    action: "describeCluster",
    parameters: { Name: "prod" },
    answer: json({
      cluster: {
        name: "prod",
        createdAt: SECONDS,
        resourcesVpcConfig: { subnetIds: ["s-1"], endpointPublicAccess: true },
        certificateAuthority: { data: "Q0E=" },
      },
    }),
    output: {
      Cluster: {
        Name: "prod",
        CreatedAt: "2026-01-02T03:04:05Z",
        ResourcesVpcConfig: { SubnetIds: ["s-1"], EndpointPublicAccess: true },
        CertificateAuthority: { Data: "Q0E=" },
      },
    },
  },
  {
    service: "eks",
    action: "createNodegroup",
    parameters: {
      ClusterName: "prod",
      NodegroupName: "n",
      Subnets: ["s-1"],
      NodeRole: ROLE,
      ScalingConfig: { MinSize: 0, MaxSize: 3 },
      Labels: { "example.org/kind": "Batch" },
    },
  },
  {
    service: "xray",
    action: "getTraceSummaries",
    parameters: {
      StartTime: "2026-01-02T03:04:05Z",
      EndTime: "2026-01-02T04:00:00Z",
      Sampling: true,
      SamplingStrategy: { Name: "FixedRate", Value: 0.5 },
    },
  },
  {
    service: "sesv2",
    action: "sendEmail",
    parameters: {
      FromEmailAddress: "shop@example.org",
      Destination: { ToAddresses: ["ann@example.org"], CcAddresses: [] },
      Content: {
        Simple: {
          Subject: { Data: "Your order", Charset: "UTF-8" },
          Body: { Text: { Data: "On its way" }, Html: { Data: "<b>On its way</b>" } },
        },
      },
      EmailTags: [{ Name: "kind", Value: "order" }],
    },
    answer: json({ MessageId: "m-1" }),
    output: { MessageId: "m-1" },
  },
  {
    service: "apigateway",
    action: "updateStage",
    parameters: {
      RestApiId: "abc",
      StageName: "prod",
      PatchOperations: [{ Op: "replace", Path: "/variables/a", Value: "1" }],
    },
  },
  {
    service: "apigateway",
    action: "getRestApis",
    parameters: { Limit: 10, Position: "p=" },
  },
  {
    service: "bedrockruntime",
    action: "invokeModel",
    parameters: {
      ModelId: "amazon.titan-text-v1:0",
      ContentType: "application/json",
      Accept: "application/json",
      Body: { inputText: "Hi" },
    },
    reference: {
      modelId: "amazon.titan-text-v1:0",
      contentType: "application/json",
      accept: "application/json",
      body: '{"inputText":"Hi"}',
    },
    answer: {
      headers: { "content-type": "application/json" },
      body: '{"results":[{"outputText":"Hello"}]}',
    },
    output: { ContentType: "application/json", Body: '{"results":[{"outputText":"Hello"}]}' },
  },
  {
    service: "bedrockruntime",
    action: "converse",
    parameters: {
      ModelId: "amazon.nova-lite-v1:0",
      Messages: [{ Role: "user", Content: [{ Text: "Hi" }] }],
      InferenceConfig: { MaxTokens: 100, Temperature: 0.5, StopSequences: ["END"] },
      AdditionalModelRequestFields: { top_k: 20, Nested: { keepsCase: [true, null] } },
    },
    answer: json({
      output: { message: { role: "assistant", content: [{ text: "Hello" }] } },
      stopReason: "end_turn",
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
      metrics: { latencyMs: 12 },
    }),
    output: {
      Output: { Message: { Role: "assistant", Content: [{ Text: "Hello" }] } },
      StopReason: "end_turn",
      Usage: { InputTokens: 1, OutputTokens: 2, TotalTokens: 3 },
      Metrics: { LatencyMs: 12 },
    },
  },
  {
    service: "databrew",
    action: "createDataset",
    parameters: {
      Name: "d",
      Format: "CSV",
      FormatOptions: { Csv: { Delimiter: ";", HeaderRow: false } },
      Input: { S3InputDefinition: { Bucket: "raw", Key: "k" } },
      Tags: { Team: "shop" },
    },
  },
  {
    service: "emrserverless",
    action: "startJobRun",
    parameters: {
      ApplicationId: "00f1",
      ExecutionRoleArn: ROLE,
      JobDriver: { SparkSubmit: { EntryPoint: "s3://b/a.py", EntryPointArguments: ["1"] } },
      ExecutionTimeoutMinutes: 10,
    },
  },
  {
    service: "mediaconvert",
    action: "listJobs",
    parameters: { MaxResults: 5, Order: "DESCENDING", Status: "ERROR", Queue: "q&1" },
  },
];
