/** The input of a child execution: its item, what ItemSelector makes of it, or a batch of them. */
import type { Json } from "../../json/json.ts";
import { utf8Length } from "../../json/size.ts";
import { applyPayload, type Stage } from "../data-flow.ts";
import type { ChildInput, Frame } from "../execution.ts";
import type { MapRun, MapRunPhase } from "../map-run.ts";
import { print } from "../print.ts";
import type { ScopeExtras } from "../scope.ts";
import { sizeFailure, type Turn } from "../turn.ts";

/** Bytes of `{"BatchInput":,"Items":[]}`. */
const BATCH_FRAME_BYTES = 26;
const ITEMS_FRAME_BYTES = 12;

export function newChildInput(index: number, first: number, count: number | undefined): ChildInput {
  return { index, first, count, batchInput: undefined, items: [], bytes: 0 };
}

/**
 * Goes on until the input is there, or an expression needs the guarded evaluator: then `making` keeps
 * what is done, and the next call finds the answer in `frame.evaluation`.
 */
export function buildChildInput(
  turn: Turn,
  frame: Frame,
  phase: MapRunPhase,
  run: MapRun,
  making: ChildInput,
): Stage {
  const { batch } = run;
  if (batch === undefined) {
    const selected = selectItem(turn, frame, phase, making.first);
    if (!selected.ok) return selected;
    making.items.push(selected.value);
    return checkSize(turn, phase, selected.value);
  }
  const started = startBatch(turn, frame, phase, making);
  if (!started.ok) return started;
  const last = Math.min(
    phase.items.length,
    making.first + (making.count ?? batch.items ?? phase.items.length),
  );
  while (making.first + making.items.length < last) {
    const selected = selectItem(turn, frame, phase, making.first + making.items.length);
    if (!selected.ok) return selected;
    const bytes = utf8Length(print(selected.value).text) + (making.items.length > 0 ? 1 : 0);
    const isFull = making.bytes + bytes > (batch.bytes ?? Infinity);
    if (isFull && making.count === undefined && making.items.length > 0) break;
    making.items.push(selected.value);
    making.bytes += bytes;
    // One item alone is more than a batch may be.
    if (isFull && making.count === undefined) return tooBig(phase);
  }
  const { batchInput, items } = making;
  const input = { ...(batchInput === undefined ? {} : { BatchInput: batchInput }), Items: items };
  return checkSize(turn, phase, input);
}

function startBatch(turn: Turn, frame: Frame, phase: MapRunPhase, making: ChildInput): Stage {
  const template = phase.state.itemBatcher?.batchInput;
  if (making.bytes > 0) return { ok: true, value: null };
  if (template === undefined) {
    making.bytes = ITEMS_FRAME_BYTES;
    return { ok: true, value: null };
  }
  const stage = applyPayload(turn, frame, template, phase.input);
  if (!stage.ok) return stage;
  evaluated(turn, frame);
  making.batchInput = stage.value;
  making.bytes = BATCH_FRAME_BYTES + utf8Length(print(stage.value).text);
  return stage;
}

function selectItem(turn: Turn, frame: Frame, phase: MapRunPhase, index: number): Stage {
  const { state, items, keys, input } = phase;
  const value = items[index] ?? null;
  if (state.itemSelector === undefined) return { ok: true, value };
  const item = { index, value, key: keys?.[index], source: "STATE_DATA" } as const;
  const extras: ScopeExtras = { item };
  const selected = applyPayload(turn, frame, state.itemSelector, input, extras);
  if (selected.ok) evaluated(turn, frame);
  return selected;
}

/** The guarded evaluator's answers are for this item alone. */
function evaluated(turn: Turn, frame: Frame): void {
  frame.evaluation = undefined;
  if (turn.evaluated === frame) turn.evaluated = undefined;
}

function checkSize(turn: Turn, { state }: MapRunPhase, value: Json): Stage {
  const failure = sizeFailure(turn, value, state.name);
  return failure === undefined ? { ok: true, value } : { ok: false, failure };
}

function tooBig({ state }: MapRunPhase): Stage {
  const cause = `An item of the state '${state.name}' alone is larger than MaxInputBytesPerBatch.`;
  return { ok: false, failure: { error: "States.DataLimitExceeded", cause } };
}
