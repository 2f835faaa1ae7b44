/** The part of the fold that is about Map Runs. Called only by `evolve`. */
import type { MapState } from "../asl/definition.ts";
import { isArray } from "../json/kind.ts";
import type { Event } from "./event.ts";
import type { Execution, Frame } from "./execution.ts";
import { mapRunResult, newMapRun } from "./map-run.ts";
import type { ChildStatus, MapRun, MapRunPhase, MapRunStatus } from "./map-run.ts";

/** The Map state has its items. */
export function takeItems(frame: Frame, event: Event & { kind: "DistributedMapStarted" }): void {
  const { input, items } = event;
  const state = frame.state as MapState;
  const parts = isArray(items)
    ? { items, keys: undefined }
    : { items: Object.values(items), keys: Object.keys(items) };
  frame.phase = { type: "MapRun", state, input, ...parts, run: undefined };
}

/** The execution's newest event is MapRunStarted. */
export function startMapRun(
  execution: Execution,
  frame: Frame,
  event: Event & { kind: "MapRunStarted" },
  at: number,
): void {
  const phase = mapRunPhase(frame);
  const { uuid, label, settings, batch } = event;
  phase.run = newMapRun({
    uuid,
    label,
    pointer: phase.state.pointer,
    executionType: phase.state.executionType ?? "STANDARD",
    id: { frame: frame.id, startedEventId: execution.lastEventId },
    startedAt: at,
    settings,
    batch,
    totalItems: phase.items.length,
  });
  execution.mapRuns.push(phase.run);
}

export function startChild(frame: Frame, count: number): void {
  const run = mapRunOf(frame);
  run.running.set(run.nextChild, { first: run.nextItem, count });
  run.nextChild++;
  run.nextItem += count;
}

export function endChild(frame: Frame, event: Event & { kind: "ChildEnded" }): void {
  const run = mapRunOf(frame);
  const { index, status, output, characters } = event;
  countEnd(run, index, status);
  if (output !== undefined) run.results.set(index, output);
  run.resultCharacters += characters;
}

/** All children have ended; the state's result is there. */
export function succeed(frame: Frame, at: number): void {
  frame.result = mapRunResult(mapRunPhase(frame));
  stopMapRun(mapRunOf(frame), "SUCCEEDED", at);
}

/** The run is over; children that still run count as aborted. */
export function stopMapRun(run: MapRun, status: MapRunStatus, at: number): void {
  for (const index of [...run.running.keys()]) countEnd(run, index, "ABORTED");
  run.status = status;
  run.stoppedAt = at;
  run.results.clear();
}

/** The execution ends: so do the runs that it still has. */
export function abortMapRuns(execution: Execution, at: number): void {
  for (const run of execution.mapRuns) {
    if (run.status === "RUNNING") stopMapRun(run, "ABORTED", at);
  }
}

export function mapRunOf(frame: Frame): MapRun {
  const { run } = mapRunPhase(frame);
  if (run === undefined) throw new Error(`frame ${frame.id} has no Map Run yet`);
  return run;
}

function mapRunPhase(frame: Frame): MapRunPhase {
  if (frame.phase.type !== "MapRun") throw new Error(`frame ${frame.id} has no Map Run`);
  return frame.phase;
}

function countEnd(run: MapRun, index: number, status: ChildStatus): void {
  const range = run.running.get(index);
  if (range === undefined) throw new Error(`child ${index} of a Map Run does not run`);
  run.running.delete(index);
  const { executions, items } = run.ended[status];
  run.ended[status] = { executions: executions + 1, items: items + range.count };
}
