import { expect, it } from "vitest";
import { waitingFor } from "./waiting-for.ts";

it.each([
  ["arn:aws:states:us-east-1:123456789012:activity:ship", "Activity ship"],
  ["arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Callback of sqs:sendMessage"],
  ["arn:aws:states:::aws-sdk:sns:publish.waitForTaskToken", "Callback of aws-sdk:sns:publish"],
  ["something", "something"],
])("%s is told as %s", (resource, expected) => {
  expect(waitingFor(resource)).toBe(expected);
});
