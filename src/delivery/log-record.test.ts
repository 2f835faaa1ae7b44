import { describe, expect, it } from "vitest";
import type { LoggedExecution } from "../engine/ports.ts";
import type { HistoryDetails, HistoryEvent } from "../interpreter/history.ts";
import { isLoggedAt } from "./log-level.ts";
import { logRecord, MAX_DATA_BYTES } from "./log-record.ts";

const ARN = "arn:aws:states:us-east-1:123456789012:execution:m:e";

function record(details: HistoryDetails | undefined, includeExecutionData: boolean): unknown {
  const event: HistoryEvent = {
    id: 2,
    previousEventId: 1,
    type: "PassStateExited",
    at: 1_767_225_600_000,
    detailsName: undefined,
    details,
  };
  const logGroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:g:*";
  const execution: LoggedExecution = {
    arn: ARN,
    stateMachineName: "m",
    logging: { level: "ALL", includeExecutionData, logGroupArn },
    redriveCount: 1,
  };
  return JSON.parse(logRecord(execution, event));
}

describe("logRecord", () => {
  it("has numbers as texts and payloads as JSON text", () => {
    const details = { name: "S", output: '{"a":1}', outputDetails: { truncated: false } };
    expect(record(details, true)).toEqual({
      id: "2",
      type: "PassStateExited",
      details,
      previous_event_id: "1",
      event_timestamp: "1767225600000",
      execution_arn: ARN,
      redrive_count: "1",
    });
  });

  it("leaves execution data out unless they are wanted", () => {
    const details = {
      name: "S",
      resource: "r",
      cause: "c",
      input: "{}",
      inputDetails: { truncated: false },
      output: "{}",
      outputDetails: { truncated: false },
      parameters: "{}",
      assignedVariables: { x: "1" },
      assignedVariablesDetails: { truncated: false },
    };
    expect(record(details, false)).toMatchObject({
      details: { name: "S", resource: "r", cause: "c" },
    });
    expect(record(undefined, false)).toMatchObject({ details: {} });
    expect(Object.keys((record(details, false) as { details: object }).details)).toHaveLength(3);
  });

  it("cuts payloads, escapes counted, and says so", () => {
    const details = {
      input: `"${"\u0001".repeat(50_000)}"`,
      inputDetails: { truncated: false },
      parameters: "x".repeat(300_000),
      assignedVariables: { big: "y".repeat(300_000) },
      assignedVariablesDetails: { truncated: false },
    };
    const { details: shown } = record(details, true) as { details: Record<string, unknown> };
    expect(JSON.stringify(shown["input"]).length).toBeGreaterThan(MAX_DATA_BYTES - 10);
    expect(JSON.stringify(shown["input"]).length).toBeLessThanOrEqual(MAX_DATA_BYTES + 2);
    expect(shown["inputDetails"]).toEqual({ truncated: true });
    expect(shown["parameters"]).toHaveLength(MAX_DATA_BYTES);
    expect(shown["parametersDetails"]).toBeUndefined();
    expect(shown["assignedVariables"]).toEqual({});
    expect(shown["assignedVariablesDetails"]).toEqual({ truncated: true });
  });

  it("does not cut a character into halves", () => {
    const { details } = record({ input: "😀".repeat(100_000), inputDetails: {} }, true) as {
      details: { input: string };
    };
    expect(details.input).toBe("😀".repeat(MAX_DATA_BYTES / 4));
  });
});

describe("isLoggedAt", () => {
  it.each([
    ["ExecutionFailed", ["ALL", "ERROR", "FATAL"]],
    ["ExecutionTimedOut", ["ALL", "ERROR", "FATAL"]],
    ["ExecutionAborted", ["ALL", "ERROR", "FATAL"]],
    ["FailStateEntered", ["ALL", "ERROR"]],
    ["LambdaFunctionScheduleFailed", ["ALL", "ERROR"]],
    ["ActivityTimedOut", ["ALL", "ERROR"]],
    ["MapIterationAborted", ["ALL", "ERROR"]],
    ["EvaluationFailed", ["ALL", "ERROR"]],
    ["ExecutionSucceeded", ["ALL"]],
    ["PassStateEntered", ["ALL"]],
  ])("lets %s through at %s", (type, levels) => {
    const all = ["ALL", "ERROR", "FATAL", "OFF"] as const;
    expect(all.filter((level) => isLoggedAt(level, type))).toEqual(levels);
  });
});
