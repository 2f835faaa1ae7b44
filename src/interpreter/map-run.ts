/**
 * A Map Run: what a distributed Map state keeps of its child executions. The children themselves are
 * executions of their own; here is only how many there are and what they gave.
 */
import type { MapState } from "../asl/definition.ts";
import type { Json, JsonArray } from "../json/json.ts";
import { joinItems } from "../json/stringify.ts";
import type { MapRunRef } from "./command.ts";
import type { ExecutionInfo } from "./execution.ts";
import type { Limits } from "./limits.ts";
import type { MapRunId } from "./signal.ts";

export type MapRunStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";

/** How a child execution can end. */
export type ChildStatus = "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** A Map state in DISTRIBUTED mode has its items; `run` is undefined until its Map Run started. */
export interface MapRunPhase {
  readonly type: "MapRun";
  readonly state: MapState;
  /** The effective input, `$` of ItemSelector and BatchInput. */
  readonly input: Json;
  readonly items: JsonArray;
  /** Names of the members if the items came from an object. */
  readonly keys: readonly string[] | undefined;
  run: MapRun | undefined;
}

/** What UpdateMapRun can change. */
export interface MapRunSettings {
  /** As the definition says it; 0: no limit. */
  readonly maxConcurrency: number;
  /** Failed items that are tolerated; undefined: not given. */
  readonly toleratedFailureCount: number | undefined;
  /** 0 to 100; undefined: not given. */
  readonly toleratedFailurePercentage: number | undefined;
}

/** How ItemBatcher groups the items; undefined: no bound of that kind. */
export interface BatchBounds {
  readonly items: number | undefined;
  /** Bytes of a child's whole input. */
  readonly bytes: number | undefined;
}

export interface MapRun {
  readonly uuid: string;
  readonly label: string;
  /** JSON pointer of the Map state. */
  readonly pointer: string;
  readonly executionType: "STANDARD" | "EXPRESS";
  /** Frame of the Map state, and the id of MapRunStarted. */
  readonly id: MapRunId;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  stoppedAt: number | undefined;
  status: MapRunStatus;
  settings: MapRunSettings;
  /** Undefined: every item has a child of its own. */
  readonly batch: BatchBounds | undefined;
  readonly totalItems: number;
  /** First item that no child has yet. */
  nextItem: number;
  /** Index of the next child. */
  nextChild: number;
  /** Running children by index: their items. */
  readonly running: Map<number, ItemRange>;
  readonly ended: Record<ChildStatus, Tally>;
  /** What the children gave, by index; emptied at the end of the run. */
  readonly results: Map<number, Json>;
  /** Characters of all results as JSON, also of those that were not kept because it is too many. */
  resultCharacters: number;
}

export interface ItemRange {
  readonly first: number;
  readonly count: number;
}

/** Children and the items they stand for. */
export interface Tally {
  readonly executions: number;
  readonly items: number;
}

const NONE: Tally = { executions: 0, items: 0 };

export function newMapRun(
  facts: Pick<
    MapRun,
    "uuid" | "label" | "pointer" | "executionType" | "id" | "startedAt" | "settings" | "batch"
  > & { readonly totalItems: number },
): MapRun {
  return {
    ...facts,
    stoppedAt: undefined,
    status: "RUNNING",
    nextItem: 0,
    nextChild: 0,
    running: new Map(),
    ended: { SUCCEEDED: NONE, FAILED: NONE, TIMED_OUT: NONE, ABORTED: NONE },
    results: new Map(),
    resultCharacters: 0,
  };
}

/** Whether the run can take a step by itself: start a child, or end. */
export function canGoOn(run: MapRun, limits: Limits): boolean {
  if (run.status !== "RUNNING") return false;
  return hasPlace(run, limits) || isComplete(run);
}

/** Whether another child may be started, and there are items for it. */
export function hasPlace(run: MapRun, { mapRunConcurrency }: Limits): boolean {
  const wanted = run.settings.maxConcurrency || mapRunConcurrency;
  return run.nextItem < run.totalItems && run.running.size < Math.min(wanted, mapRunConcurrency);
}

/** Whether every item's child has ended. */
export function isComplete(run: MapRun): boolean {
  return run.nextItem === run.totalItems && run.running.size === 0;
}

/**
 * Whether more items failed than are tolerated. AWS: if neither field is given no failure is
 * tolerated; if both are, either one can be exceeded.
 */
export function exceedsTolerance({ settings, ended, totalItems }: MapRun): boolean {
  const failed = ended.FAILED.items + ended.TIMED_OUT.items + ended.ABORTED.items;
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = settings;
  if (count === undefined && percentage === undefined) return failed > 0;
  if (count !== undefined && failed > count) return true;
  return percentage !== undefined && failed * 100 > percentage * totalItems;
}

/**
 * What the Map state gets: the outputs of the children that succeeded, in the order of the items;
 * FLATTEN (Developer Guide, ResultWriter) replaces arrays by their elements.
 */
export function mapRunResult({ run, state }: MapRunPhase): JsonArray {
  const results = [...(run?.results ?? [])].toSorted(([a], [b]) => a - b).map(([, value]) => value);
  if (state.resultWriter?.transformation !== "FLATTEN") return joinItems(results);
  return joinItems(results.flatMap((result) => (Array.isArray(result) ? result : [result])));
}

/** The part of a run that commands carry. */
export function mapRunRef({ id, uuid, label, pointer, executionType }: MapRun): MapRunRef {
  return { id, uuid, label, pointer, executionType };
}

/** `arn:...:stateMachine:NAME/LABEL`, of the Map state with that label. */
export function labelledMachineArn({ stateMachineArn }: ExecutionInfo, label: string): string {
  // In a child execution the ARN has the label of its own Map state.
  return `${stateMachineArn.split("/", 1)[0]}/${label}`;
}

/** `arn:...:mapRun:NAME/LABEL:UUID`. */
export function mapRunArn(
  info: ExecutionInfo,
  { label, uuid }: Pick<MapRun, "label" | "uuid">,
): string {
  const machineArn = labelledMachineArn(info, label);
  return `${machineArn.replace(":stateMachine:", ":mapRun:")}:${uuid}`;
}
