import { describe, expect, it } from "vitest";
import { isQueueUrl } from "./queue-host.ts";

describe("the host of a queue", () => {
  it.each([
    "https://sqs.eu-west-1.amazonaws.com/123456789012/q",
    "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q",
    "https://sqs-fips.us-east-1.amazonaws.com/123456789012/q",
    "https://sqs.us-east-1.api.aws/123456789012/q",
    "https://vpce-0a-1b.sqs.us-east-1.vpce.amazonaws.com/123456789012/q",
    "https://queue.amazonaws.com/123456789012/q",
    "https://eu-west-1.queue.amazonaws.com/123456789012/q",
  ])("is %s", (url) => expect(isQueueUrl(new URL(url))).toBe(true));

  it.each([
    "http://sqs.eu-west-1.amazonaws.com/123456789012/q",
    "https://sqs.eu-west-1.amazonaws.com:8443/123456789012/q",
    "https://169.254.169.254/latest/meta-data/q",
    "https://sqs.eu-west-1.amazonaws.com.example.org/123456789012/q",
    "https://ec2-1-2-3-4.compute-1.amazonaws.com/123456789012/q",
    "https://abc.execute-api.us-east-1.amazonaws.com/123456789012/q",
  ])("is not %s", (url) => expect(isQueueUrl(new URL(url))).toBe(false));
});
