/** Map, DISTRIBUTED: from the state's fields to a Map Run. */
import type { Amount, ItemReader, MapState, ResultWriter } from "../../asl/definition.ts";
import type { Payload } from "../../data/evaluation.ts";
import type { Json, JsonArray, JsonObject } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { stringify } from "../../json/stringify.ts";
import { applyInputPath, applyPayload, type Halted } from "../data-flow.ts";
import type { Event, ReaderFields } from "../event.ts";
import type { Frame } from "../execution.ts";
import { halt } from "../halt.ts";
import type { MapRunPhase } from "../map-run.ts";
import { scopeOf } from "../scope.ts";
import { emit, evaluationFailure, runtimeFailure, sizeFailure, type Turn } from "../turn.ts";
import { readAmount } from "./amount.ts";
import { failMapRun } from "./map-run-failure.ts";
import { readPercentage } from "./percentage.ts";
import { unexpected } from "./typed-payload.ts";

/** AWS: the most items that are read (Developer Guide, "MaxItems"). */
const MOST_ITEMS = 100_000_000;

/** Takes the items out of the state's data, unless there is an ItemReader. */
export function runDistributedMap(turn: Turn, frame: Frame, state: MapState): void {
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  const found: FoundItems =
    state.itemReader === undefined
      ? readItems(turn, frame, state, input.value)
      : { ok: true, items: [] };
  if (!found.ok) return halt(turn, frame, found);
  const { items } = found;
  emit(turn, { kind: "DistributedMapStarted", frame: frame.id, input: input.value, items });
  turn.work.push(frame);
}

type FoundItems = { readonly ok: true; readonly items: JsonArray | JsonObject } | Halted;

/** AWS: a distributed Map takes the members of an object as items, too. */
function readItems(
  turn: Turn,
  frame: Frame,
  state: MapState,
  input: MapRunPhase["input"],
): FoundItems {
  if (state.language === "JSONata") return jsonataItems(turn, frame, state);
  const scope = scopeOf(turn, frame, input);
  const items = state.itemsPath === undefined ? input : state.itemsPath.read(scope);
  if (isArray(items) || isObject(items)) return { ok: true, items };
  const path = state.itemsPath?.text ?? "$";
  const cause =
    items === undefined
      ? `Invalid path '${path}' : ${state.itemsPath?.failure(scope)}`
      : `Reference path "${path}" must point to array.`;
  return { ok: false, failure: runtimeFailure(frame, cause) };
}

function jsonataItems(turn: Turn, frame: Frame, state: MapState): FoundItems {
  const stage = applyPayload(turn, frame, state.items, frame.input);
  if (!stage.ok) return stage;
  const { value } = stage;
  if (isArray(value) || isObject(value)) {
    const tooBig = value === frame.input ? undefined : sizeFailure(turn, value, state.name);
    return tooBig === undefined ? { ok: true, items: value } : { ok: false, failure: tooBig };
  }
  if (state.items !== undefined) return unexpected(frame, state.items, "Items", "array", value);
  const cause = `Map state input must be an array but was: ${stringify(value)}`;
  const failure = { ok: false, error: "States.QueryEvaluationError", cause } as const;
  return { ok: false, failure: evaluationFailure(frame, failure, undefined) };
}

/**
 * Recorded from AWS: what is wrong with the tolerance shows only after MapStateStarted, and what is
 * wrong with the reader only after MapRunStarted.
 */
export function startMapRun(turn: Turn, frame: Frame, phase: MapRunPhase): void {
  const fields = readFields(turn, frame, phase);
  if (!fields.ok) return halt(turn, frame, fields);
  const { execution, surroundings } = turn;
  const { reader, ...rest } = fields.fields;
  const least = reader?.maxItems ?? 0;
  emit(turn, {
    kind: "MapRunStarted",
    frame: frame.id,
    uuid: surroundings.mapRunUuid(execution.lastEventId + 1),
    label: phase.state.label ?? madeLabel(turn, phase.state),
    ...rest,
    reader: reader && {
      parameters: reader.parameters,
      maxItems: least > 0 ? Math.min(least, MOST_ITEMS) : undefined,
    },
  });
  turn.work.push(frame);
  if (least < 0) {
    const cause = "field MaxItems must be positive";
    failMapRun(turn, frame, { error: "States.ItemReaderFailed", cause });
  } else if (phase.run?.place?.bucket === "") {
    const cause = "The field 'Bucket' of the ResultWriter must be the name of a bucket";
    failMapRun(turn, frame, { error: "States.ResultWriterFailed", cause });
  }
}

