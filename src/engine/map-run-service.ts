/** What the API asks of Map Runs. Implemented by the engine. */
import type { ExecutionInfo } from "../interpreter/execution.ts";
import { labelledMachineArn, mapRunArn } from "../interpreter/map-run.ts";
import type { MapRun, MapRunSettings, MapRunStatus, Tally } from "../interpreter/map-run.ts";
import type { ExecutionSummary } from "./execution-service.ts";
import type { ExecutionStatus } from "./ports.ts";

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
}

export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  /** AWS counts results as written when the run is over. */
  readonly resultsWritten: number;
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
  /** STANDARD child executions, newest first; undefined: no such Map Run. */
  children(
    mapRunArn: string,
    query: {
      readonly status: ExecutionStatus | undefined;
      readonly after: { readonly startedAt: number; readonly id: number } | undefined;
      readonly limit: number;
    },
  ): Promise<readonly ExecutionSummary[] | undefined>;
}

export function describeMapRun(info: ExecutionInfo, run: MapRun): MapRunDescription {
  const { ended, running, totalItems, nextItem } = run;
  let runningItems = 0;
  for (const { count } of running.values()) runningItems += count;
  const pendingItems = totalItems - nextItem;
  const pendingExecutions = Math.ceil(pendingItems / (run.batch?.items ?? 1));
  return {
    mapRunArn: mapRunArn(info, run),
    executionArn: info.arn,
    stateMachineArn: labelledMachineArn(info, run.label),
    status: run.status,
    startedAt: run.startedAt,
    stoppedAt: run.stoppedAt,
    settings: run.settings,
    itemCounts: counts(run, pendingItems, runningItems, "items"),
    executionCounts: counts(run, pendingExecutions, running.size, "executions"),
  };

  function counts(
    { status }: MapRun,
    pending: number,
    runningNow: number,
    what: keyof Tally,
  ): MapRunCounts {
    const [succeeded, failed, timedOut, aborted] = [
      ended.SUCCEEDED[what],
      ended.FAILED[what],
      ended.TIMED_OUT[what],
      ended.ABORTED[what],
    ];
    const total = pending + runningNow + succeeded + failed + timedOut + aborted;
    const resultsWritten = status === "SUCCEEDED" || status === "FAILED" ? total : 0;
    return {
      pending,
      running: runningNow,
      succeeded,
      failed,
      timedOut,
      aborted,
      total,
      resultsWritten,
    };
  }
}
