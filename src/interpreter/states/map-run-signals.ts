/** What a distributed Map state hears while its Map Run goes on. Late news change nothing. */
import type { Frame } from "../execution.ts";
import { exceedsTolerance, writesResults } from "../map-run.ts";
import type { MapRun, MapRunPhase, MapRunSettings, WrittenResults } from "../map-run.ts";
import { newMapWork, takePage } from "../map-work.ts";
import type { MapWork } from "../map-work.ts";
import { print } from "../print.ts";
import type { ChildEnd, MapRunId, Signal } from "../signal.ts";
import { emit, type Turn } from "../turn.ts";
import { failMapRun } from "./map-run-failure.ts";

type MapRunSignal = Extract<
  Signal,
  {
    type:
      | "ChildrenEnded"
      | "ChildrenMissing"
      | "ItemsRead"
      | "ItemsFailed"
      | "UnstartedWanted"
      | "ResultsWritten"
      | "ResultsFailed"
      | "MapRunUpdated";
  }
>;

export function receiveMapRunSignal(turn: Turn, signal: MapRunSignal): void {
  const open = openMapRun(turn, signal.run);
  if (open === undefined) return;
  if (signal.type === "MapRunUpdated") return mapRunUpdated(turn, open, signal.settings);
  if (signal.redriveCount !== open.run.redriveCount) return;
  switch (signal.type) {
    case "ChildrenEnded":
      return childrenEnded(turn, open, signal.ends);
    case "ChildrenMissing":
      return childrenMissing(turn, open, signal.indexes);
    case "ItemsRead":
      return itemsRead(turn, open, signal);
    case "ItemsFailed":
      return itemsFailed(turn, open, signal);
    case "UnstartedWanted":
      return unstartedWanted(turn, open);
    case "ResultsWritten":
      return resultsWritten(turn, open, signal.written);
    case "ResultsFailed":
      return resultsFailed(turn, open, signal.cause);
  }
}

interface OpenMapRun {
  readonly frame: Frame;
  readonly phase: MapRunPhase;
  readonly run: MapRun;
}

/** The frame that waits for this very run, while it runs. */
function openMapRun(turn: Turn, id: MapRunId): OpenMapRun | undefined {
  const frame = turn.execution.frames.get(id.frame);
  if (frame?.phase.type !== "MapRun") return undefined;
  const { run } = frame.phase;
  if (run?.id.startedEventId !== id.startedEventId || run.status !== "RUNNING") return undefined;
  return { frame, phase: frame.phase, run };
}

function childrenEnded(turn: Turn, open: OpenMapRun, ends: readonly ChildEnd[]): void {
  const { frame, run } = open;
  for (const end of ends) if (run.running.has(end.index)) childEnded(turn, open, end);
  judge(turn, frame, run);
}

function childEnded(turn: Turn, { frame, phase, run }: OpenMapRun, end: ChildEnd): void {
  const { index, status, output } = end;
  if (end.isNotRedrivable === true && status !== "SUCCEEDED") {
    emit(turn, { kind: "ChildNotRedrivable", frame: frame.id, index, status });
    return;
  }
  const isWritten = writesResults(run, phase.state);
  const characters = output === undefined || isWritten ? 0 : print(output).text.length;
  const fits = run.resultCharacters + characters <= turn.execution.limits.payloadBytes;
  const kept = fits && !isWritten ? output : undefined;
  emit(turn, { kind: "ChildEnded", frame: frame.id, index, status, output: kept, characters });
}

/** They are to be started again, with inputs that are made anew; in order, as items are read. */
function childrenMissing(turn: Turn, { frame, run }: OpenMapRun, indexes: readonly number[]): void {
  const work = (frame.mapWork ??= newMapWork());
  const { missing, building } = work;
  const known = new Set(building === undefined ? missing : [...missing, building.index]);
  const more = indexes.filter((index) => run.running.has(index) && !known.has(index));
  if (more.length === 0) return;
  work.missing = [...missing, ...more].toSorted((a, b) => a - b);
  turn.work.push(frame);
}

