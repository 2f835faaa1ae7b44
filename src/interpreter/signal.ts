/**
 * What can happen to an execution. A signal and its surroundings are the only input of `decide`;
 * time and randomness come with it.
 */
import type { Evaluated } from "../data/evaluation.ts";
import type { Json, JsonObject } from "../json/json.ts";
import type { SourceItem } from "./map-data.ts";
import type { ChildStatus, MapRunSettings, WrittenResults } from "./map-run.ts";

/** Names one attempt of one task: the frame it runs in and the id of its …Scheduled event. */
export interface TaskId {
  readonly frame: number;
  readonly scheduledEventId: number;
}

/** Which of AWS's failure events a failed task gets; most are "Failed". */
export type TaskFailureKind = "Failed" | "ScheduleFailed" | "StartFailed" | "SubmitFailed";

export type Signal =
  | { readonly type: "Started"; readonly input: Json }
  /** Go on with the frames that were ready when the last decision reached its bound. */
  | { readonly type: "Continue" }
  | {
      readonly type: "TaskStarted";
      readonly task: TaskId;
      readonly workerName?: string | undefined;
    }
  | { readonly type: "TaskSubmitted"; readonly task: TaskId; readonly output: Json }
  | { readonly type: "TaskSucceeded"; readonly task: TaskId; readonly output: Json }
  | {
      readonly type: "TaskFailed";
      readonly task: TaskId;
      readonly kind: TaskFailureKind;
      readonly error: string | undefined;
      readonly cause: string | undefined;
    }
  | { readonly type: "TaskHeartbeat"; readonly task: TaskId }
  | { readonly type: "TimerFired"; readonly timer: TimerId }
  /** What the guarded evaluator gave for the expressions of an Evaluate command, by field. */
  | {
      readonly type: "Evaluated";
      readonly id: EvaluationId;
      readonly results: ReadonlyMap<string, Evaluated>;
    }
  | {
      readonly type: "StopRequested";
      readonly error: string | undefined;
      readonly cause: string | undefined;
    }
  /** Child executions of a Map Run have ended, durably. */
  | (MapRunAttempt & {
      readonly type: "ChildrenEnded";
      readonly ends: readonly ChildEnd[];
    })
  /** There are no such child executions: their starts were lost with the server that was to make them. */
  | (MapRunAttempt & { readonly type: "ChildrenMissing"; readonly indexes: readonly number[] })
  /** Items from number `from` on; `isLast`: no item comes after these. */
  | (MapRunAttempt & {
      readonly type: "ItemsRead";
      readonly from: number;
      readonly items: readonly SourceItem[];
      readonly isLast: boolean;
    })
  | (MapRunAttempt & {
      readonly type: "ItemsFailed";
      readonly from: number;
      readonly cause: string;
    })
  /** The shell wants the inputs of the next children that were never started. */
  | (MapRunAttempt & { readonly type: "UnstartedWanted" })
  | (MapRunAttempt & { readonly type: "ResultsWritten"; readonly written: WrittenResults })
  | (MapRunAttempt & { readonly type: "ResultsFailed"; readonly cause: string })
  /** UpdateMapRun; settings that are undefined stay as they are. */
  | {
      readonly type: "MapRunUpdated";
      readonly run: MapRunId;
      readonly settings: { readonly [Name in keyof MapRunSettings]: number | undefined };
    }
  /**
   * The events before were copied from another execution; they are this one's past now. `data` takes the
   * place of what the state of `frame` works on next: its input, or the result of its finished work.
   */
  | {
      readonly type: "HistoryAdopted";
      readonly fromArn: string;
      /** The last event that was copied. */
      readonly eventId: number;
      readonly frame: number;
      readonly data: Json | undefined;
      readonly variables: JsonObject | undefined;
    }
  /** A failed, timed out or aborted execution shall go on; changes nothing in any other. */
  | { readonly type: "RedriveRequested" };

/**
 * Names one arming of a timer. `serial` grows with each arming in an execution, so that a timer that
 * is no longer wanted is recognised when it fires. The whole execution's time-out has frame 0 and
 * serial 0, after a redrive a serial of its own.
 */
export interface TimerId {
  readonly frame: number;
  readonly serial: number;
}

/**
 * Names one request to the guarded evaluator: by the frame and the newest event when it was made. A
 * request that is asked again after a restart has the same name, one of a later stage another.
 */
export interface EvaluationId {
  readonly frame: number;
  readonly afterEventId: number;
}

/** Names one Map Run of an execution: the frame of its Map state and the id of MapRunStarted. */
export interface MapRunId {
  readonly frame: number;
  readonly startedEventId: number;
}

/** What a signal is about: news of an attempt before the newest redrive changes nothing. */
export interface MapRunAttempt {
  readonly run: MapRunId;
  readonly redriveCount: number;
}

export interface ChildEnd {
  readonly index: number;
  readonly status: ChildStatus;
  /** Given if it succeeded. */
  readonly output: Json | undefined;
  /** It ended in an attempt before this one and cannot be redriven. */
  readonly isNotRedrivable?: boolean;
}

/** What the shell lends to one decision. */
export interface Surroundings {
  /** Epoch milliseconds of the signal; never less than that of the signal before. */
  readonly at: number;
  /** A number in [0, 1). */
  random(): number;
  /** A version 4 UUID. */
  uuid(): string;
  /** Hex digest for `States.Hash`; algorithms MD5, SHA-1, SHA-256, SHA-384, SHA-512. */
  hash(algorithm: string, text: string): string;
  /** The task token of an attempt; the same for the same id. */
  token(task: TaskId): string;
  /** The UUID of the Map Run whose MapRunStarted gets that id. */
  mapRunUuid(startedEventId: number): string;
}
