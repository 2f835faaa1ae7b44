import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { queryKeys } from "../api/query-keys.ts";
import { StaleQueries } from "./stale-queries.ts";

const EXECUTION = { executionArn: "arn:e", stateMachineArn: "arn:m", status: "RUNNING" as const };

let refreshed: unknown[];
let stale: StaleQueries;

beforeEach(() => {
  vi.useFakeTimers();
  refreshed = [];
  stale = new StaleQueries((key) => refreshed.push(key));
});

afterEach(() => vi.useRealTimers());

it("refreshes at once what an execution's change concerns", () => {
  stale.add({ executions: [EXECUTION], resources: [], isComplete: true });
  vi.advanceTimersByTime(0);
  expect(refreshed).toEqual([
    queryKeys.execution("arn:e"),
    queryKeys.executions("arn:m"),
    queryKeys.executionCounts,
  ]);
});

it("refreshes at most once a second, however much happens", () => {
  for (let count = 0; count < 40; count += 1) {
    stale.add({ executions: [], resources: ["arn:m"], isComplete: true });
    vi.advanceTimersByTime(20);
  }
  expect(refreshed).toEqual([queryKeys.catalog]);
  vi.advanceTimersByTime(1_000);
  expect(refreshed).toEqual([queryKeys.catalog, queryKeys.catalog]);
});

it("refreshes everything when more happened than was told", () => {
  stale.add({ executions: [], resources: [], isComplete: false });
  vi.advanceTimersByTime(0);
  expect(refreshed).toContainEqual(queryKeys.executionDescriptions);
  expect(refreshed).toContainEqual(queryKeys.catalog);
});
