/** What a distributed Map state does next. One place decides, for the decider and for who waits. */
import type { Limits } from "./limits.ts";
import { hasItemsLeft, hasPlace, writesResults } from "./map-run.ts";
import type { MapRun, MapRunPhase } from "./map-run.ts";
import { itemAt } from "./map-work.ts";
import type { MapWork } from "./map-work.ts";

export type MapRunStep =
  | "StartRun"
  /** A redriven execution: the run goes on. */
  | "RedriveRun"
  /** Go on with the input of a child. */
  | "Build"
  /** Ask for a page of items. */
  | "Read"
  /** Begin with the input of a child that is recorded as running but does not exist. */
  | "BuildMissing"
  /** The same, but the run is failing: it will not be started. */
  | "AbandonMissing"
  | "RedriveChild"
  /** Begin with the input of the next child. */
  | "BuildNext"
  /** Let the shell write or gather the results. */
  | "Write"
  /** Tell the shell of a child that was never started, for the result files. */
  | "TellUnstarted"
  | "Finish"
  /** For children, for items, for results to be written. */
  | "Wait";

export function nextStep(
  phase: MapRunPhase,
  work: MapWork | undefined,
  limits: Limits,
): MapRunStep {
  const { run } = phase;
  if (run === undefined) return "StartRun";
  if (run.status !== "RUNNING") return "RedriveRun";
  if (work?.building !== undefined) {
    const step = buildingStep(run, work);
    return step === "Build" && work.untold !== undefined ? "TellUnstarted" : step;
  }
  if (run.failing !== undefined) {
    if ((work?.missing.length ?? 0) > 0) return "AbandonMissing";
  } else {
    if ((work?.missing.length ?? 0) > 0) return "BuildMissing";
    const place = hasPlace(run, limits);
    if (run.pendingRedrive.size > 0) return place ? "RedriveChild" : "Wait";
    if (hasItemsLeft(run)) return place ? "BuildNext" : "Wait";
  }
  if (run.running.size > 0) return "Wait";
  return endingStep(phase, run, work);
}

function buildingStep(run: MapRun, work: MapWork): MapRunStep {
  const unread = work.building?.unread;
  const isThere =
    unread === undefined ||
    itemAt(work, unread) !== undefined ||
    (run.totalItems !== undefined && unread >= run.totalItems);
  if (isThere) return "Build";
  return work.reading === undefined ? "Read" : "Wait";
}

function endingStep(phase: MapRunPhase, run: MapRun, work: MapWork | undefined): MapRunStep {
  if (!hasResultsToWrite(phase, run)) return "Finish";
  if (work?.untold?.isWanted === true) return "TellUnstarted";
  return work?.isWriting === true ? "Wait" : "Write";
}

/** Recorded from AWS: results are exported also when the run fails, if it had children at all. */
function hasResultsToWrite({ state }: MapRunPhase, run: MapRun): boolean {
  if (run.written !== undefined || !writesResults(run, state)) return false;
  if (run.failing === undefined) return true;
  const isWritersFault = run.failing.error === "States.ResultWriterFailed";
  return run.place !== undefined && run.nextChild > 0 && !isWritersFault;
}
