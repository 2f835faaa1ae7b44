/** Results of child executions, and where they are written to, for tests. */
import type { ChildResult, ResultTarget } from "../../interpreter/map-data.ts";
import { JsonNumber } from "../../json/number.ts";

export const MAP_RUN = "arn:aws:states:us-east-1:123456789012:mapRun:orders/LifeMap:d0b38e10";
export const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:orders/LifeMap";
export const CHILD = "arn:aws:states:us-east-1:123456789012:execution:orders/LifeMap:0368d065";

export function child(result: Partial<ChildResult>): ChildResult {
  return {
    executionArn: CHILD,
    stateMachineArn: MACHINE,
    name: "0368d065",
    status: "SUCCEEDED",
    input: { n: new JsonNumber("1.0") },
    output: undefined,
    error: undefined,
    cause: undefined,
    startedAt: Date.parse("2026-09-23T22:59:01.592Z"),
    stoppedAt: Date.parse("2026-09-23T22:59:05.760Z"),
    redriveCount: 0,
    ...result,
  };
}

export function target(changes: Partial<ResultTarget> = {}): ResultTarget {
  return {
    bucket: "exports",
    prefix: "results/tolerance",
    outputType: "JSON",
    transformation: "NONE",
    mapRunArn: MAP_RUN,
    uuid: "d0b38e10",
    redriveCount: 0,
    ...changes,
  };
}
