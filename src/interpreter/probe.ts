/**
 * How TestState looks into the one state it runs, and how the data flow of a past state is told.
 * Ordinary executions run without a probe.
 */
import type { MapState, ParallelState } from "../asl/definition.ts";
import type { Json } from "../json/json.ts";
import type { ContextExtras } from "./context.ts";
import type { Failure, Frame } from "./execution.ts";
import type { Turn } from "./turn.ts";

/** The stages of a state's data flow, by their names in the API's `InspectionData`. */
export type InspectionStage =
  | "afterInputPath"
  | "afterParameters"
  | "afterArguments"
  | "result"
  | "afterResultSelector"
  | "afterResultPath"
  | "afterItemsPath"
  | "afterItemsPointer"
  | "afterItemSelector"
  | "afterItemBatcher";

/** Numbers that are shown beside the stages. */
export type InspectedNumber =
  | "maxConcurrency"
  | "toleratedFailureCount"
  | "toleratedFailurePercentage"
  | "catchIndex"
  | "retryIndex"
  | "retryBackoffIntervalSeconds";

export interface Probe {
  /** A stage gave `value`. A state that is evaluated again tells its stages again. */
  inspect(stage: InspectionStage, value: Json): void;
  count(what: InspectedNumber, value: number): void;
  /** The state failed; Retry and Catch come next. */
  failed(failure: Failure): void;
  /** The context object that the state sees; undefined: the execution's. */
  readonly contextObject?: (frame: Frame, extras: ContextExtras) => Json;
  /**
   * Takes the place of running the children of a Map or Parallel: leaves the frame with their result
   * (phase Worked), failed, or waiting for an evaluation. Undefined: they run.
   */
  readonly runFork?: (turn: Turn, frame: Frame, state: MapState | ParallelState) => void;
}
