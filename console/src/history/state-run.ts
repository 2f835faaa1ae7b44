/** One run of a state: from its StateEntered to its end. */

export type RunStatus = "IN_PROGRESS" | "SUCCEEDED" | "CAUGHT" | "FAILED" | "TIMED_OUT" | "ABORTED";

export interface StateRun {
  /** Its place in the list of runs, from 0. */
  readonly index: number;
  readonly name: string;
  /** As in the event's type: `Task`, `Pass`, ... */
  readonly type: string;
  /** The Parallel or Map it runs in. */
  readonly parent: StateRun | undefined;
  /** Which attempt of its parent it belongs to: a Parallel or Map that is retried starts over. */
  readonly parentAttempt: number;
  /** Index of the item of its Map; undefined: not (directly) in a Map. */
  readonly iteration: number | undefined;
  status: RunStatus;
  readonly enteredEventId: number;
  /** Epoch seconds. */
  readonly startedAt: number;
  /** Epoch seconds; undefined: it is running. */
  stoppedAt: number | undefined;
  /** JSON text; undefined: not loaded. */
  input: string | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  /** Calls of a task so far; starts of a Parallel or Map. */
  attempts: number;
  /** What a task calls, such as `lambda:invoke` or a function's ARN. */
  resource: string | undefined;
  /** Ids of its own events, in order. */
  readonly eventIds: number[];
  /** Variables that were set when it was left, as JSON text. */
  assigned: Readonly<Record<string, string>> | undefined;
  readonly iterations: IterationCounts | undefined;
  /** Of a distributed Map. */
  mapRunArn: string | undefined;
  /** Whether its newest attempt failed. */
  hasFailed: boolean;
  /** Whether StateExited came. */
  hasExited: boolean;
}

/** How far the items of an inline Map are. */
export interface IterationCounts {
  /** Number of items. */
  total: number;
  started: number;
  succeeded: number;
  failed: number;
  aborted: number;
}

export function isOver(status: RunStatus): boolean {
  return status !== "IN_PROGRESS";
}
