/** What services answer when they refuse, and the names and causes that Step Functions makes of it. */
import type { CannedAnswer } from "./request-recorder.ts";

export interface ServiceError {
  /** `SERVICE:ACTION` */
  readonly resource: string;
  readonly parameters: object;
  readonly answer: CannedAnswer;
  readonly error: string;
  readonly cause: string;
}

const json = (type: string, message: string, status = 400): CannedAnswer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "request-1" },
  body: JSON.stringify({ __type: type, message }),
});

const restJson = (type: string, message: string, status: number): CannedAnswer => ({
  status,
  headers: {
    "content-type": "application/json",
    "x-amzn-requestid": "request-1",
    "x-amzn-errortype": `${type}:http://internal.amazon.com/coral/`,
  },
  body: JSON.stringify({ message }),
});

const query = (code: string, message: string, status: number): CannedAnswer => ({
  status,
  headers: { "content-type": "text/xml", "x-amzn-requestid": "request-1" },
  body:
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>` +
    `<RequestId>request-1</RequestId></ErrorResponse>`,
});

const s3 = (code: string, message: string, status: number): CannedAnswer => ({
  status,
  headers: {
    "content-type": "application/xml",
    "x-amz-request-id": "35P6VBTV74BX3X9G",
    "x-amz-id-2": "51rkmA7yqQk=",
  },
  body: `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>35P6VBTV74BX3X9G</RequestId></Error>`,
});

/** The text as recorded from AWS. */
const cause = (message: string, service: string, status: number): string =>
  `${message} (Service: ${service}, Status Code: ${status}, Request ID: request-1) (SDK Attempt Count: 1)`;
const s3Cause = (message: string, status: number): string =>
  `${message} (Service: S3, Status Code: ${status}, Request ID: 35P6VBTV74BX3X9G, Extended Request ID: 51rkmA7yqQk=) (SDK Attempt Count: 1)`;

const NO_KEY = "The specified key does not exist.";

export const SERVICE_ERRORS: readonly ServiceError[] = [
  {
    resource: "dynamodb:getItem",
    parameters: { TableName: "none", Key: { id: { S: "1" } } },
    answer: json(
      "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      "Requested resource not found",
    ),
    error: "DynamoDb.ResourceNotFoundException",
    cause: cause("Requested resource not found", "DynamoDb", 400),
  },
  {
    // A name that the service's model does not have.
    resource: "dynamodb:getItem",
    parameters: { TableName: "none", Key: { id: { S: "1" } } },
    answer: json("com.amazon.coral.validate#ValidationException", "The key is wrong"),
    error: "DynamoDb.DynamoDbException",
    cause: cause("The key is wrong", "DynamoDb", 400),
  },
  {
    resource: "secretsmanager:getSecretValue",
    parameters: { SecretId: "none" },
    answer: json("ResourceNotFoundException", "Secrets Manager can't find it."),
    error: "SecretsManager.ResourceNotFoundException",
    cause: cause("Secrets Manager can't find it.", "SecretsManager", 400),
  },
  {
    resource: "cloudwatchlogs:createLogGroup",
    parameters: { LogGroupName: "g" },
    answer: json("ResourceAlreadyExistsException", "It exists"),
    error: "CloudWatchLogs.ResourceAlreadyExistsException",
    cause: cause("It exists", "CloudWatchLogs", 400),
  },
  {
    resource: "cognitoidentityprovider:adminGetUser",
    parameters: { UserPoolId: "p_1", Username: "ann" },
    answer: json("UserNotFoundException", "User does not exist."),
    error: "CognitoIdentityProvider.UserNotFoundException",
    cause: cause("User does not exist.", "CognitoIdentityProvider", 400),
  },
  {
    resource: "lambda:getFunction",
    parameters: { FunctionName: "none" },
    answer: restJson("ResourceNotFoundException", "Function not found", 404),
    error: "Lambda.ResourceNotFoundException",
    cause: cause("Function not found", "Lambda", 404),
  },
  {
    resource: "batch:describeJobs",
    parameters: { Jobs: ["j"] },
    answer: restJson("ClientException", "Bad job", 400),
    error: "Batch.ClientException",
    cause: cause("Bad job", "Batch", 400),
  },
  {
    // The code has no suffix, the name has.
    resource: "iam:getUser",
    parameters: { UserName: "ann" },
    answer: query("NoSuchEntity", "No such user", 404),
    error: "Iam.NoSuchEntityException",
    cause: cause("No such user", "Iam", 404),
  },
  {
    resource: "sns:publish",
    parameters: { TopicArn: "arn:aws:sns:us-east-1:123456789012:none", Message: "m" },
    answer: query("NotFound", "Topic does not exist", 404),
    error: "Sns.NotFoundException",
    cause: cause("Topic does not exist", "Sns", 404),
  },
  {
    resource: "s3:getObject",
    parameters: { Bucket: "b", Key: "none" },
    answer: s3("NoSuchKey", NO_KEY, 404),
    error: "S3.NoSuchKeyException",
    cause: s3Cause(NO_KEY, 404),
  },
  {
    resource: "s3:putObject",
    parameters: { Bucket: "b", Key: "k", Body: "text" },
    answer: s3("BadDigest", "The digest did not match", 400),
    error: "S3.S3Exception",
    cause: s3Cause("The digest did not match", 400),
  },
  {
    resource: "route53:getHostedZone",
    parameters: { Id: "Z1" },
    answer: query("NoSuchHostedZone", "No hosted zone", 404),
    error: "Route53.NoSuchHostedZoneException",
    cause: cause("No hosted zone", "Route53", 404),
  },
];
