/** Map, DISTRIBUTED: the items run as child executions of their own, in a Map Run. */
import type { MapState } from "../../asl/definition.ts";
import type { JsonArray, JsonObject } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { stringify } from "../../json/stringify.ts";
import { applyInputPath, applyPayload, type Halted } from "../data-flow.ts";
import type { Failure, Frame } from "../execution.ts";
import { fail, stopChildExecutions } from "../failure.ts";
import { halt } from "../halt.ts";
import { exceedsTolerance, hasPlace, isComplete, mapRunRef, mapRunResult } from "../map-run.ts";
import type { MapRun, MapRunPhase, MapRunSettings } from "../map-run.ts";
import { print } from "../print.ts";
import type { MapRunId, Signal } from "../signal.ts";
import { scopeOf } from "../scope.ts";
import { emit, evaluationFailure, runtimeFailure, sizeFailure, type Turn } from "../turn.ts";
import { readAmount } from "./amount.ts";
import { buildChildInput, newChildInput } from "./child-input.ts";
import { readPercentage } from "./percentage.ts";
import { unexpected } from "./typed-payload.ts";

/** Takes the items out of the state's data. What needs S3 fails the state. */
export function runDistributedMap(turn: Turn, frame: Frame, state: MapState): void {
  const missing = notInThisVersion(state);
  if (missing !== undefined) {
    const cause = `${missing} of a distributed Map is not in this version of Stepwell.`;
    return fail(turn, frame, runtimeFailure(frame, cause));
  }
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  const found = readItems(turn, frame, state, input.value);
  if (!found.ok) return halt(turn, frame, found);
  const { items } = found;
  emit(turn, { kind: "DistributedMapStarted", frame: frame.id, input: input.value, items });
  turn.work.push(frame);
}

function notInThisVersion({ itemReader, resultWriter }: MapState): string | undefined {
  if (itemReader !== undefined) return "ItemReader (items from S3)";
  if (resultWriter?.resource !== undefined) return "ResultWriter with a Resource (results in S3)";
  if (resultWriter?.transformation === "NONE") return "ResultWriter's Transformation NONE";
  return undefined;
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
  if (isArray(value) || isObject(value)) return { ok: true, items: value };
  if (state.items !== undefined) return unexpected(frame, state.items, "Items", "array", value);
  const cause = `Map state input must be an array but was: ${stringify(value)}`;
  const failure = { ok: false, error: "States.QueryEvaluationError", cause } as const;
  return { ok: false, failure: evaluationFailure(frame, failure, undefined) };
}

/** Starts the run, then children as long as there are places, and ends it when all have ended. */
export function continueDistributedMap(turn: Turn, frame: Frame, phase: MapRunPhase): void {
  const { run } = phase;
  if (run === undefined) return startMapRun(turn, frame, phase);
  const waiting = frame.childInputs?.building;
  if (waiting !== undefined) return makeChild(turn, frame, phase, run);
  const missing = frame.childInputs?.missing.shift();
  if (missing !== undefined) {
    const range = run.running.get(missing);
    if (range === undefined) return;
    build(frame).building = newChildInput(missing, range.first, range.count);
    return makeChild(turn, frame, phase, run);
  }
  if (isComplete(run)) return finish(turn, frame, phase);
  if (!hasPlace(run, turn.execution.limits)) return;
  const count = run.batch === undefined ? 1 : undefined;
  build(frame).building = newChildInput(run.nextChild, run.nextItem, count);
  makeChild(turn, frame, phase, run);
}

function build(frame: Frame): NonNullable<Frame["childInputs"]> {
  return (frame.childInputs ??= { missing: [], building: undefined });
}

