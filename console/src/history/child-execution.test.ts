import { expect, it } from "vitest";
import type { HistoryEvent } from "../api/operations.ts";
import { childExecutionArn, parentExecutionArn } from "./child-execution.ts";

const CHILD = "arn:aws:states:us-east-1:123456789012:execution:child:c";

it("a task that started an execution leads to it", () => {
  const event = (type: string, output: string): HistoryEvent =>
    ({
      id: 1,
      type,
      timestamp: 0,
      taskSubmittedEventDetails: { output, resource: "startExecution", resourceType: "states" },
    }) as unknown as HistoryEvent;
  const run = { eventIds: [1], resource: "states:startExecution.sync:2" };
  const submitted = event("TaskSubmitted", `{"ExecutionArn":"${CHILD}","StartDate":1}`);
  expect(childExecutionArn(run, [submitted])).toBe(CHILD);
  expect(childExecutionArn(run, [event("TaskSubmitted", "{}")])).toBeUndefined();
  expect(childExecutionArn({ ...run, resource: "lambda:invoke" }, [submitted])).toBeUndefined();
});

it("an input may tell which execution wrote it", () => {
  const key = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID";
  expect(parentExecutionArn(`{"${key}":"${CHILD}"}`)).toBe(CHILD);
  expect(parentExecutionArn(`{"${key}":"javascript:alert(1)"}`)).toBeUndefined();
  expect(parentExecutionArn("{}")).toBeUndefined();
});
