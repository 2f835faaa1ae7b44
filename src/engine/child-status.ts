/** The status of a child execution while its Map Run redrives it. */
import type { MapRun } from "../interpreter/map-run.ts";
import { attemptOf } from "./map-run-child.ts";
import { mapRunOfRecord, parseChildName } from "./map-run-names.ts";
import type { ExecutionRecord, ExecutionStatus } from "./ports.ts";
import type { Shard } from "./shard.ts";

/** As AWS tells it. PENDING_REDRIVE: its turn to be redriven has not come yet. */
export type ChildStatusShown = ExecutionStatus | "PENDING_REDRIVE";

/** The run that a child's record belongs to, if it is in memory: those that run are. */
export function liveRunOf(
  shard: Pick<Shard, "live">,
  record: Pick<ExecutionRecord, "machineId">,
): MapRun | undefined {
  const { executionId, startedEventId } = mapRunOfRecord(record);
  const runs = shard.live.get(executionId)?.execution.mapRuns;
  return runs?.find(({ id }) => id.startedEventId === startedEventId);
}

/** What its record says, or what has become of that since. */
export function childStatusShown(
  run: MapRun | undefined,
  record: Pick<ExecutionRecord, "name" | "status" | "details">,
): ChildStatusShown {
  const index = parseChildName(record.name)?.index;
  if (run === undefined || index === undefined || run.redriveCount === 0) return record.status;
  if (run.pendingRedrive.has(index)) return "PENDING_REDRIVE";
  const runsAgain = run.running.has(index) && attemptOf(record) < run.redriveCount;
  return runsAgain ? "RUNNING" : record.status;
}
