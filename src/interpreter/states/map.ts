import type { MapState } from "../../asl/definition.ts";
import type { Json, JsonArray } from "../../json/json.ts";
import { applyPath, applyTemplate } from "../data-flow.ts";
import type { ForkPhase, Frame } from "../execution.ts";
import { fail } from "../failure.ts";
import { scopeOf } from "../scope.ts";
import { emit, runtimeFailure, sizeFailure, type Failure, type Turn } from "../turn.ts";
import { readAmount } from "./amount.ts";

/** Map, INLINE: the items run as iterations of this execution, as many at once as allowed. */
export function runMap(turn: Turn, frame: Frame, state: MapState): void {
  if (state.mode === "DISTRIBUTED") {
    const cause = "Distributed Map is not supported by this version of Stepwell. Use Mode INLINE.";
    return fail(turn, frame, runtimeFailure(frame, cause));
  }
  const input = applyPath(turn, frame, state.inputPath, frame.input);
  if (!input.ok) return fail(turn, frame, input.failure);
  const items = readItems(turn, frame, state, input.value);
  if (!items.ok) return fail(turn, frame, items.failure);
  const wanted = readAmount(turn, frame, state.maxConcurrency, input.value, "MaxConcurrency", 0);
  if (!wanted.ok) return fail(turn, frame, wanted.failure);
  const { inlineMapConcurrency } = turn.execution.limits;
  emit(turn, {
    kind: "MapStarted",
    frame: frame.id,
    input: input.value,
    items: items.value,
    concurrency: Math.min(wanted.value || inlineMapConcurrency, inlineMapConcurrency),
  });
  turn.work.push(frame);
}

function readItems(
  turn: Turn,
  frame: Frame,
  state: MapState,
  input: Json,
): { ok: true; value: JsonArray } | { ok: false; failure: Failure } {
  const path = state.itemsPath?.text ?? "$";
  const scope = scopeOf(turn, frame, input);
  const items = state.itemsPath === undefined ? input : state.itemsPath.read(scope);
  if (items === undefined) {
    const cause = `Invalid path '${path}' : ${state.itemsPath?.failure(scope)}`;
    return { ok: false, failure: runtimeFailure(frame, cause) };
  }
  if (Array.isArray(items)) return { ok: true, value: items as JsonArray };
  const cause = `Reference path "${path}" must point to array.`;
  return { ok: false, failure: runtimeFailure(frame, cause) };
}

/** Starts as many iterations as there are free places; all done: the Map is. */
export function continueMap(turn: Turn, frame: Frame, state: MapState): void {
  const fork = frame.phase as ForkPhase;
  if (fork.succeeded === fork.total) {
    emit(turn, { kind: "ForkSucceeded", frame: frame.id });
    turn.work.push(frame);
    return;
  }
  while (fork.places.length > 0 && fork.started < fork.total) {
    if (!startIteration(turn, frame, state, fork, fork.started)) return;
  }
}

/** False if the iteration could not be started, which fails the Map. */
function startIteration(
  turn: Turn,
  frame: Frame,
  state: MapState,
  fork: ForkPhase,
  index: number,
): boolean {
  const item = fork.items?.[index] ?? null;
  let input = item;
  if (state.itemSelector !== undefined) {
    const extras = { item: { index, value: item } };
    const selected = applyTemplate(turn, frame, state.itemSelector, fork.input, extras);
    const failure = selected.ok ? sizeFailure(turn, selected.value, state.name) : selected.failure;
    if (!selected.ok || failure !== undefined) {
      fail(turn, frame, failure as Failure);
      return false;
    }
    input = selected.value;
  }
  const child = turn.execution.nextFrameId;
  emit(turn, { kind: "IterationStarted", frame: frame.id, index, input });
  turn.work.push(turn.execution.frames.get(child)!);
  return true;
}
