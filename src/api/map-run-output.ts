/** Map Runs as answers show them. */
import type { MapRunCounts, MapRunDescription } from "../engine/map-run-service.ts";
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

/** A Map Run is not redriven yet: a redrive of its execution makes a new one. */
export function showCounts(counts: MapRunCounts): Output {
  return { ...counts, failuresNotRedrivable: 0, pendingRedrive: 0 };
}
