/** What the API asks of Map Runs. Implemented by the engine. */
import type { ExecutionInfo } from "../interpreter/execution.ts";
import { labelledMachineArn, mapRunArn } from "../interpreter/map-run.ts";
import type {
  ItemRange,
  MapRun,
  MapRunSettings,
  MapRunStatus,
  Tally,
} from "../interpreter/map-run.ts";
import type { ExecutionSummary } from "./execution-service.ts";
import type { ChildStatusShown } from "./child-status.ts";

export interface MapRunDescription {
  readonly mapRunArn: string;
  /** Of the parent. */
  readonly executionArn: string;
  /** With the label of the Map state. */
  readonly stateMachineArn: string;
  readonly status: MapRunStatus;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  readonly settings: MapRunSettings;
  readonly itemCounts: MapRunCounts;
  /** With ItemBatcher the children that are still to come are an estimate. */
  readonly executionCounts: MapRunCounts;
  readonly redriveCount: number;
  /** Undefined: never. */
  readonly redrivenAt: number | undefined;
}

export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  /** AWS counts results as written when the run is over, also if they are not exported. */
  readonly resultsWritten: number;
  /** Of those that did not succeed, and not counted twice. */
  readonly failuresNotRedrivable: number;
  /** Children that did not succeed and wait for their redrive. */
  readonly pendingRedrive: number;
}

/** Settings to change; undefined: as it is. */
export type MapRunChanges = { readonly [Name in keyof MapRunSettings]: number | undefined };

export interface MapRunService {
  /** Undefined: no such Map Run. */
  describe(mapRunArn: string): Promise<MapRunDescription | undefined>;
  /** Map Runs of an execution, oldest first; undefined: no such execution. */
  list(executionArn: string): Promise<readonly MapRunDescription[] | undefined>;
  /** Resolves when the change is durable. "Completed": the run is over. */
  update(mapRunArn: string, changes: MapRunChanges): Promise<"Updated" | "Completed" | undefined>;
  /** Child executions, newest first; EXPRESS ones after their end. Undefined: no such Map Run. */
  children(mapRunArn: string, query: ChildrenQuery): Promise<ChildrenPage | undefined>;
}

export interface ChildrenQuery {
  readonly status: ChildStatusShown | undefined;
  /** Whether they have been redriven; undefined: either. */
  readonly isRedriven: boolean | undefined;
  readonly after: Place | undefined;
  readonly limit: number;
}

/** `more`: the place to go on from; undefined: these are the last ones. */
export interface ChildrenPage {
  readonly children: readonly ExecutionSummary[];
  readonly more: Place | undefined;
}

/** In a list of executions. */
export interface Place {
  readonly startedAt: number;
  readonly id: number;
}

/** What an answer about a run needs; counts of children that are still to come are an estimate. */
export function describeMapRun(info: ExecutionInfo, run: MapRun): MapRunDescription {
  const pendingItems = (run.totalItems ?? run.nextItem) - run.nextItem;
  const pending = {
    items: pendingItems,
    executions: Math.ceil(pendingItems / (run.batch?.items ?? 1)),
  };
  const running = tallyOf(run.running);
  const pendingRedrive = tallyOf(run.pendingRedrive);
  const counts = (what: keyof Tally): MapRunCounts =>
    countsOf(run, what, pending[what], running[what], pendingRedrive[what]);
  return {
    mapRunArn: mapRunArn(info, run),
    executionArn: info.arn,
    stateMachineArn: labelledMachineArn(info, run.label),
    status: run.status,
    startedAt: run.startedAt,
    stoppedAt: run.stoppedAt,
    settings: run.settings,
    itemCounts: counts("items"),
    executionCounts: counts("executions"),
    redriveCount: run.redriveCount,
    redrivenAt: run.redrivenAt,
  };
}

function tallyOf(children: ReadonlyMap<number, ItemRange>): Tally {
  let items = 0;
  for (const { count } of children.values()) items += count;
  return { executions: children.size, items };
}

function countsOf(
  { status, ended, notRedrivable, place, written }: MapRun,
  what: keyof Tally,
  pending: number,
  running: number,
  pendingRedrive: number,
): MapRunCounts {
  const [succeeded, failed, timedOut, aborted] = [
    ended.SUCCEEDED[what],
    ended.FAILED[what],
    ended.TIMED_OUT[what],
    ended.ABORTED[what],
  ];
  const total = pending + pendingRedrive + running + succeeded + failed + timedOut + aborted;
  const isOver = status === "SUCCEEDED" || status === "FAILED";
  const isWritten = isOver && (place === undefined || written?.type === "Exported");
  return {
    pending,
    running,
    succeeded,
    failed,
    timedOut,
    aborted,
    total,
    resultsWritten: isWritten ? total : 0,
    failuresNotRedrivable: notRedrivable[what],
    pendingRedrive,
  };
}
