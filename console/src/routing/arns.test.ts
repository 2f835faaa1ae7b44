import { expect, it } from "vitest";
import { nameOf, stateMachineArnOf } from "./arns.ts";

const PREFIX = "arn:aws:states:us-east-1:123456789012";

it("name what they stand for", () => {
  expect(nameOf(`${PREFIX}:execution:order:run-1`)).toBe("run-1");
});

it.each([
  [`${PREFIX}:execution:order:run-1`],
  [`${PREFIX}:express:order:run-1:1f0c`],
  [`${PREFIX}:execution:order/Label:run-1`],
])("of the execution %s name its state machine", (arn) => {
  expect(stateMachineArnOf(arn)).toBe(`${PREFIX}:stateMachine:order`);
});
