/** The part of the fold that is about Map Runs. Called only by `evolve`. */
import type { MapState } from "../asl/definition.ts";
import { isArray } from "../json/kind.ts";
import type { Event } from "./event.ts";
import type { Execution, Frame } from "./execution.ts";
import { counted, mapRunResult, newMapRun, writesResults } from "./map-run.ts";
import { exportPlace, itemQuery } from "./map-run-data.ts";
import { frameOf, HIDDEN, next, number } from "./numbering.ts";
import type { ChildStatus, EndedChild, MapRun, MapRunPhase, MapRunStatus } from "./map-run.ts";

export type MapRunEvent = Extract<
  Event,
  {
    kind:
      | "DistributedMapStarted"
      | "MapRunStarted"
      | "MapRunRedriven"
      | "ItemsCounted"
      | "ChildStarted"
      | "ChildEnded"
      | "ChildRedriven"
      | "ChildNotRedrivable"
      | "MapRunFailing"
      | "ResultsWritten"
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
      startMapRun(execution, frame, event, at, previous);
      return previous;
    }
    case "MapRunRedriven": {
      const run = mapRunOf(frame);
      frame.lastEventId = run.mapStartedEventId;
      const previous = next(execution, frame);
      redriveMapRun(run, at);
      run.newestStartEventId = frame.lastEventId;
      return previous;
    }
    case "MapRunSucceeded": {
      const run = mapRunOf(frame);
      frame.result = mapRunResult(mapRunPhase(frame), execution.info);
      stopMapRun(run, "SUCCEEDED", at);
      run.unsuccessful.clear();
      return next(execution, frame);
    }
    case "MapRunFailed":
    case "MapRunAborted":
      stopMapRun(mapRunOf(frame), event.kind === "MapRunFailed" ? "FAILED" : "ABORTED", at);
      frame.evaluation = undefined;
      frame.mapWork = undefined;
      return next(execution, frame);
    case "ItemsCounted":
    case "ChildStarted":
    case "ChildEnded":
    case "ChildRedriven":
    case "ChildNotRedrivable":
    case "MapRunFailing":
    case "ResultsWritten":
    case "MapRunUpdated":
      applyHidden(mapRunPhase(frame), mapRunOf(frame), event);
      return HIDDEN;
  }
}

type HiddenEvent = Exclude<
  MapRunEvent,
  {
    kind:
      | "DistributedMapStarted"
      | "MapRunStarted"
      | "MapRunRedriven"
      | "MapRunSucceeded"
      | "MapRunFailed"
      | "MapRunAborted";
  }
>;

function applyHidden({ state }: MapRunPhase, run: MapRun, event: HiddenEvent): void {
  switch (event.kind) {
    case "ItemsCounted":
      run.totalItems = event.total;
      return;
    case "ChildStarted":
      run.running.set(run.nextChild, { first: run.nextItem, count: event.items });
      run.nextChild++;
      run.nextItem += event.items;
      return;
    case "ChildEnded": {
      const { index, status, output, characters } = event;
      countEnd(run, index, status);
      if (writesResults(run, state)) return;
      if (output !== undefined) run.results.set(index, output);
      run.resultCharacters += characters;
      return;
    }
    case "ChildRedriven": {
      const { first, count } = takePending(run, event.index);
      run.running.set(event.index, { first, count });
      return;
    }
    case "ChildNotRedrivable":
      run.notRedrivable = counted(run.notRedrivable, rangeOf(run, event.index));
      countEnd(run, event.index, event.status);
      return;
    case "MapRunFailing":
      run.failing = event.failure;
      return;
    case "ResultsWritten":
      run.written = event.written;
      return;
    case "MapRunUpdated":
      run.settings = event.settings;
      return;
  }
}

/**
 * MapStateSucceeded follows MapRunSucceeded, and so does MapStateExited; but in all recordings of AWS
 * in which the Map state is entered with event 4, MapStateExited follows MapRunStarted (redriven:
 * MapRunRedriven).
 */
export function leaveMapRun(execution: Execution, frame: Frame): number {
  const previous = number(execution, frame.lastEventId);
  if (frame.enteredEventId === 4) frame.lastEventId = mapRunOf(frame).newestStartEventId;
  frame.phase = { type: "Worked" };
  frame.mapWork = undefined;
  return previous;
}

/** The state is left, or tried again with a new run: the old one will not be redriven. */
export function forgetMapRun({ phase }: Frame): void {
  const last = phase.type === "Failing" ? phase.fork : phase;
  if (last?.type !== "MapRun" || last.run === undefined) return;
  last.run.results.clear();
  last.run.unsuccessful.clear();
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
  frame.mapWork = undefined;
}

/** The execution's newest event is MapRunStarted. */
function startMapRun(
  execution: Execution,
  frame: Frame,
  event: Event & { kind: "MapRunStarted" },
  at: number,
  mapStartedEventId: number,
): void {
  const phase = mapRunPhase(frame);
  const { uuid, label, settings, batch, reader, writer } = event;
  const query = itemQuery(phase.state, reader);
  phase.run = newMapRun({
    uuid,
    label,
    pointer: phase.state.pointer,
    executionType: phase.state.executionType ?? "STANDARD",
    id: { frame: frame.id, startedEventId: execution.lastEventId },
    mapStartedEventId,
    startedAt: at,
    settings,
    batch,
    query,
    place: exportPlace(writer),
    totalItems: query === undefined ? phase.items.length : undefined,
  });
  execution.mapRuns.push(phase.run);
}

function redriveMapRun(run: MapRun, at: number): void {
  run.status = "RUNNING";
  run.stoppedAt = undefined;
  run.failing = undefined;
  run.written = undefined;
  run.redriveCount++;
  run.redrivenAt = at;
  run.pendingRedrive = run.unsuccessful;
  run.unsuccessful = new Map();
  for (const child of run.pendingRedrive.values()) uncount(run, child);
}

/** The run is over; children that still run count as aborted. */
function stopMapRun(run: MapRun, status: MapRunStatus, at: number): void {
  for (const index of run.running.keys()) countEnd(run, index, "ABORTED");
  for (const [index, child] of run.pendingRedrive) {
    run.ended[child.status] = counted(run.ended[child.status], child);
    run.unsuccessful.set(index, child);
  }
  run.pendingRedrive.clear();
  run.status = status;
  run.stoppedAt = at;
  // A redriven run needs what its children gave before.
  if (status === "SUCCEEDED") run.results.clear();
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

function rangeOf(run: MapRun, index: number): { readonly first: number; readonly count: number } {
  const range = run.running.get(index);
  if (range === undefined) throw new Error(`child ${index} of a Map Run does not run`);
  return range;
}

function countEnd(run: MapRun, index: number, status: ChildStatus): void {
  const { first, count } = rangeOf(run, index);
  run.running.delete(index);
  run.ended[status] = counted(run.ended[status], { first, count });
  if (status !== "SUCCEEDED") run.unsuccessful.set(index, { first, count, status });
}

function takePending(run: MapRun, index: number): EndedChild {
  const child = run.pendingRedrive.get(index);
  if (child === undefined) throw new Error(`child ${index} of a Map Run is not to be redriven`);
  run.pendingRedrive.delete(index);
  return child;
}

function uncount(run: MapRun, child: EndedChild): void {
  run.ended[child.status] = counted(run.ended[child.status], child, -1);
}
