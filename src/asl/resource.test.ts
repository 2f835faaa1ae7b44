import { describe, expect, test } from "vitest";
import { parseResource } from "./resource.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:hello";
const ACTIVITY = "arn:aws:states:eu-west-1:123456789012:activity:work";

test.each([
  [LAMBDA, "Lambda"],
  [`${LAMBDA}:$LATEST`, "Lambda"],
  [`${LAMBDA}:prod`, "Lambda"],
  ["arn:aws:lambda:your-region:your-account-id:function:hello", "Lambda"],
  [LAMBDA.replace("aws:", "aws-us-gov:").replace("us-east-1", "us-gov-west-1"), "Lambda"],
  [ACTIVITY, "Activity"],
  [ACTIVITY.replace("aws:", "aws-cn:"), "Activity"],
])("%s is a %s", (arn, type) => {
  expect(parseResource(arn, "STANDARD")).toEqual({ type, arn });
});

test.each([
  ["lambda:invoke", "lambda", "invoke", "RequestResponse"],
  ["lambda:invoke.waitForTaskToken", "lambda", "invoke", "WaitForTaskToken"],
  ["ecs:runTask.sync", "ecs", "runTask", "Sync"],
  ["states:startExecution.sync:2", "states", "startExecution", "Sync2"],
  ["emr-serverless:startJobRun.sync", "emr-serverless", "startJobRun", "Sync"],
  ["http:invoke", "http", "invoke", "RequestResponse"],
  ["aws-sdk:dynamodb:query", "aws-sdk:dynamodb", "query", "RequestResponse"],
  [
    "aws-sdk:sfn:startExecution.waitForTaskToken",
    "aws-sdk:sfn",
    "startExecution",
    "WaitForTaskToken",
  ],
])("%s", (text, service, action, pattern) => {
  const arn = `arn:aws:states:::${text}`;
  const resource = text.slice(service.length + 1);
  expect(parseResource(arn, "STANDARD")).toEqual({
    type: "Service",
    arn,
    service,
    action,
    resource,
    pattern,
  });
});

test.each([
  "",
  "hello",
  "arn:aws:lambda:...:sendEmail",
  "arn:aws:lambda:us-east-1:123456789012:layer:x",
  "arn:gcp:lambda:us-east-1:123456789012:function:hello",
  "${HelloFunction}",
  "arn:aws:states:::dynamodb:query",
  "arn:aws:states:::sns:publish.sync",
  "arn:aws:states:::lambda:invoke.sync:2",
  "arn:aws:states:::lambda:invoke.waitForTaskTokens",
  "arn:aws:states:::aws-sdk:dynamodb:query.sync",
  "arn:aws:states:::aws-sdk:dynamodb:Query",
  "arn:aws:states:::constructor:toString",
  "arn:aws:states:::lambda:constructor",
  "arn:aws:states:us-east-1:123456789012:stateMachine:x",
])("%j is not recognized", (arn) => {
  expect(parseResource(arn, "STANDARD")).toEqual({
    problem: `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
  });
});

describe("EXPRESS", () => {
  test.each([LAMBDA, "arn:aws:states:::lambda:invoke"])("may use %s", (arn) => {
    expect(parseResource(arn, "EXPRESS")).not.toHaveProperty("problem");
  });

  test.each([
    [ACTIVITY, "Activity ARN"],
    ["arn:aws:states:::states:startExecution.sync", "'.sync' service integration"],
    ["arn:aws:states:::states:startExecution.sync:2", "'.sync' service integration"],
    ["arn:aws:states:::sns:publish.waitForTaskToken", "'.waitForTaskToken' service integration "],
  ])("may not use %s", (arn, what) => {
    const problem = `Express state machine does not support ${what}`;
    expect(parseResource(arn, "EXPRESS")).toEqual({ problem });
  });
});
