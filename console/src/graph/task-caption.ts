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
  cloudwatch: "CloudWatch",
  databrew: "Glue DataBrew",
  ec2: "EC2",
  kms: "KMS",
  s3: "S3",
  sagemaker: "SageMaker",
  secretsmanager: "Secrets Manager",
  sesv2: "SES",
  ssm: "Systems Manager",
  sts: "STS",
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
  const said = `${serviceName(name)}: ${words(verb)}`;
  return way === undefined ? said : `${said} (${way})`;
}

/** `dynamodb` to `DynamoDB`. */
export function serviceName(service: string): string {
  return SERVICE_NAMES[service] ?? words(service);
}

/** The action `putItem` as the documentation writes it: `PutItem`. */
export function words(action: string): string {
  return action.charAt(0).toUpperCase() + action.slice(1);
}
