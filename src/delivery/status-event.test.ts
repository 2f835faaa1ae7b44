import { describe, expect, it } from "vitest";
import type { ExecutionDescription } from "../engine/execution-service.ts";
import { eventText, statusEvent } from "./status-event.ts";

const ARN = "arn:aws:states:us-east-2:123456789012:execution:m:e";

const FAILED: ExecutionDescription = {
  executionArn: ARN,
  stateMachineArn: "arn:aws:states:us-east-2:123456789012:stateMachine:m",
  name: "e",
  status: "FAILED",
  startedAt: 1_767_225_600_000,
  stoppedAt: 1_767_225_601_234,
  input: '{"n":1.0}',
  output: undefined,
  error: "E",
  cause: "C",
  traceHeader: undefined,
  versionArn: undefined,
  aliasArn: undefined,
  revisionId: 1,
  redriveCount: 0,
  redrivenAt: undefined,
  notRedrivable: undefined,
};

describe("status events", () => {
  it("have the form of EventBridge's, with null for what is not there", () => {
    const event = statusEvent(FAILED);
    expect(JSON.parse(eventText(event, "id"))).toEqual({
      version: "0",
      id: "id",
      "detail-type": "Step Functions Execution Status Change",
      source: "aws.states",
      account: "123456789012",
      time: "2026-01-01T00:00:01Z",
      region: "us-east-2",
      resources: [ARN],
      detail: {
        executionArn: ARN,
        stateMachineArn: FAILED.stateMachineArn,
        name: "e",
        status: "FAILED",
        startDate: 1_767_225_600_000,
        stopDate: 1_767_225_601_234,
        input: '{"n":1.0}',
        inputDetails: { included: true },
        output: null,
        outputDetails: null,
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: "REDRIVABLE",
        redriveStatusReason: null,
        error: "E",
        cause: "C",
      },
    });
  });

  it("leave data out that would make them too big", () => {
    const big = JSON.stringify("x".repeat(140_000));
    const both = { ...FAILED, status: "SUCCEEDED", input: big, output: big } as const;
    expect(JSON.parse(statusEvent(both).detail)).toMatchObject({
      input: null,
      inputDetails: { included: false },
      output: null,
      outputDetails: { included: false },
    });
    expect(JSON.parse(statusEvent({ ...FAILED, input: big }).detail)).toMatchObject({ input: big });
  });
});
