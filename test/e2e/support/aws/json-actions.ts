/** AWS SDK actions of services that speak AWS JSON 1.0 and 1.1: data, messages, keys. */
import { base64, json, SECONDS, type SdkAction } from "./sdk-action.ts";

const QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/123456789012/orders";

const item = { customer: { S: "c-1" }, total: { N: "12345678901234567890.5" } };

export const JSON_ACTIONS: readonly SdkAction[] = [
  {
    service: "dynamodb",
    action: "putItem",
    parameters: {
      TableName: "Orders",
      Item: {
        ...item,
        photo: { B: "bytes \u00e9" },
        tags: { Ss: ["new", "gift"] },
        sizes: { Ns: ["1", "2.5"] },
        parts: { Bs: ["one", "two"] },
        address: { M: { street: { S: "Main" }, "zip.code": { N: "8000" } } },
        lines: { L: [{ S: "a" }, { M: { qty: { N: "2" } } }] },
        paid: { Bool: false },
        note: { Nul: true },
      },
      ConditionExpression: "attribute_not_exists(#c)",
      ExpressionAttributeNames: { "#c": "customer" },
      ReturnValues: "ALL_OLD",
    },
    reference: {
      TableName: "Orders",
      Item: {
        ...item,
        photo: { B: "bytes \u00e9" },
        tags: { SS: ["new", "gift"] },
        sizes: { NS: ["1", "2.5"] },
        parts: { BS: ["one", "two"] },
        address: { M: { street: { S: "Main" }, "zip.code": { N: "8000" } } },
        lines: { L: [{ S: "a" }, { M: { qty: { N: "2" } } }] },
        paid: { BOOL: false },
        note: { NULL: true },
      },
      ConditionExpression: "attribute_not_exists(#c)",
      ExpressionAttributeNames: { "#c": "customer" },
      ReturnValues: "ALL_OLD",
    },
  },
  {
    service: "dynamodb",
    action: "query",
    parameters: {
      TableName: "Orders",
      KeyConditionExpression: "customer = :c",
      ExpressionAttributeValues: { ":c": { S: "c-1" } },
      ScanIndexForward: false,
      Limit: 10,
    },
    answer: json({
      Count: 1,
      ScannedCount: 3,
      Items: [
        {
          ...item,
          photo: { B: base64("bytes \u00e9") },
          tags: { SS: ["new"] },
          sizes: { NS: ["1"] },
          parts: { BS: [base64("one")] },
          address: { M: { "zip.code": { N: "8000" } } },
          lines: { L: [{ S: "a" }] },
          paid: { BOOL: false },
          note: { NULL: true },
        },
      ],
      ConsumedCapacity: { TableName: "Orders", CapacityUnits: 0.5 },
    }),
    output: {
      Count: 1,
      ScannedCount: 3,
      Items: [
        {
          ...item,
          photo: { B: "bytes \u00e9" },
          tags: { Ss: ["new"] },
          sizes: { Ns: ["1"] },
          parts: { Bs: ["one"] },
          address: { M: { "zip.code": { N: "8000" } } },
          lines: { L: [{ S: "a" }] },
          paid: { Bool: false },
          note: { Nul: true },
        },
      ],
      ConsumedCapacity: { TableName: "Orders", CapacityUnits: 0.5 },
    },
  },
  {
    service: "dynamodb",
    action: "transactWriteItems",
    parameters: {
      TransactItems: [
        { Put: { TableName: "Orders", Item: item } },
        {
          Update: {
            TableName: "Totals",
            Key: { customer: { S: "c-1" } },
            UpdateExpression: "ADD orders :one",
            ExpressionAttributeValues: { ":one": { N: "1" } },
          },
        },
      ],
    },
  },
  {
    service: "dynamodb",
    action: "batchWriteItem",
    parameters: {
      RequestItems: {
        Orders: [
          { PutRequest: { Item: item } },
          { DeleteRequest: { Key: { customer: { S: "x" } } } },
        ],
      },
    },
  },
  {
    service: "dynamodb",
    action: "updateTimeToLive",
    parameters: {
      TableName: "Orders",
      TimeToLiveSpecification: { AttributeName: "until", Enabled: true },
    },
  },
  {
    service: "sqs",
    action: "sendMessage",
    parameters: {
      QueueUrl: QUEUE_URL,
      MessageBody: "hello <&> \u03c0",
      DelaySeconds: 5,
      MessageAttributes: {
        kind: { DataType: "String", StringValue: "order" },
        raw: { DataType: "Binary", BinaryValue: "AP9BQgo=" },
      },
    },
    answer: json({
      MD5OfMessageBody: "7dac60b66144fa03eaf1553302e5ba5e",
      MD5OfMessageAttributes: "1ee832deb784acdc3821aeab93dc3ae3",
      MessageId: "m-1",
    }),
    output: {
      Md5OfMessageBody: "7dac60b66144fa03eaf1553302e5ba5e",
      Md5OfMessageAttributes: "1ee832deb784acdc3821aeab93dc3ae3",
      MessageId: "m-1",
    },
  },
  {
    service: "sqs",
    action: "receiveMessage",
    parameters: {
      QueueUrl: QUEUE_URL,
      MaxNumberOfMessages: 1,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
      WaitTimeSeconds: 1,
    },
    answer: json({
      Messages: [
        {
          Attributes: { SentTimestamp: "1790201716284" },
          Body: "sdk-message",
          MD5OfBody: "ff0fc52520524dcb760a8c194581708e",
          MessageAttributes: {
            raw: { BinaryValue: base64("AP9BQgo="), DataType: "Binary" },
            kind: { StringValue: "order", DataType: "String" },
          },
          MessageId: "m-1",
          ReceiptHandle: "r-1",
        },
      ],
    }),
    output: {
      Messages: [
        {
          Attributes: { SentTimestamp: "1790201716284" },
          Body: "sdk-message",
          Md5OfBody: "ff0fc52520524dcb760a8c194581708e",
          MessageAttributes: {
            raw: { BinaryValue: "AP9BQgo=", DataType: "Binary" },
            kind: { StringValue: "order", DataType: "String" },
          },
          MessageId: "m-1",
          ReceiptHandle: "r-1",
        },
      ],
    },
  },
  {
    service: "sqs",
    action: "createQueue",
    parameters: {
      QueueName: "orders.fifo",
      Attributes: { FifoQueue: "true", VisibilityTimeout: "60" },
      Tags: { team: "shop" },
    },
  },
  {
    service: "kms",
    action: "encrypt",
    parameters: {
      KeyId: "alias/orders",
      Plaintext: "secret \u00e9",
      EncryptionContext: { purpose: "test" },
      DryRun: true,
    },
    answer: json({ CiphertextBlob: base64("cipher"), KeyId: "k-1" }),
    output: { CiphertextBlob: "cipher", KeyId: "k-1" },
  },
  {
    service: "kms",
    action: "describeKey",
    parameters: { KeyId: "alias/orders" },
    answer: json({
      KeyMetadata: {
        AWSAccountId: "123456789012",
        KeyId: "k-1",
        CreationDate: SECONDS + 0.123,
        Enabled: true,
        KeyState: "PendingDeletion",
        DeletionDate: SECONDS,
        EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
      },
    }),
    output: {
      KeyMetadata: {
        AwsAccountId: "123456789012",
        KeyId: "k-1",
        CreationDate: "2026-01-02T03:04:05.123Z",
        Enabled: true,
        KeyState: "PendingDeletion",
        DeletionDate: "2026-01-02T03:04:05Z",
        EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
      },
    },
  },
  {
    service: "secretsmanager",
    action: "createSecret",
    parameters: {
      Name: "db/password",
      SecretBinary: "binary secret",
      Tags: [{ Key: "team", Value: "shop" }],
      ForceOverwriteReplicaSecret: false,
    },
  },
  {
    service: "secretsmanager",
    action: "getSecretValue",
    parameters: { SecretId: "db/password", VersionStage: "AWSCURRENT" },
    answer: json({
      ARN: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db/password-AbCdEf",
      Name: "db/password",
      SecretBinary: base64("binary secret"),
      VersionStages: ["AWSCURRENT"],
      CreatedDate: SECONDS + 0.5,
    }),
    output: {
      Arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db/password-AbCdEf",
      Name: "db/password",
      SecretBinary: "binary secret",
      VersionStages: ["AWSCURRENT"],
      CreatedDate: "2026-01-02T03:04:05.500Z",
    },
  },
  {
    service: "ssm",
    action: "putParameter",
    parameters: {
      Name: "/shop/limit",
      Value: "10",
      Type: "SecureString",
      Overwrite: true,
      Tier: "Standard",
    },
  },
  {
    service: "ssm",
    action: "getParametersByPath",
    parameters: {
      Path: "/shop",
      Recursive: true,
      WithDecryption: false,
      ParameterFilters: [{ Key: "Type", Option: "Equals", Values: ["String"] }],
    },
    answer: json({
      Parameters: [{ Name: "/shop/limit", Value: "10", Version: 3, LastModifiedDate: SECONDS }],
      NextToken: "more",
    }),
    output: {
      Parameters: [
        { Name: "/shop/limit", Value: "10", Version: 3, LastModifiedDate: "2026-01-02T03:04:05Z" },
      ],
      NextToken: "more",
    },
  },
  {
    service: "ssm",
    action: "sendCommand",
    parameters: {
      DocumentName: "AWS-RunShellScript",
      InstanceIds: ["i-1"],
      Parameters: { commands: ["echo hello", "date"] },
      TimeoutSeconds: 60,
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    },
  },
  {
    service: "eventbridge",
    action: "putEvents",
    parameters: {
      Entries: [
        {
          Source: "shop",
          DetailType: "Order",
          Detail: '{"id":1}',
          Resources: ["arn:aws:s3:::orders"],
          Time: "2026-01-02T03:04:05Z",
        },
      ],
    },
    answer: json({ FailedEntryCount: 0, Entries: [{ EventId: "e-1" }] }),
    output: { FailedEntryCount: 0, Entries: [{ EventId: "e-1" }] },
  },
  {
    service: "eventbridge",
    action: "putTargets",
    parameters: {
      Rule: "orders",
      Targets: [
        {
          Id: "1",
          Arn: "arn:aws:ecs:us-east-1:123456789012:cluster/c",
          RoleArn: "arn:aws:iam::123456789012:role/r",
          InputTransformer: { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '{"id":<id>}' },
          EcsParameters: { TaskDefinitionArn: "td:1", TaskCount: 2, LaunchType: "FARGATE" },
        },
      ],
    },
  },
  {
    service: "kinesis",
    action: "putRecord",
    parameters: { StreamName: "orders", Data: "a record \u03c0", PartitionKey: "p" },
  },
  {
    service: "kinesis",
    action: "getShardIterator",
    parameters: {
      StreamName: "orders",
      ShardId: "shardId-000000000000",
      ShardIteratorType: "AT_TIMESTAMP",
      // In whole seconds: the CLI cuts off the rest.
      Timestamp: "2026-01-02T03:04:05Z",
    },
  },
  {
    service: "kinesis",
    action: "getRecords",
    parameters: { ShardIterator: "iterator", Limit: 5 },
    answer: json({
      Records: [
        {
          SequenceNumber: "49545115243490985018280067714973144582180062593244200961",
          ApproximateArrivalTimestamp: SECONDS + 0.25,
          Data: base64("a record \u03c0"),
          PartitionKey: "p",
        },
      ],
      MillisBehindLatest: 86_400_000,
    }),
    output: {
      Records: [
        {
          SequenceNumber: "49545115243490985018280067714973144582180062593244200961",
          ApproximateArrivalTimestamp: "2026-01-02T03:04:05.250Z",
          Data: "a record \u03c0",
          PartitionKey: "p",
        },
      ],
      MillisBehindLatest: 86_400_000,
    },
  },
  {
    service: "firehose",
    action: "putRecordBatch",
    parameters: { DeliveryStreamName: "orders", Records: [{ Data: "one" }, { Data: "two\n" }] },
  },
];
