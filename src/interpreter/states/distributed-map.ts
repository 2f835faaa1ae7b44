/** Map, DISTRIBUTED: the items run as child executions of their own, in a Map Run. */
import type { Json } from "../../json/json.ts";
import type { Frame } from "../execution.ts";
import { fail } from "../failure.ts";
import { halt } from "../halt.ts";
import { resultTarget } from "../map-run-data.ts";
import { nextStep } from "../map-run-step.ts";
import { hasItemsLeft, mapRunRef, mapRunResult, writesResults } from "../map-run.ts";
import type { MapRun, MapRunPhase } from "../map-run.ts";
import { endOfItems, newMapWork, PAGE_ITEMS } from "../map-work.ts";
import type { ChildInput, MapWork } from "../map-work.ts";
import { emit, runtimeFailure, sizeFailure, type Turn } from "../turn.ts";
import { buildChildInput, newChildInput } from "./child-input.ts";
import { failMapRun } from "./map-run-failure.ts";
import { startMapRun } from "./map-run-start.ts";
import { tellUnstarted } from "./unstarted-children.ts";

/** AWS: a Map Run can be redriven 1,000 times (Developer Guide, "Redriving Map Runs"). */
const MOST_REDRIVES = 1_000;

/** Takes one step. */
export function continueDistributedMap(turn: Turn, frame: Frame, phase: MapRunPhase): void {
  const step = nextStep(phase, frame.mapWork, turn.execution.limits);
  if (step === "StartRun") return startMapRun(turn, frame, phase);
  const { run } = phase;
  if (run === undefined) return;
  const work = (frame.mapWork ??= newMapWork());
  switch (step) {
    case "RedriveRun":
      return redriveRun(turn, frame, run);
    case "Build":
      return build(turn, frame, phase, run, work);
    case "Read":
      return readItems(turn, frame, run, work.building?.unread ?? run.nextItem);
    case "BuildMissing":
      return buildMissing(turn, frame, phase, run, work);
    case "AbandonMissing":
      return abandonMissing(turn, frame, run, work);
    case "RedriveChild":
      return redriveChild(turn, frame, run);
    case "BuildNext":
      if (run.nextChild >= turn.execution.limits.mapRunChildren) {
        return tooManyChildren(turn, frame);
      }
      work.building = newChildInput(run.nextChild, run.nextItem, countOf(run));
      return build(turn, frame, phase, run, work);
    case "Write":
      return write(turn, frame, phase, run, work);
    case "TellUnstarted":
      return tellUnstarted(turn, frame, phase, run, work);
    case "Finish":
      return finish(turn, frame, phase, run);
    case "Wait":
      return;
  }
}

function redriveRun(turn: Turn, frame: Frame, run: MapRun): void {
  if (run.redriveCount >= MOST_REDRIVES) {
    const cause = `The Map Run was redriven ${MOST_REDRIVES} times, which is the maximum.`;
    return fail(turn, frame, runtimeFailure(frame, cause));
  }
  emit(turn, { kind: "MapRunRedriven", frame: frame.id });
}

function tooManyChildren(turn: Turn, frame: Frame): void {
  const { mapRunChildren } = turn.execution.limits;
  const cause = `A Map Run has at most ${mapRunChildren} child executions; group its items with ItemBatcher.`;
  failMapRun(turn, frame, runtimeFailure(frame, cause));
}

/** Undefined: the batch's bounds decide. */
function countOf({ batch }: MapRun): number | undefined {
  return batch === undefined ? 1 : undefined;
}

function buildMissing(
  turn: Turn,
  frame: Frame,
  phase: MapRunPhase,
  run: MapRun,
  work: MapWork,
): void {
  const index = work.missing.shift();
  const range = index === undefined ? undefined : run.running.get(index);
  if (index === undefined || range === undefined) return;
  work.building = newChildInput(index, range.first, range.count);
  build(turn, frame, phase, run, work);
}

/** Nobody will start it: it ends as one that was stopped before it began. */
function abandonMissing(turn: Turn, frame: Frame, run: MapRun, work: MapWork): void {
  const index = work.missing.shift();
  if (index === undefined || !run.running.has(index)) return;
  const none = { output: undefined, characters: 0 };
  emit(turn, { kind: "ChildEnded", frame: frame.id, index, status: "ABORTED", ...none });
  turn.events++;
}

