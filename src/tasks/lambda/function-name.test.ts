import { expect, it } from "vitest";
import { functionArn, parseFunctionName } from "./function-name.ts";

const HOME = { region: "us-east-1", accountId: "123456789012" };

it.each([
  ["f", "arn:aws:lambda:us-east-1:123456789012:function:f"],
  ["f:live", "arn:aws:lambda:us-east-1:123456789012:function:f:live"],
  ["f:$LATEST", "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST"],
  ["999999999999:function:f", "arn:aws:lambda:us-east-1:999999999999:function:f"],
  [
    "arn:aws-cn:lambda:cn-north-1:999999999999:function:f:1",
    "arn:aws-cn:lambda:cn-north-1:999999999999:function:f:1",
  ],
])("reads %s", (text, arn) => {
  const name = parseFunctionName(text, HOME);
  expect(name?.name).toBe("f");
  expect(name === undefined ? undefined : functionArn(name)).toBe(arn);
});

it.each([
  "",
  "a b",
  "arn:aws:lambda:us-east-1:1:function:f",
  "arn:aws:sqs:us-east-1:123456789012:q",
  "f:a:b",
])("refuses '%s'", (text) => {
  expect(parseFunctionName(text, HOME)).toBeUndefined();
});
