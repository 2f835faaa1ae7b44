/**
 * What the shell must do once the events of a decision are durable. Commands say nothing that the
 * events do not: after a restart `pendingCommands` reads the same ones out of the folded state.
 */
import type { Resource } from "../asl/definition.ts";
import type { PendingExpression, States } from "../data/evaluation.ts";
import type { Json, JsonObject } from "../json/json.ts";
import type { MapRun } from "./map-run.ts";
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
  /** After a restart: find the child execution and report its end, or that it is missing. */
  | { readonly type: "ResumeChild"; readonly run: MapRunRef; readonly index: number }
  /** The Map Run is over: end these child executions. */
  | { readonly type: "StopChildren"; readonly run: MapRunRef; readonly indexes: readonly number[] };

/** What the shell needs to know of a Map Run. */
export type MapRunRef = Pick<MapRun, "id" | "uuid" | "label" | "pointer" | "executionType">;

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