type RunFields = Pick<
  Extract<Event, { kind: "MapRunStarted" }>,
  "settings" | "batch" | "reader" | "writer"
>;

type Read<Value> = { readonly ok: true; readonly value: Value } | Halted;

function readFields(
  turn: Turn,
  frame: Frame,
  { state, input }: MapRunPhase,
): { readonly ok: true; readonly fields: RunFields } | Halted {
  const amount = (value: Amount | undefined, field: string): Read<number | undefined> =>
    readAmount(turn, frame, value, input, field, 0);
  const concurrency = amount(state.maxConcurrency, "MaxConcurrency");
  if (!concurrency.ok) return concurrency;
  const count = amount(state.toleratedFailureCount, "ToleratedFailureCount");
  if (!count.ok) return count;
  const { toleratedFailurePercentage, itemBatcher } = state;
  const field = "ToleratedFailurePercentage";
  const percentage = readPercentage(turn, frame, toleratedFailurePercentage, input, field);
  if (!percentage.ok) return percentage;
  const items = amount(itemBatcher?.maxItemsPerBatch, "MaxItemsPerBatch");
  if (!items.ok) return items;
  const bytes = amount(itemBatcher?.maxInputBytesPerBatch, "MaxInputBytesPerBatch");
  if (!bytes.ok) return bytes;
  const reader = readReader(turn, frame, state.itemReader, input);
  if (!reader.ok) return reader;
  const writer = readWriter(turn, frame, state.resultWriter, input);
  if (!writer.ok) return writer;
  const fields = {
    settings: {
      maxConcurrency: concurrency.value ?? 0,
      toleratedFailureCount: count.value,
      toleratedFailurePercentage: percentage.value,
    },
    batch:
      itemBatcher === undefined
        ? undefined
        : { items: items.value || undefined, bytes: bytes.value || undefined },
    reader: reader.value,
    writer: writer.value,
  };
  return { ok: true, fields };
}

function readReader(
  turn: Turn,
  frame: Frame,
  reader: ItemReader | undefined,
  input: Json,
): Read<ReaderFields | undefined> {
  if (reader === undefined) return { ok: true, value: undefined };
  const parameters = readObject(turn, frame, reader.parameters, input);
  if (!parameters.ok) return parameters;
  const least = Number.MIN_SAFE_INTEGER;
  const maxItems = readAmount(turn, frame, reader.maxItems, input, "MaxItems", least);
  if (!maxItems.ok) return maxItems;
  return { ok: true, value: { parameters: parameters.value, maxItems: maxItems.value } };
}

function readWriter(
  turn: Turn,
  frame: Frame,
  writer: ResultWriter | undefined,
  input: Json,
): Read<JsonObject | undefined> {
  if (writer?.resource === undefined) return { ok: true, value: undefined };
  return readObject(turn, frame, writer.parameters, input);
}

/** Parameters are an object; nothing else is. */
function readObject(
  turn: Turn,
  frame: Frame,
  payload: Payload | undefined,
  input: Json,
): Read<JsonObject> {
  if (payload === undefined) return { ok: true, value: {} };
  const stage = applyPayload(turn, frame, payload, input);
  if (!stage.ok) return stage;
  const tooBig = sizeFailure(turn, stage.value, frame.state?.name ?? "");
  if (tooBig !== undefined) return { ok: false, failure: tooBig };
  return { ok: true, value: isObject(stage.value) ? stage.value : {} };
}

/** AWS makes a UUID for a Map without a Label, and keeps to it. */
function madeLabel({ execution, surroundings }: Turn, { pointer }: MapState): string {
  const hex = surroundings.hash("MD5", `${execution.info.stateMachineArn} ${pointer}`);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `3${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
