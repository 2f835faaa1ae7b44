/** The input of a child execution: its item, what ItemSelector makes of it, or a batch of them. */
import type { Json } from "../../json/json.ts";
import { utf8Length } from "../../json/size.ts";
import { applyPayload, type Stage } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import type { SourceItem } from "../map-data.ts";
import type { MapRun, MapRunPhase } from "../map-run.ts";
import { itemAt } from "../map-work.ts";
import type { ChildInput } from "../map-work.ts";
import { print } from "../print.ts";
import type { ScopeExtras } from "../scope.ts";
import { sizeFailure, type Turn } from "../turn.ts";

/** Bytes of `{"BatchInput":,"Items":[]}`. */
const BATCH_FRAME_BYTES = 26;
const ITEMS_FRAME_BYTES = 12;

export function newChildInput(index: number, first: number, count: number | undefined): ChildInput {
  const making = { batchInput: undefined, items: [], bytes: 0, unread: undefined };
  return { index, first, count, ...making };
}

/** An item must be read first: `making.unread`. */
export interface Unread {
  readonly ok: false;
  readonly unread: number;
}

/**
 * Goes on until the input is there, an item must be read, or an expression needs the guarded
 * evaluator: then `making` keeps what is done, and the next call finds the item, or the answer in
 * `frame.evaluation`.
 */
export function buildChildInput(
  turn: Turn,
  frame: Frame,
  phase: MapRunPhase,
  run: MapRun,
  making: ChildInput,
): Stage | Unread {
  const { batch } = run;
  if (batch === undefined) {
    const selected = nextItem(turn, frame, phase, run, making);
    if (!selected.ok) return selected;
    making.items.push(selected.value);
    return checkSize(turn, phase, selected.value);
  }
  const started = startBatch(turn, frame, phase, making);
  if (!started.ok) return started;
  const total = run.totalItems ?? Infinity;
  const last = Math.min(total, making.first + (making.count ?? batch.items ?? total));
  while (making.first + making.items.length < last) {
    const selected = nextItem(turn, frame, phase, run, making);
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

/** What becomes of the next item of `making`. */
function nextItem(
  turn: Turn,
  frame: Frame,
  phase: MapRunPhase,
  run: MapRun,
  making: ChildInput,
): Stage | Unread {
  const index = making.first + making.items.length;
  const item = itemOf(frame, phase, run, index);
  if (item === undefined) {
    making.unread = index;
    return { ok: false, unread: index };
  }
  making.unread = undefined;
  const { itemSelector } = phase.state;
  if (itemSelector === undefined) return { ok: true, value: item.value };
  const extras: ScopeExtras = { item: { index, ...item } };
  const selected = applyPayload(turn, frame, itemSelector, phase.input, extras);
  if (selected.ok) evaluated(turn, frame);
  return selected;
}

/** Undefined: it must be read first. */
function itemOf(
  { mapWork }: Frame,
  { items, keys }: MapRunPhase,
  run: MapRun,
  index: number,
): SourceItem | undefined {
  if (run.query === undefined) {
    return { value: items[index] ?? null, key: keys?.[index], source: "STATE_DATA" };
  }
  return mapWork === undefined ? undefined : itemAt(mapWork, index);
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