/** Recorded from AWS: what is wrong with the tolerance shows only after MapStateStarted. */
function startMapRun(turn: Turn, frame: Frame, phase: MapRunPhase): void {
  const { state, input } = phase;
  const concurrency = readAmount(turn, frame, state.maxConcurrency, input, "MaxConcurrency", 0);
  if (!concurrency.ok) return halt(turn, frame, concurrency);
  const { toleratedFailureCount, toleratedFailurePercentage, itemBatcher } = state;
  const count = readAmount(turn, frame, toleratedFailureCount, input, "ToleratedFailureCount", 0);
  if (!count.ok) return halt(turn, frame, count);
  const field = "ToleratedFailurePercentage";
  const percentage = readPercentage(turn, frame, toleratedFailurePercentage, input, field);
  if (!percentage.ok) return halt(turn, frame, percentage);
  const items = readAmount(
    turn,
    frame,
    itemBatcher?.maxItemsPerBatch,
    input,
    "MaxItemsPerBatch",
    0,
  );
  if (!items.ok) return halt(turn, frame, items);
  const maxBytes = itemBatcher?.maxInputBytesPerBatch;
  const bytes = readAmount(turn, frame, maxBytes, input, "MaxInputBytesPerBatch", 0);
  if (!bytes.ok) return halt(turn, frame, bytes);
  const { execution, surroundings } = turn;
  emit(turn, {
    kind: "MapRunStarted",
    frame: frame.id,
    uuid: surroundings.mapRunUuid(execution.lastEventId + 1),
    label: state.label ?? madeLabel(turn, state),
    settings: {
      maxConcurrency: concurrency.value ?? 0,
      toleratedFailureCount: count.value,
      toleratedFailurePercentage: percentage.value,
    },
    batch:
      itemBatcher === undefined
        ? undefined
        : { items: items.value || undefined, bytes: bytes.value || undefined },
  });
  turn.work.push(frame);
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

/** Goes on with the child's input; when that is there the child can start. */
function makeChild(turn: Turn, frame: Frame, phase: MapRunPhase, run: MapRun): void {
  const making = frame.childInputs?.building;
  if (making === undefined) return;
  const made = buildChildInput(turn, frame, phase, run, making);
  if (!made.ok) {
    if ("failure" in made) failMapRun(turn, frame, made.failure);
    else halt(turn, frame, made);
    return;
  }
  build(frame).building = undefined;
  const { index, items } = making;
  if (!run.running.has(index)) {
    emit(turn, { kind: "ChildStarted", frame: frame.id, items: items.length });
    // Hidden events do not count; but a decision must not start children without a bound.
    turn.events++;
  }
  const command = { type: "StartChild", run: mapRunRef(run), index } as const;
  turn.commands.push({ ...command, items: items.length, input: made.value });
  turn.work.push(frame);
}

function finish(turn: Turn, frame: Frame, phase: MapRunPhase): void {
  const { run, state } = phase;
  const { payloadBytes } = turn.execution.limits;
  const isTooMuch = run !== undefined && run.resultCharacters > payloadBytes;
  const tooBig = isTooMuch
    ? sizeFailure(turn, "x".repeat(payloadBytes + 1), state.name)
    : sizeFailure(turn, mapRunResult(phase), state.name);
  if (tooBig !== undefined) return failMapRun(turn, frame, tooBig);
  emit(turn, { kind: "MapRunSucceeded", frame: frame.id });
  emit(turn, { kind: "ForkSucceeded", frame: frame.id });
  turn.work.push(frame);
}

/** Ends the run and its children, and with it the Map state. */
function failMapRun(turn: Turn, frame: Frame, failure: Failure): void {
  stopChildExecutions(turn, frame);
  const { error, cause } = failure;
  emit(turn, { kind: "MapRunFailed", frame: frame.id, error, cause });
  fail(turn, frame, failure);
  turn.work.push(frame);
}

/** A child has ended; late news of a run that is over changes nothing. */
export function childEnded(turn: Turn, signal: Signal & { readonly type: "ChildEnded" }): void {
  const open = openMapRun(turn, signal.run);
  const { index, status, output } = signal;
  if (open?.run.running.has(index) !== true) return;
  const { frame, run } = open;
  const characters = output === undefined ? 0 : print(output).text.length;
  const fits = run.resultCharacters + characters <= turn.execution.limits.payloadBytes;
  const kept = fits ? output : undefined;
  emit(turn, { kind: "ChildEnded", frame: frame.id, index, status, output: kept, characters });
  judge(turn, frame, run);
}

/** The child is to be started again, with an input that is made anew. */
export function childMissing(turn: Turn, id: MapRunId, index: number): void {
  const open = openMapRun(turn, id);
  if (open?.run.running.has(index) !== true) return;
  const { missing, building } = build(open.frame);
  if (missing.includes(index) || building?.index === index) return;
  missing.push(index);
  turn.work.push(open.frame);
}

export function mapRunUpdated(
  turn: Turn,
  id: MapRunId,
  wanted: (Signal & { readonly type: "MapRunUpdated" })["settings"],
): void {
  const open = openMapRun(turn, id);
  if (open === undefined) return;
  const { frame, run } = open;
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
  if (exceedsTolerance(run)) {
    const error = "States.ExceedToleratedFailureThreshold";
    const cause = "The specified tolerated failure threshold was exceeded";
    return failMapRun(turn, frame, { error, cause });
  }
  turn.work.push(frame);
}

/** The frame that waits for this very run, while it runs. */
function openMapRun(turn: Turn, id: MapRunId): { frame: Frame; run: MapRun } | undefined {
  const frame = turn.execution.frames.get(id.frame);
  if (frame?.phase.type !== "MapRun") return undefined;
  const { run } = frame.phase;
  if (run?.id.startedEventId !== id.startedEventId || run.status !== "RUNNING") return undefined;
  return { frame, run };
}
