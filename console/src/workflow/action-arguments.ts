/** What a new Task for a service's action is given: the members that its API cannot do without. */
import type { JsonObject } from "../../../src/json/json.ts";
import { readMember, WHOLE_INPUT, type QueryLanguage } from "./state-templates.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:my-function:$LATEST";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:my-topic";
const QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/my-queue";
const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:my-state-machine";
const CONNECTION = "arn:aws:events:us-east-1:123456789012:connection/my-connection";

/** By `service:action` as the resource names them; others are given nothing. */
export function actionArguments(action: string, language: QueryLanguage): JsonObject {
  const input = (name: string): JsonObject => readMember(name, language, WHOLE_INPUT);
  switch (action) {
    case "lambda:invoke":
      return { FunctionName: LAMBDA, ...input("Payload") };
    case "sns:publish":
      return { TopicArn: TOPIC, ...input("Message") };
    case "sqs:sendMessage":
      return { QueueUrl: QUEUE, ...input("MessageBody") };
    case "dynamodb:putItem":
      return { TableName: "my-table", Item: { id: { S: "value" } } };
    case "dynamodb:getItem":
    case "dynamodb:deleteItem":
      return { TableName: "my-table", Key: { id: { S: "value" } } };
    case "dynamodb:updateItem":
      return {
        TableName: "my-table",
        Key: { id: { S: "value" } },
        UpdateExpression: "SET field = :value",
        ExpressionAttributeValues: { ":value": { S: "value" } },
      };
    case "ecs:runTask":
      return { LaunchType: "FARGATE", Cluster: "my-cluster", TaskDefinition: "my-task" };
    case "states:startExecution":
      return { StateMachineArn: MACHINE, ...input("Input") };
    case "events:putEvents":
      return { Entries: [{ ...input("Detail"), DetailType: "MyDetailType", Source: "my.source" }] };
    case "apigateway:invoke":
      return { ApiEndpoint: "example.execute-api.us-east-1.amazonaws.com", Method: "GET" };
    case "http:invoke":
      return {
        ApiEndpoint: "https://api.example.com",
        Method: "GET",
        InvocationConfig: { ConnectionArn: CONNECTION },
      };
    case "athena:startQueryExecution":
      return { QueryString: "SELECT 1", WorkGroup: "primary" };
    case "batch:submitJob":
      return { JobName: "my-job", JobDefinition: "my-job-definition", JobQueue: "my-queue" };
    case "glue:startJobRun":
      return { JobName: "my-job" };
    case "databrew:startJobRun":
      return { Name: "my-job" };
    case "codebuild:startBuild":
      return { ProjectName: "my-project" };
    case "bedrock:invokeModel":
      return { ModelId: "my-model", Body: { prompt: "Hello" } };
    case "eks:call":
      return {
        ClusterName: "my-cluster",
        CertificateAuthority: "ANY",
        Endpoint: "https://example.com",
        Method: "GET",
        Path: "/api/v1/namespaces/default/pods",
      };
    case "aws-sdk:s3:getObject":
    case "aws-sdk:s3:deleteObject":
    case "aws-sdk:s3:headObject":
      return { Bucket: "my-bucket", Key: "my-key" };
    case "aws-sdk:s3:putObject":
      return { Bucket: "my-bucket", Key: "my-key", ...input("Body") };
    case "aws-sdk:s3:listObjectsV2":
      return { Bucket: "my-bucket" };
    case "aws-sdk:s3:copyObject":
      return { Bucket: "my-bucket", CopySource: "source-bucket/source-key", Key: "my-key" };
    case "aws-sdk:dynamodb:query":
      return {
        TableName: "my-table",
        KeyConditionExpression: "id = :id",
        ExpressionAttributeValues: { ":id": { S: "value" } },
      };
    case "aws-sdk:dynamodb:scan":
      return { TableName: "my-table" };
    case "aws-sdk:secretsmanager:getSecretValue":
      return { SecretId: "my-secret" };
    case "aws-sdk:ssm:getParameter":
      return { Name: "my-parameter" };
    case "aws-sdk:sfn:startExecution":
      return { StateMachineArn: MACHINE };
    case "aws-sdk:sfn:describeExecution":
      return input("ExecutionArn");
    default:
      return {};
  }
}
