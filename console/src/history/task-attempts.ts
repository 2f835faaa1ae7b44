/** The attempts of a state's work: calls of a task, starts of a Parallel or Map. */
import type { HistoryEvent } from "../api/operations.ts";
import { detailsOf } from "./event-details.ts";
import type { StateRun } from "./state-run.ts";

export interface Attempt {
  /** From 1. */
  readonly number: number;
  readonly scheduledEventId: number;
  /** Epoch seconds. */
  readonly startedAt: number;
  /** When a worker took it; undefined: none did, or there is no such thing. */
  takenAt: number | undefined;
  /** Undefined: it goes on, or ended with its state. */
  stoppedAt: number | undefined;
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  error: string | undefined;
  cause: string | undefined;
  /** Whether a redrive began it. */
  readonly isRedriven: boolean;
}

const BEGINS = /(?:Scheduled$|^(?:Parallel|Map)StateStarted$|^MapRunStarted$)/;
const TAKEN = /^(?:Task|LambdaFunction|Activity)Started$/;
const WORKED = /(?:Task|LambdaFunction|Activity|ParallelState|MapState|MapRun)Succeeded$/;
const FAILED =
  /(?:Task|LambdaFunction|Activity|ParallelState|MapState|MapRun)(?:Failed|TimedOut|StartFailed|SubmitFailed|ScheduleFailed)$/;

/** `events`: of the whole execution; event n is at n - 1. In the order in which they began. */
export function attemptsOf(
  run: Pick<StateRun, "eventIds" | "status" | "error" | "cause" | "stoppedAt">,
  events: readonly HistoryEvent[],
): readonly Attempt[] {
  const attempts: Attempt[] = [];
  for (const id of run.eventIds) {
    const event = events[id - 1];
    if (event === undefined) break;
    const { type, timestamp } = event;
    const details = detailsOf(event);
    const current = attempts.at(-1);
    if (BEGINS.test(type)) {
      // A Parallel or Map that is retried has no event of its failure.
      if (current?.status === "IN_PROGRESS") {
        Object.assign(current, { status: "FAILED", stoppedAt: timestamp });
      }
      attempts.push({
        number: attempts.length + 1,
        scheduledEventId: id,
        startedAt: timestamp,
        takenAt: undefined,
        stoppedAt: undefined,
        status: "IN_PROGRESS",
        error: undefined,
        cause: undefined,
        isRedriven: wasRedriven(events, current?.scheduledEventId ?? id, id),
      });
    } else if (current === undefined) {
      continue;
    } else if (TAKEN.test(type)) {
      current.takenAt = timestamp;
    } else if (WORKED.test(type)) {
      current.status = "SUCCEEDED";
      current.stoppedAt = timestamp;
    } else if (FAILED.test(type)) {
      current.status = "FAILED";
      current.stoppedAt = timestamp;
      current.error = details.error;
      current.cause = details.cause;
    }
  }
  const last = attempts.at(-1);
  if (last?.status === "FAILED" && last.error === undefined && run.error !== undefined) {
    // Events of containers do not say why.
    last.error = run.error;
    last.cause = run.cause;
  }
  if (last?.status === "IN_PROGRESS" && run.status !== "IN_PROGRESS") {
    last.status = run.status === "SUCCEEDED" ? "SUCCEEDED" : "FAILED";
    last.stoppedAt = run.stoppedAt;
  }
  return attempts;
}

/** Whether the execution was redriven between two events. */
function wasRedriven(events: readonly HistoryEvent[], from: number, to: number): boolean {
  for (let id = from + 1; id < to; id += 1) {
    if (events[id - 1]?.type === "ExecutionRedriven") return true;
  }
  return false;
}
