import { expect, it } from "vitest";
import type { MachineOverview, Overview } from "../../api/own-operations.ts";
import { percent, slowestOf, totalsOf } from "./overview-totals.ts";

const counts = { RUNNING: 2, SUCCEEDED: 7, FAILED: 1, TIMED_OUT: 1, ABORTED: 1 };
const slow = (name: string, seconds: number) => ({
  executionArn: name,
  status: "SUCCEEDED" as const,
  startDate: 100,
  stopDate: 100 + seconds,
});
const machine = (fields: Partial<MachineOverview>): MachineOverview => ({
  stateMachineArn: "m",
  counts,
  isComplete: true,
  slowest: [],
  ...fields,
});
const overview = (stateMachines: MachineOverview[]): Overview => ({
  startDate: 0,
  endDate: 600,
  partSeconds: 60,
  parts: [],
  stateMachines,
  stateMachinesLeftOut: 0,
  activities: [],
});

it("totals sum up the state machines", () => {
  expect(totalsOf(overview([machine({}), machine({ isComplete: false })]))).toEqual({
    running: 4,
    succeeded: 14,
    failed: 6,
    perMinute: 2,
    successRate: 0.7,
    isComplete: false,
  });
  expect(totalsOf(overview([])).successRate).toBeUndefined();
});

it("a rate is 100 % only if nothing failed", () => {
  expect([1, 0.9999, 0.5, undefined].map(percent)).toEqual(["100 %", "99.9 %", "50 %", "-"]);
});

it("the slowest of all come first", () => {
  const all = overview([
    machine({ slowest: [slow("a", 5), slow("b", 1)] }),
    machine({ slowest: [slow("c", 3)] }),
  ]);
  expect(slowestOf(all, 2).map(({ executionArn }) => executionArn)).toEqual(["a", "c"]);
});
