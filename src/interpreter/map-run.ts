/**
 * A Map Run: what a distributed Map state keeps of its child executions. The children themselves are
 * executions of their own; here is only how many there are and what they gave.
 */
import type { MapState } from "../asl/definition.ts";
import type { Json, JsonArray } from "../json/json.ts";
import { joinItems } from "../json/stringify.ts";
import type { ExecutionInfo, Failure } from "./execution.ts";
import type { Limits } from "./limits.ts";
import type { ItemQuery } from "./map-data.ts";
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
  /** Empty if the state has an ItemReader: then its items are never all in memory. */
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

/** What a ResultWriter with a Resource evaluated to. */
export interface ExportPlace {
  readonly bucket: string;
  readonly prefix: string;
}

/** Where the manifest of exported results is. */
export interface ManifestPlace {
  readonly bucket: string;
  readonly key: string;
}

export interface MapRun {
  readonly uuid: string;
  readonly label: string;
  /** JSON pointer of the Map state. */
  readonly pointer: string;
  readonly executionType: "STANDARD" | "EXPRESS";
  /** Frame of the Map state, and the id of MapRunStarted. */
  readonly id: MapRunId;
  /** Id of MapStateStarted, which MapRunRedriven follows. */
  readonly mapStartedEventId: number;
  /** Id of MapRunStarted or the newest MapRunRedriven. */
  newestStartEventId: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  stoppedAt: number | undefined;
  status: MapRunStatus;
  settings: MapRunSettings;
  /** Undefined: every item has a child of its own. */
  readonly batch: BatchBounds | undefined;
  /** Where an ItemReader reads; undefined: the items are in the phase. */
  readonly query: ItemQuery | undefined;
  /** Where results are exported; undefined: they are kept here. */
  readonly place: ExportPlace | undefined;
  /** Undefined: an ItemReader has not come to the end yet. */
  totalItems: number | undefined;
  /** First item that no child has yet. */
  nextItem: number;
  /** Index of the next child. */
  nextChild: number;
  /** Running children by index: their items. */
  readonly running: Map<number, ItemRange>;
  readonly ended: Record<ChildStatus, Tally>;
  /** Children that did not succeed, for a redrive; none of a run that succeeded. */
  unsuccessful: Map<number, EndedChild>;
  /** Children that are to be redriven; they do not count as ended. */
  pendingRedrive: Map<number, EndedChild>;
  /** Children that did not succeed and cannot be redriven any more. */
  notRedrivable: Tally;
  /** What the children gave, by index; emptied at the end of the run. */
  readonly results: Map<number, Json>;
  /** Characters of all results as JSON, also of those that were not kept because it is too many. */
  resultCharacters: number;
  /** Why the run will fail as soon as its children have ended; undefined: it will not. */
  failing: Failure | undefined;
  /** What became of the results that are not kept here; undefined: not written yet. */
  written: WrittenResults | undefined;
  redriveCount: number;
  /** Epoch milliseconds; undefined: never. */
  redrivenAt: number | undefined;
}

/** Results were exported, or gathered with what is known of the children. */
export type WrittenResults =
  | { readonly type: "Exported"; readonly manifest: ManifestPlace }
  | { readonly type: "Gathered"; readonly records: JsonArray }
  /** They cannot be written; the run fails anyway, for another reason. */
  | { readonly type: "Failed" };

export interface ItemRange {
  readonly first: number;
  readonly count: number;
}

/** A child that did not succeed. */
export interface EndedChild extends ItemRange {
  readonly status: Exclude<ChildStatus, "SUCCEEDED">;
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
    | "uuid"
    | "label"
    | "pointer"
    | "executionType"
    | "id"
    | "mapStartedEventId"
    | "startedAt"
    | "settings"
    | "batch"
    | "query"
    | "place"
    | "totalItems"
  >,
): MapRun {
  return {
    ...facts,
    newestStartEventId: facts.id.startedEventId,
    stoppedAt: undefined,
    status: "RUNNING",
    nextItem: 0,
    nextChild: 0,
    running: new Map(),
    ended: { SUCCEEDED: NONE, FAILED: NONE, TIMED_OUT: NONE, ABORTED: NONE },
    unsuccessful: new Map(),
    pendingRedrive: new Map(),
    notRedrivable: NONE,
    results: new Map(),
    resultCharacters: 0,
    failing: undefined,
    written: undefined,
    redriveCount: 0,
    redrivenAt: undefined,
  };
}

/** `tally` with one more child, or with one less if `sign` is -1. */
export function counted(tally: Tally, { count }: ItemRange, sign: 1 | -1 = 1): Tally {
  return { executions: tally.executions + sign, items: tally.items + sign * count };
}

/** Whether another child may run at once. */
export function hasPlace({ settings, running }: MapRun, { mapRunConcurrency }: Limits): boolean {
  const wanted = settings.maxConcurrency || mapRunConcurrency;
  return running.size < Math.min(wanted, mapRunConcurrency);
}

/** Whether there are, or may be, items that no child has yet. */
export function hasItemsLeft({ nextItem, totalItems }: MapRun): boolean {
  return totalItems === undefined || nextItem < totalItems;
}

/**
 * Whether more items failed than are tolerated. AWS: if neither field is given no failure is
 * tolerated; if both are, either one can be exceeded. Of an unknown total there is no percentage yet.
 */
export function exceedsTolerance({ settings, ended, totalItems }: MapRun): boolean {
  const failed = ended.FAILED.items + ended.TIMED_OUT.items + ended.ABORTED.items;
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = settings;
  if (count === undefined && percentage === undefined) return failed > 0;
  if (count !== undefined && failed > count) return true;
  if (percentage === undefined || totalItems === undefined) return false;
  return failed * 100 > percentage * totalItems;
}

/** Whether the children's results are written or gathered by the shell instead of being kept. */
export function writesResults(run: MapRun, { resultWriter }: MapState): boolean {
  return run.place !== undefined || resultWriter?.transformation === "NONE";
}

/** Recorded from AWS: a run that fails aborts its STANDARD children and waits for EXPRESS ones. */
export function stopsItsChildren({ failing, executionType }: MapRun): boolean {
  return failing !== undefined && executionType === "STANDARD";
}

/**
 * What the Map state gets: where the results were exported, or the outputs of the children that
 * succeeded, in the order of the items; FLATTEN (Developer Guide, ResultWriter) replaces arrays by
 * their elements.
 */
export function mapRunResult({ run, state }: MapRunPhase, info: ExecutionInfo): Json {
  if (run?.written?.type === "Gathered") return run.written.records;
  if (run?.written?.type === "Exported") {
    const { bucket, key } = run.written.manifest;
    return {
      MapRunArn: mapRunArn(info, run),
      ResultWriterDetails: { Bucket: bucket, Key: key },
    };
  }
  const results = [...(run?.results ?? [])].toSorted(([a], [b]) => a - b).map(([, value]) => value);
  if (state.resultWriter?.transformation !== "FLATTEN") return joinItems(results);
  return joinItems(results.flatMap((result) => (Array.isArray(result) ? result : [result])));
}

/** What the shell needs to know of a Map Run. `redriveCount` tells its attempts apart. */
export type MapRunRef = Readonly<
  Pick<MapRun, "id" | "uuid" | "label" | "pointer" | "executionType" | "redriveCount">
>;

/** The part of a run that commands carry. */
export function mapRunRef(run: MapRun): MapRunRef {
  const { id, uuid, label, pointer, executionType, redriveCount } = run;
  return { id, uuid, label, pointer, executionType, redriveCount };
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
