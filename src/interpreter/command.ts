/**
 * What the shell must do once the events of a decision are durable. Commands say nothing that the
 * events do not: after a restart `pendingCommands` reads the same ones out of the folded state.
 */
import type { Resource } from "../asl/definition.ts";
import type { PendingExpression, States } from "../data/evaluation.ts";
import type { Json, JsonObject } from "../json/json.ts";
import type { ItemQuery, ResultTarget } from "./map-data.ts";
import type { MapRunRef } from "./map-run.ts";
import type { EvaluationId, TaskId, TimerId } from "./signal.ts";

export type Command =
  | { readonly type: "StartTask"; readonly task: ScheduledTask }
  /** Best effort: nobody waits for this attempt any more. */
  | { readonly type: "CancelTask"; readonly task: TaskId; readonly resource: Resource }
  | { readonly type: "ArmTimer"; readonly timer: TimerId; readonly dueAt: number }
  /**
   * Expressions that only the guarded evaluator may evaluate. Nothing is recorded of it: after a
   * restart the state asks again.
   */
  | {
      readonly type: "Evaluate";
      readonly id: EvaluationId;
      readonly expressions: readonly PendingExpression[];
      readonly states: States;
      readonly variables: JsonObject;
    }
  /** Start a child execution of a Map Run, unless it exists. */
  | {
      readonly type: "StartChild";
      readonly run: MapRunRef;
      readonly index: number;
      /** How many items it stands for. */
      readonly items: number;
      readonly input: Json;
    }
  /**
   * After a restart, and for a redrive: let these child executions go on in the run's present attempt,
   * or report their ends, or that they are missing.
   */
  | {
      readonly type: "ResumeChildren";
      readonly run: MapRunRef;
      readonly indexes: readonly number[];
    }
  /** The Map Run is over or fails: end these child executions, and read no more items. */
  | { readonly type: "StopChildren"; readonly run: MapRunRef; readonly indexes: readonly number[] }
  /** Read items; nothing of them is recorded. */
  | {
      readonly type: "ReadItems";
      readonly run: MapRunRef;
      readonly query: ItemQuery;
      readonly from: number;
      readonly limit: number;
    }
  /**
   * Write what became of the children with numbers below `children` to `target`, or gather the
   * records of those that succeeded if that is undefined.
   */
  | {
      readonly type: "WriteResults";
      readonly run: MapRunRef;
      readonly target: ResultTarget | undefined;
      readonly children: number;
      /** Whether there are, or may be, items of children that were never started. */
      readonly hasUnstarted: boolean;
    }
  /** Inputs of children that were never started, for the result files; the last ones if `isLast`. */
  | {
      readonly type: "WriteUnstarted";
      readonly run: MapRunRef;
      readonly inputs: readonly Json[];
      readonly isLast: boolean;
    };

export type { MapRunRef } from "./map-run.ts";

/** One attempt of a task, as the history's …Scheduled event tells it. */
export interface ScheduledTask {
  readonly id: TaskId;
  readonly resource: Resource;
  /** The input of a Lambda function or an activity, the parameters of a service integration. */
  readonly parameters: Json;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly credentials: Json | undefined;
  /** Name of the Task state. */
  readonly stateName: string;
  /** How often the state was retried before this attempt. */
  readonly retryCount: number;
  /** Whether the journal says that the attempt was started (by a worker, by the service) already. */
  readonly started: boolean;
  /** Whether TaskSubmitted was recorded: the task is not submitted again. */
  readonly submitted: boolean;
  /** What that told of a job (`.sync`): enough to find it again. Undefined for other tasks. */
  readonly submittedOutput: Json | undefined;
  /**
   * How often the state was scheduled before in this execution, retries and loops included; undefined:
   * the execution has no test case.
   */
  readonly callNumber?: number | undefined;
}
