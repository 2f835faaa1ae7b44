/** Whether an execution can be redriven (API reference, RedriveExecution). */
import type { ExecutionStatus } from "./ports.ts";

export interface RedriveFacts {
  readonly status: ExecutionStatus;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  /** Events in its history, and how many it can hold. */
  readonly lastEventId: number;
  readonly historyEvents: number;
  /** Whether its state machine is there and not being deleted. */
  readonly isInService: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** AWS: 14 days after the end. */
const REDRIVABLE_PERIOD_MS = 14 * DAY_MS;
/** AWS: an execution may be open for a year. */
const LONGEST_EXECUTION_MS = 365 * DAY_MS;

/** Why it cannot, in AWS's words; undefined: it can. `now`: epoch milliseconds. */
export function whyNotRedrivable(facts: RedriveFacts, now: number): string | undefined {
  const { status, startedAt, stoppedAt, lastEventId, historyEvents, isInService } = facts;
  if (status === "RUNNING" || status === "SUCCEEDED") {
    return `Execution is ${status} and cannot be redriven`;
  }
  if (!isInService) return "State machine is in DELETING status";
  // ExecutionRedriven and the event that ends it again must fit.
  if (lastEventId >= historyEvents - 1) return "Execution history event limit exceeded";
  if (now - startedAt > LONGEST_EXECUTION_MS)
    return "Execution has exceeded the max execution time";
  if (stoppedAt !== undefined && now - stoppedAt > REDRIVABLE_PERIOD_MS) {
    return "Execution redrivable period exceeded";
  }
  return undefined;
}
