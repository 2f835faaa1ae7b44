/** How the executions of a server do: numbers out of lists that are read up to a bound. */
import type { ExecutionStatus } from "../ports.ts";

export interface Overview {
  /** Epoch milliseconds: the period, and how long each of its parts is. */
  readonly from: number;
  readonly to: number;
  readonly partLength: number;
  /** All state machines together, oldest part first. */
  readonly parts: readonly OverviewPart[];
  readonly machines: readonly MachineOverview[];
  /** How many state machines were not looked at. */
  readonly machinesLeftOut: number;
}

/** Executions by the time of their start. */
export interface OverviewPart {
  readonly startedAt: number;
  readonly counts: StatusCounts;
}

export type StatusCounts = Readonly<Record<ExecutionStatus, number>>;

export interface MachineOverview {
  readonly stateMachineArn: string;
  /** Of executions that were started in the period; RUNNING: of all that run. */
  readonly counts: StatusCounts;
  /** False: there are more of some status than were read; the newest ones were. */
  readonly isComplete: boolean;
  /** Milliseconds, of those that ended; undefined: none did. */
  readonly durations: Durations | undefined;
  /** The slowest of those that ended, slowest first. */
  readonly slowest: readonly EndedExecution[];
}

export interface Durations {
  readonly median: number;
  /** 95 of 100 were at most as long. */
  readonly p95: number;
  readonly longest: number;
}

export interface EndedExecution {
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt: number;
}

export const STATUSES: readonly ExecutionStatus[] = [
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
];

/** Parts of a chart that people can tell from each other, in milliseconds: 1 and 5 minutes, ... */
const PART_LENGTHS = [1, 5, 15, 30, 60, 180, 360].map((minutes) => minutes * 60_000);
const MAX_PARTS = 60;

/** The shortest length of which MAX_PARTS cover the period (milliseconds). */
export function partLengthOf(period: number): number {
  return PART_LENGTHS.find((length) => length * MAX_PARTS >= period) ?? period / MAX_PARTS;
}

export function noCounts(): Record<ExecutionStatus, number> {
  return { RUNNING: 0, SUCCEEDED: 0, FAILED: 0, TIMED_OUT: 0, ABORTED: 0 };
}

/** `durations` in any order; it is sorted. */
export function summarizeDurations(durations: number[]): Durations | undefined {
  if (durations.length === 0) return undefined;
  durations.sort((a, b) => a - b);
  const at = (share: number): number => durations[Math.ceil(durations.length * share) - 1]!;
  return { median: at(0.5), p95: at(0.95), longest: at(1) };
}
