/** Map Runs as answers show them. */
import type { MapRunCounts, MapRunDescription } from "../engine/map-run-service.ts";
import { JsonNumber } from "../json/number.ts";
import type { Output } from "./operation.ts";
import { seconds } from "./time.ts";

/** The members that DescribeMapRun and ListMapRuns share. */
export function showMapRun(run: MapRunDescription): Output {
  return {
    executionArn: run.executionArn,
    mapRunArn: run.mapRunArn,
    startDate: seconds(run.startedAt),
    stopDate: run.stoppedAt === undefined ? undefined : seconds(run.stoppedAt),
  };
}

/** Members about redrives only show in a run that was redriven, as in AWS's recorded answers. */
export function showCounts(counts: MapRunCounts, { redriveCount }: MapRunDescription): Output {
  if (redriveCount > 0) return { ...counts };
  const { failuresNotRedrivable: _, pendingRedrive: __, ...shown } = counts;
  return shown;
}

/** AWS writes a percentage with its fraction, `0.0`. */
export function showPercentage(value: number): number | JsonNumber {
  return Number.isInteger(value) ? new JsonNumber(value.toFixed(1)) : value;
}
