/**
 * The events of an execution: AWS's history plus the few facts that AWS hides (they have id 0).
 * `kind` groups AWS's event types that differ only by the type of the state or task.
 */
import type { Json, JsonArray, JsonObject } from "../json/json.ts";
import type { Failure } from "./execution.ts";
import type { BatchBounds, ChildStatus, MapRunSettings, WrittenResults } from "./map-run.ts";
import type { TaskFailureKind } from "./signal.ts";

export type Event =
  | { readonly kind: "ExecutionStarted"; readonly input: Json }
  | { readonly kind: "ExecutionSucceeded" }
  | { readonly kind: "ExecutionFailed"; readonly error: Text; readonly cause: Text }
  | { readonly kind: "ExecutionTimedOut" }
  /** The end of an EXPRESS child execution, all that is stored of it beside its start. */
  | {
      readonly kind: "ExpressEnded";
      readonly status: ChildStatus;
      readonly output: Json | undefined;
      readonly error: Text;
      readonly cause: Text;
    }
  | { readonly kind: "ExecutionAborted"; readonly error: Text; readonly cause: Text }
  /** A closed execution goes on; the first redrive has the count 1. */
  | { readonly kind: "ExecutionRedriven"; readonly redriveCount: number }
  /**
   * Hidden: all events before were copied from another execution up to its event `eventId`. `data`
   * takes the place of what the state of `frame` works on next, `variables` are set in its scope.
   */
  | {
      readonly kind: "HistoryAdopted";
      readonly fromArn: string;
      readonly eventId: number;
      readonly frame: number;
      readonly data: Json | undefined;
      readonly variables: JsonObject | undefined;
    }
  | { readonly kind: "StateEntered"; readonly frame: number; readonly name: string }
  | {
      readonly kind: "StateExited";
      readonly frame: number;
      readonly output: Json;
      /** What Assign gave: variable to value. */
      readonly assigned: JsonObject | undefined;
      /** Where control goes; undefined: the frame is finished. */
      readonly next: string | undefined;
    }
  | { readonly kind: "StateAborted"; readonly frame: number }
  /** The failed state of a branch or iteration, which AWS shows as aborted if it is a Task. */
  | { readonly kind: "FailedStateAborted"; readonly frame: number; readonly child: number }
  /** Hidden: a Wait state waits until `dueAt`. */
  | { readonly kind: "WaitStarted"; readonly frame: number; readonly dueAt: number }
  /** Hidden: the time has come, but the guarded evaluator may be needed before the state is left. */
  | { readonly kind: "WaitEnded"; readonly frame: number }
  /** Hidden: the retrier of that number tries again at `dueAt`. */
  | {
      readonly kind: "RetryScheduled";
      readonly frame: number;
      readonly retrier: number;
      readonly dueAt: number;
    }
  /** Hidden: the back-off is over. */
  | { readonly kind: "RetryStarted"; readonly frame: number }
  | {
      readonly kind: "TaskScheduled";
      readonly frame: number;
      readonly parameters: Json;
      readonly credentials: Json | undefined;
      readonly timeoutSeconds: number | undefined;
      readonly heartbeatSeconds: number | undefined;
    }
  | { readonly kind: "TaskStarted"; readonly frame: number; readonly workerName: Text }
  | { readonly kind: "TaskSubmitted"; readonly frame: number; readonly output: Json }
  | { readonly kind: "TaskSucceeded"; readonly frame: number; readonly output: Json }
  | {
      readonly kind: "TaskFailed";
      readonly frame: number;
      readonly how: TaskFailureKind | "TimedOut" | "HeartbeatMissed";
      readonly error: Text;
      readonly cause: Text;
    }
  /** Hidden: a heartbeat arrived. */
  | { readonly kind: "TaskHeartbeat"; readonly frame: number }
  /** Hidden: the timer for the task's time-outs was armed again. */
  | { readonly kind: "TaskTimerArmed"; readonly frame: number }
  | { readonly kind: "ParallelStarted"; readonly frame: number; readonly input: Json }
  | {
      readonly kind: "MapStarted";
      readonly frame: number;
      readonly input: Json;
      readonly items: JsonArray;
      readonly concurrency: number;
    }
  /** `input` is the item or what ItemSelector made of it. */
  | {
      readonly kind: "IterationStarted";
      readonly frame: number;
      readonly index: number;
      readonly input: Json;
    }
  /** The frame is the iteration's, and is gone afterwards. */
  | { readonly kind: "IterationSucceeded"; readonly frame: number }
  | { readonly kind: "IterationFailed"; readonly frame: number }
  | { readonly kind: "IterationAborted"; readonly frame: number }
  /** Hidden: a branch of Parallel is done (or aborted) and its frame gone. */
  | { readonly kind: "BranchSucceeded"; readonly frame: number }
  | { readonly kind: "BranchFailed"; readonly frame: number }
  | { readonly kind: "ForkSucceeded"; readonly frame: number }
  | {
      readonly kind: "ForkFailed";
      readonly frame: number;
      readonly error: Text;
      readonly cause: Text;
    }
  /** AWS's MapStateStarted of a distributed Map; an object's members are the items, too. */
  | {
      readonly kind: "DistributedMapStarted";
      readonly frame: number;
      readonly input: Json;
      readonly items: JsonArray | JsonObject;
    }
  | {
      readonly kind: "MapRunStarted";
      readonly frame: number;
      readonly uuid: string;
      readonly label: string;
      readonly settings: MapRunSettings;
      readonly batch: BatchBounds | undefined;
      /** What the ItemReader's fields evaluated to; undefined: the items are in the state's data. */
      readonly reader: ReaderFields | undefined;
      /** What the ResultWriter's parameters evaluated to; undefined: it exports nothing. */
      readonly writer: JsonObject | undefined;
    }
  /** A redriven execution goes on with its run; the children that did not succeed are to run again. */
  | { readonly kind: "MapRunRedriven"; readonly frame: number }
  /** Hidden: the ItemReader has no more items than these. */
  | { readonly kind: "ItemsCounted"; readonly frame: number; readonly total: number }
  /** Hidden: the next child execution, which stands for the next `items` items, is to start. */
  | { readonly kind: "ChildStarted"; readonly frame: number; readonly items: number }
  /** Hidden. `output`: undefined also if the results have become too many to be kept. */
  | {
      readonly kind: "ChildEnded";
      readonly frame: number;
      readonly index: number;
      readonly status: ChildStatus;
      readonly output: Json | undefined;
      /** Length of the output as JSON. */
      readonly characters: number;
    }
  /** Hidden: a child that did not succeed is redriven. */
  | { readonly kind: "ChildRedriven"; readonly frame: number; readonly index: number }
  /** Hidden: a child that was to be redriven cannot be: it stays as it ended. */
  | {
      readonly kind: "ChildNotRedrivable";
      readonly frame: number;
      readonly index: number;
      readonly status: Exclude<ChildStatus, "SUCCEEDED">;
    }
  /** Hidden: the run will fail when its children have ended. */
  | { readonly kind: "MapRunFailing"; readonly frame: number; readonly failure: Failure }
  /** Hidden: the results are where they belong. */
  | { readonly kind: "ResultsWritten"; readonly frame: number; readonly written: WrittenResults }
  /** Hidden: UpdateMapRun. */
  | {
      readonly kind: "MapRunUpdated";
      readonly frame: number;
      readonly settings: MapRunSettings;
    }
  | { readonly kind: "MapRunSucceeded"; readonly frame: number }
  | {
      readonly kind: "MapRunFailed";
      readonly frame: number;
      readonly error: Text;
      readonly cause: Text;
    }
  | { readonly kind: "MapRunAborted"; readonly frame: number }
  | {
      readonly kind: "EvaluationFailed";
      readonly frame: number;
      readonly error: string;
      readonly cause: string;
      readonly location: Text;
      /** AWS names the event before the state's entry as the previous one. */
      readonly beforeEntry: boolean;
    };

/** The evaluated fields of an ItemReader; what else it needs stands in the definition. */
export interface ReaderFields {
  readonly parameters: JsonObject;
  /** Undefined: all items. */
  readonly maxItems: number | undefined;
}

export type EventKind = Event["kind"];

type Text = string | undefined;