function itemsRead(
  turn: Turn,
  { frame, run }: OpenMapRun,
  { from, items, isLast }: Signal & { readonly type: "ItemsRead" },
): void {
  const work = frame.mapWork;
  if (work?.reading !== from) return;
  work.reading = undefined;
  const { building } = work;
  takePage(work, from, items, building?.unread ?? run.nextItem);
  turn.work.push(frame);
  if (!isLast && items.length > 0) return;
  const end = from + items.length;
  if (run.totalItems === undefined && (building === undefined || isNew(run, building.index))) {
    emit(turn, { kind: "ItemsCounted", frame: frame.id, total: Math.max(end, run.nextItem) });
    judge(turn, frame, run);
  } else if (building?.unread !== undefined && building.unread >= end) {
    const cause = `Item ${building.unread} is not there any more: what the ItemReader reads has changed.`;
    failReader(turn, frame, work, cause);
  }
}

function isNew(run: MapRun, index: number): boolean {
  return !run.running.has(index);
}

function itemsFailed(
  turn: Turn,
  { frame }: OpenMapRun,
  { from, cause }: Signal & { readonly type: "ItemsFailed" },
): void {
  const work = frame.mapWork;
  if (work?.reading !== from) return;
  work.reading = undefined;
  failReader(turn, frame, work, cause);
}

/** A failing run cannot tell any more which items were never started; that is all that it lacks. */
function failReader(turn: Turn, frame: Frame, work: MapWork, cause: string): void {
  if (work.untold !== undefined) work.untold.isOver = true;
  failMapRun(turn, frame, { error: "States.ItemReaderFailed", cause });
}

function unstartedWanted(turn: Turn, { frame, run }: OpenMapRun): void {
  const work = frame.mapWork;
  if (work?.isWriting !== true) return;
  work.untold ??= {
    index: run.nextChild,
    first: run.nextItem,
    inputs: [],
    isWanted: true,
    isOver: false,
  };
  work.untold.isWanted = true;
  turn.work.push(frame);
}

function resultsWritten(turn: Turn, { frame }: OpenMapRun, written: WrittenResults): void {
  const work = frame.mapWork;
  if (work?.isWriting !== true) return;
  work.isWriting = false;
  work.untold = undefined;
  emit(turn, { kind: "ResultsWritten", frame: frame.id, written });
  turn.work.push(frame);
}

function resultsFailed(turn: Turn, { frame, run }: OpenMapRun, cause: string): void {
  const work = frame.mapWork;
  if (work?.isWriting !== true) return;
  work.isWriting = false;
  work.untold = undefined;
  const failure = { error: "States.ResultWriterFailed", cause };
  if (run.failing === undefined) return failMapRun(turn, frame, failure);
  // It fails anyway, for the first of its reasons.
  emit(turn, { kind: "ResultsWritten", frame: frame.id, written: { type: "Failed" } });
  turn.work.push(frame);
}

function mapRunUpdated(
  turn: Turn,
  { frame, run }: OpenMapRun,
  wanted: (Signal & { readonly type: "MapRunUpdated" })["settings"],
): void {
  const before = run.settings;
  const settings: MapRunSettings = {
    maxConcurrency: wanted.maxConcurrency ?? before.maxConcurrency,
    toleratedFailureCount: wanted.toleratedFailureCount ?? before.toleratedFailureCount,
    toleratedFailurePercentage:
      wanted.toleratedFailurePercentage ?? before.toleratedFailurePercentage,
  };
  emit(turn, { kind: "MapRunUpdated", frame: frame.id, settings });
  judge(turn, frame, run);
}

/** Fails the run if too many items failed, else lets it go on. The text is recorded from AWS. */
function judge(turn: Turn, frame: Frame, run: MapRun): void {
  if (run.failing === undefined && exceedsTolerance(run)) {
    const error = "States.ExceedToleratedFailureThreshold";
    const cause = "The specified tolerated failure threshold was exceeded";
    return failMapRun(turn, frame, { error, cause });
  }
  turn.work.push(frame);
}
