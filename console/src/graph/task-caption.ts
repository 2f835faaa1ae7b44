/** What a Task calls, in words: `Lambda: Invoke`, `DynamoDB: PutItem`, `Activity`. */

/** Services whose names are not just their words capitalised. */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  apigateway: "API Gateway",
  batch: "Batch",
  bedrock: "Bedrock",
  cloudwatchlogs: "CloudWatch Logs",
  codebuild: "CodeBuild",
  dynamodb: "DynamoDB",
  ecs: "ECS",
  eks: "EKS",
  elasticmapreduce: "EMR",
  "emr-containers": "EMR on EKS",
  "emr-serverless": "EMR Serverless",
  events: "EventBridge",
  eventbridge: "EventBridge",
  glue: "Glue",
  http: "HTTP Endpoint",
  lambda: "Lambda",
  mediaconvert: "MediaConvert",
  s3: "S3",
  sagemaker: "SageMaker",
  sfn: "Step Functions",
  sns: "SNS",
  sqs: "SQS",
  states: "Step Functions",
};

const PATTERNS: Readonly<Record<string, string>> = {
  sync: "run a job",
  "sync:2": "run a job",
  waitForTaskToken: "wait for callback",
};

export function taskCaption(resource: string): string {
  const [, , service, , , ...rest] = resource.split(":");
  if (resource === "" || resource.startsWith("{%")) return "Task state";
  if (service === "lambda") return "Lambda: Invoke";
  if (service !== "states") return "Task state";
  if (rest[0] === "activity") return "Activity";
  const path = rest[0] === "aws-sdk" ? rest.slice(1) : rest;
  const [name = "", ...action] = path;
  const [verb = "", ...pattern] = action.join(":").split(".");
  const way = PATTERNS[pattern.join(".")];
  const words = `${SERVICE_NAMES[name] ?? capitalised(name)}: ${capitalised(verb)}`;
  return way === undefined ? words : `${words} (${way})`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
