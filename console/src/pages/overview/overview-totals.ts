/** Sums over all state machines. */
import type { Overview, SlowExecution, StatusCounts } from "../../api/own-operations.ts";

export interface Totals {
  readonly running: number;
  readonly succeeded: number;
  /** Failed, timed out, aborted. */
  readonly failed: number;
  /** Ended a minute, of those that were started in the period. */
  readonly perMinute: number;
  /** 0 to 1; undefined: nothing ended. */
  readonly successRate: number | undefined;
  /** False: some lists were longer than is counted. */
  readonly isComplete: boolean;
}

export function totalsOf({ stateMachines, startDate, endDate }: Overview): Totals {
  let running = 0;
  let succeeded = 0;
  let failed = 0;
  for (const { counts } of stateMachines) {
    running += counts.RUNNING;
    succeeded += counts.SUCCEEDED;
    failed += failedOf(counts);
  }
  const minutes = Math.max(1, (endDate - startDate) / 60);
  return {
    running,
    succeeded,
    failed,
    perMinute: (succeeded + failed) / minutes,
    successRate: rateOf(succeeded, failed),
    isComplete: stateMachines.every(({ isComplete }) => isComplete),
  };
}

export function failedOf({ FAILED, TIMED_OUT, ABORTED }: StatusCounts): number {
  return FAILED + TIMED_OUT + ABORTED;
}

/** 0 to 1; undefined: nothing ended. */
export function rateOf(succeeded: number, failed: number): number | undefined {
  return succeeded + failed === 0 ? undefined : succeeded / (succeeded + failed);
}

/** `99.5 %`; 100 % only if nothing failed. */
export function percent(rate: number | undefined): string {
  if (rate === undefined) return "-";
  const value = Math.floor(rate * 1000) / 10;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} %`;
}

/** Of all state machines together, slowest first. */
export function slowestOf({ stateMachines }: Overview, count: number): readonly SlowExecution[] {
  const duration = ({ startDate, stopDate }: SlowExecution): number => stopDate - startDate;
  return stateMachines
    .flatMap(({ slowest }) => slowest)
    .toSorted((a, b) => duration(b) - duration(a))
    .slice(0, count);
}
