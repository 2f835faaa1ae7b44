import type { MapState } from "../../asl/definition.ts";
import type { Json, JsonArray } from "../../json/json.ts";
import { stringify } from "../../json/stringify.ts";
import { applyInputPath, applyPayload, type Halted, type Stage } from "../data-flow.ts";
import type { ForkPhase, Frame } from "../execution.ts";
import { fail } from "../failure.ts";
import { halt } from "../halt.ts";
import { scopeOf } from "../scope.ts";
import { emit, evaluationFailure, runtimeFailure, sizeFailure, type Turn } from "../turn.ts";
import { readAmount } from "./amount.ts";
import { runDistributedMap } from "./map-run-start.ts";
import { typedPayload } from "./typed-payload.ts";

/** Map, INLINE: the items run as iterations of this execution, as many at once as allowed. */
export function runMap(turn: Turn, frame: Frame, state: MapState): void {
  if (turn.probe?.runFork !== undefined) return turn.probe.runFork(turn, frame, state);
  if (state.mode === "DISTRIBUTED") return runDistributedMap(turn, frame, state);
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  const items = readItems(turn, frame, state, input.value);
  if (!items.ok) return halt(turn, frame, items);
  const wanted = readAmount(turn, frame, state.maxConcurrency, input.value, "MaxConcurrency", 0);
  if (!wanted.ok) return halt(turn, frame, wanted);
  turn.probe?.inspect("afterItemsPath", items.value);
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

/** The items of a Map without an ItemReader. */
export function readItems(
  turn: Turn,
  frame: Frame,
  state: MapState,
  input: Json,
): { readonly ok: true; readonly value: JsonArray } | Halted {
  const stage =
    state.language === "JSONata"
      ? jsonataItems(turn, frame, state)
      : jsonPathItems(turn, frame, state, input);
  return stage.ok ? { ok: true, value: stage.value as JsonArray } : stage;
}

/** Recorded from AWS: an inline Map takes arrays only. */
function jsonataItems(turn: Turn, frame: Frame, state: MapState): Stage {
  if (state.items !== undefined) {
    const stage = typedPayload(turn, frame, state.items, "Items", "array");
    if (!stage.ok || stage.value === frame.input) return stage;
    const tooBig = sizeFailure(turn, stage.value, state.name);
    return tooBig === undefined ? stage : { ok: false, failure: tooBig };
  }
  if (Array.isArray(frame.input)) return { ok: true, value: frame.input };
  const cause = `Map state input must be an array but was: ${stringify(frame.input)}`;
  const failure = { ok: false, error: "States.QueryEvaluationError", cause } as const;
  return { ok: false, failure: evaluationFailure(frame, failure, undefined) };
}

function jsonPathItems(turn: Turn, frame: Frame, state: MapState, input: Json): Stage {
  const path = state.itemsPath?.text ?? "$";
  const scope = scopeOf(turn, frame, input);
  const items = state.itemsPath === undefined ? input : state.itemsPath.read(scope);
  if (Array.isArray(items)) return { ok: true, value: items };
  const cause =
    items === undefined
      ? `Invalid path '${path}' : ${state.itemsPath?.failure(scope)}`
      : `Reference path "${path}" must point to array.`;
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

/** False if the iteration could not be started: the Map failed, or waits for an evaluation. */
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
    const selected = applyPayload(turn, frame, state.itemSelector, fork.input, extras);
    if (!selected.ok) {
      halt(turn, frame, selected);
      return false;
    }
    const tooBig = sizeFailure(turn, selected.value, state.name);
    if (tooBig !== undefined) {
      fail(turn, frame, tooBig);
      return false;
    }
    input = selected.value;
  }
  const child = turn.execution.nextFrameId;
  emit(turn, { kind: "IterationStarted", frame: frame.id, index, input });
  turn.work.push(turn.execution.frames.get(child)!);
  return true;
}
