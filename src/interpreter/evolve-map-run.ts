/** The part of the fold that is about Map Runs. Called only by `evolve`. */
import type { MapState } from "../asl/definition.ts";
import { isArray } from "../json/kind.ts";
import type { Event } from "./event.ts";
import type { Execution, Frame } from "./execution.ts";
import { mapRunResult, newMapRun } from "./map-run.ts";
import { frameOf, HIDDEN, next, number } from "./numbering.ts";
import type { ChildStatus, MapRun, MapRunPhase, MapRunStatus } from "./map-run.ts";

type MapRunEvent = Extract<
  Event,
  {
    kind:
      | "DistributedMapStarted"
      | "MapRunStarted"
      | "ChildStarted"
      | "ChildEnded"
      | "MapRunUpdated"
      | "MapRunSucceeded"
      | "MapRunFailed"
      | "MapRunAborted";
  }
>;

/** Like `evolve`. */
export function evolveMapRun(execution: Execution, event: MapRunEvent, at: number): number {
  const frame = frameOf(execution, event.frame);
  switch (event.kind) {
    case "DistributedMapStarted":
      takeItems(frame, event);
      return next(execution, frame);
    case "MapRunStarted": {
      const previous = next(execution, frame);
      startMapRun(execution, frame, event, at);
      return previous;
    }
    case "ChildStarted":
      startChild(mapRunOf(frame), event.items);
      return HIDDEN;
    case "ChildEnded":
      endChild(mapRunOf(frame), event);
      return HIDDEN;
    case "MapRunUpdated":
      mapRunOf(frame).settings = event.settings;
      return HIDDEN;
    case "MapRunSucceeded":
      frame.result = mapRunResult(mapRunPhase(frame));
      stopMapRun(mapRunOf(frame), "SUCCEEDED", at);
      return next(execution, frame);
    case "MapRunFailed":
    case "MapRunAborted":
      stopMapRun(mapRunOf(frame), event.kind === "MapRunFailed" ? "FAILED" : "ABORTED", at);
      frame.evaluation = undefined;
      frame.childInputs = undefined;
      return next(execution, frame);
  }
}

/**
 * MapStateSucceeded follows MapRunSucceeded, and so does MapStateExited; but in all recordings of AWS
 * in which the Map state is entered with event 4, MapStateExited follows MapRunStarted.
 */
export function leaveMapRun(execution: Execution, frame: Frame): number {
  const previous = number(execution, frame.lastEventId);
  if (frame.enteredEventId === 4) frame.lastEventId = mapRunOf(frame).id.startedEventId;
  frame.phase = { type: "Worked" };
  return previous;
}

/** The execution ends: so do the runs that it still has. */
export function abortMapRuns(execution: Execution, at: number): void {
  for (const run of execution.mapRuns) {
    if (run.status === "RUNNING") stopMapRun(run, "ABORTED", at);
  }
}

function takeItems(frame: Frame, event: Event & { kind: "DistributedMapStarted" }): void {
  const { input, items } = event;
  const state = frame.state as MapState;
  const parts = isArray(items)
    ? { items, keys: undefined }
    : { items: Object.values(items), keys: Object.keys(items) };
  frame.phase = { type: "MapRun", state, input, ...parts, run: undefined };
}

/** The execution's newest event is MapRunStarted. */
function startMapRun(
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

function startChild(run: MapRun, count: number): void {
  run.running.set(run.nextChild, { first: run.nextItem, count });
  run.nextChild++;
  run.nextItem += count;
}

function endChild(run: MapRun, event: Event & { kind: "ChildEnded" }): void {
  const { index, status, output, characters } = event;
  countEnd(run, index, status);
  if (output !== undefined) run.results.set(index, output);
  run.resultCharacters += characters;
}

/** The run is over; children that still run count as aborted. */
function stopMapRun(run: MapRun, status: MapRunStatus, at: number): void {
  for (const index of run.running.keys()) countEnd(run, index, "ABORTED");
  run.status = status;
  run.stoppedAt = at;
  run.results.clear();
}

function mapRunOf(frame: Frame): MapRun {
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