function redriveChild(turn: Turn, frame: Frame, run: MapRun): void {
  const [index] = run.pendingRedrive.keys();
  if (index === undefined) return;
  emit(turn, { kind: "ChildRedriven", frame: frame.id, index });
  turn.events++;
  // One command for all that are redriven by this decision.
  const last = turn.commands.at(-1);
  const indexes = [index];
  if (last?.type === "ResumeChildren" && last.run.id.startedEventId === run.id.startedEventId) {
    indexes.unshift(...last.indexes);
    turn.commands.pop();
  }
  turn.commands.push({ type: "ResumeChildren", run: mapRunRef(run), indexes });
}

/** Goes on with the child's input; when that is there the child can start. */
function build(turn: Turn, frame: Frame, phase: MapRunPhase, run: MapRun, work: MapWork): void {
  const making = work.building;
  if (making === undefined) return;
  if (isBeyondEnd(run, making)) {
    work.building = undefined;
    return;
  }
  const made = buildChildInput(turn, frame, phase, run, making);
  if (!made.ok) {
    if ("unread" in made) return;
    if ("failure" in made) failMapRun(turn, frame, made.failure);
    else halt(turn, frame, made);
    return;
  }
  work.building = undefined;
  startChild(turn, frame, run, work, making, made.value);
}

/** The items before were the last ones. */
function isBeyondEnd({ totalItems }: MapRun, { items, unread }: ChildInput): boolean {
  if (unread === undefined || totalItems === undefined) return false;
  return unread >= totalItems && items.length === 0;
}

function startChild(
  turn: Turn,
  frame: Frame,
  run: MapRun,
  work: MapWork,
  { index, items }: ChildInput,
  input: Json,
): void {
  const isNew = !run.running.has(index);
  if (isNew) {
    emit(turn, { kind: "ChildStarted", frame: frame.id, items: items.length });
    // Hidden events do not count; but a decision must not start children without a bound.
    turn.events++;
  }
  const command = { type: "StartChild", run: mapRunRef(run), index } as const;
  turn.commands.push({ ...command, items: items.length, input });
  if (isNew) readAhead(turn, frame, run, work);
}

/** Asks for the page after the present one in time, so that children need not wait for it. */
function readAhead(turn: Turn, frame: Frame, run: MapRun, work: MapWork): void {
  if (run.query === undefined || run.totalItems !== undefined) return;
  const end = endOfItems(work);
  const isFar = end - run.nextItem > PAGE_ITEMS / 2;
  if (work.reading === undefined && !isFar) readItems(turn, frame, run, end);
}

/** Asks for a page of items, from number `from` on. */
export function readItems(turn: Turn, frame: Frame, run: MapRun, from: number): void {
  if (run.query === undefined) return;
  (frame.mapWork ??= newMapWork()).reading = from;
  const command = { type: "ReadItems", run: mapRunRef(run), query: run.query } as const;
  turn.commands.push({ ...command, from, limit: PAGE_ITEMS });
}

function write(turn: Turn, frame: Frame, phase: MapRunPhase, run: MapRun, work: MapWork): void {
  work.isWriting = true;
  const isReadable = run.failing?.error !== "States.ItemReaderFailed";
  turn.commands.push({
    type: "WriteResults",
    run: mapRunRef(run),
    target: resultTarget(turn.execution.info, run, phase.state),
    children: run.nextChild,
    hasUnstarted: hasItemsLeft(run) && isReadable,
  });
}

function finish(turn: Turn, frame: Frame, phase: MapRunPhase, run: MapRun): void {
  const { failing } = run;
  if (failing !== undefined) {
    const { error, cause } = failing;
    emit(turn, { kind: "MapRunFailed", frame: frame.id, error, cause });
    fail(turn, frame, failing);
    turn.work.push(frame);
    return;
  }
  const { payloadBytes } = turn.execution.limits;
  const isTooMuch = !writesResults(run, phase.state) && run.resultCharacters > payloadBytes;
  const result = isTooMuch
    ? "x".repeat(payloadBytes + 1)
    : mapRunResult(phase, turn.execution.info);
  const tooBig = sizeFailure(turn, result, phase.state.name);
  if (tooBig !== undefined) return failMapRun(turn, frame, tooBig);
  emit(turn, { kind: "MapRunSucceeded", frame: frame.id });
  emit(turn, { kind: "ForkSucceeded", frame: frame.id });
  turn.work.push(frame);
}
