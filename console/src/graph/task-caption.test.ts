import { expect, it } from "vitest";
import { taskCaption } from "./task-caption.ts";

it.each([
  ["arn:aws:lambda:us-east-1:123456789012:function:f", "Lambda: Invoke"],
  ["arn:aws:states:::lambda:invoke", "Lambda: Invoke"],
  ["arn:aws:states:::lambda:invoke.waitForTaskToken", "Lambda: Invoke (wait for callback)"],
  ["arn:aws:states:::dynamodb:putItem", "DynamoDB: PutItem"],
  ["arn:aws:states:::aws-sdk:s3:listBuckets", "S3: ListBuckets"],
  ["arn:aws:states:::states:startExecution.sync:2", "Step Functions: StartExecution (run a job)"],
  ["arn:aws:states:us-east-1:123456789012:activity:a", "Activity"],
  ["{% $function %}", "Task state"],
  ["", "Task state"],
])("of %s is %s", (resource, caption) => {
  expect(taskCaption(resource)).toBe(caption);
});
