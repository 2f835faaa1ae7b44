/** Map and Parallel under TestState: everything around their children happens, the children do not. */
import type { ItemBatcher, MapState, ParallelState } from "../../asl/definition.ts";
import type { Json, JsonArray } from "../../json/json.ts";
import { rememberSource } from "../../json/source.ts";
import { stringify } from "../../json/stringify.ts";
import { applyInputPath, applyPayload, type Halted } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { fail } from "../failure.ts";
import { halt } from "../halt.ts";
import { readAmount } from "../states/amount.ts";
import { readItems } from "../states/map.ts";
import { runtimeFailure, type Turn } from "../turn.ts";
import { batchItems } from "./item-batches.ts";
import { MockRefused, type MockedOutcome, type MockedWork } from "./mocked-work.ts";
import { readReaderData } from "./reader-data.ts";

type Outcome<Value> = { readonly ok: true; readonly value: Value } | Halted;

/** Runs the Map or Parallel of one TestState call. */
export class MockedFork {
  readonly #work: MockedWork;
  /** What the ItemSelector gave so far: it goes on where it waited for the guarded evaluator. */
  readonly #selected: Json[] = [];

  constructor(work: MockedWork) {
    this.#work = work;
  }

  /** See `Probe.runFork`. Throws MockRefused. */
  run(turn: Turn, frame: Frame, state: MapState | ParallelState): void {
    if (state.type === "Parallel") return finish(turn, frame, this.#work.outcome);
    const iterations = this.#iterations(turn, frame, state);
    if (!iterations.ok) return halt(turn, frame, iterations);
    finish(turn, frame, iterations.value);
  }

  /** What becomes of the iterations. */
  #iterations(turn: Turn, frame: Frame, state: MapState): Outcome<MockedOutcome> {
    const input = applyInputPath(turn, frame, state.inputPath);
    if (!input.ok) return input;
    const concurrency = readAmount(
      turn,
      frame,
      state.maxConcurrency,
      input.value,
      "MaxConcurrency",
      0,
    );
    if (!concurrency.ok) return concurrency;
    turn.probe?.count("maxConcurrency", concurrency.value ?? 0);
    const tolerated = readTolerance(turn, frame, state, input.value);
    if (!tolerated.ok) return tolerated;
    const items = this.#items(turn, frame, state, input.value);
    if (!items.ok) return items;
    const { outcome, failedIterations = 0 } = this.#work;
    const total = items.value?.length ?? resultLength(outcome);
    if (total !== undefined && failedIterations > total) {
      throw new MockRefused(
        "Map iteration failure count must be less than or equal to the number of Map iterations",
      );
    }
    if (outcome.type === "Error") return { ok: true, value: outcome };
    const exceeded = isExceeded(tolerated.value, failedIterations, total ?? 0);
    return { ok: true, value: exceeded ? THRESHOLD_EXCEEDED : outcome };
  }

  /** The inputs of the iterations; undefined: unknown. */
  #items(turn: Turn, frame: Frame, state: MapState, input: Json): Outcome<JsonArray | undefined> {
    const items =
      state.itemReader === undefined
        ? readItems(turn, frame, state, input)
        : this.#readerItems(turn, frame, state, input);
    if (!items.ok || items.value === undefined) return items;
    if (state.itemReader === undefined && state.language === "JSONPath") {
      turn.probe?.inspect("afterItemsPath", listOf(items.value));
    }
    const selected = this.#select(turn, frame, state, input, items.value);
    if (!selected.ok || state.itemBatcher === undefined) return selected;
    const batches = readBatches(turn, frame, state.itemBatcher, input, selected.value);
    if (batches.ok) turn.probe?.inspect("afterItemBatcher", listOf(batches.value));
    return batches;
  }

  #readerItems(
    turn: Turn,
    frame: Frame,
    { itemReader: reader }: MapState,
    input: Json,
  ): Outcome<JsonArray | undefined> {
    if (reader === undefined) return { ok: true, value: undefined };
    const parameters = applyPayload(turn, frame, reader.parameters, input);
    if (!parameters.ok) return parameters;
    const most = readAmount(turn, frame, reader.maxItems, input, "MaxItems", 0);
    if (!most.ok) return most;
    const { readerData } = this.#work;
    const read = readerData === undefined ? undefined : readReaderData(readerData, reader);
    if (read === undefined) return { ok: true, value: undefined };
    if ("problem" in read) {
      const cause = `The ItemReader cannot read mapItemReaderData: ${read.problem}`;
      return { ok: false, failure: { error: "States.ItemReaderFailed", cause } };
    }
    if (read.pointed) turn.probe?.inspect("afterItemsPointer", listOf(read.items));
    return { ok: true, value: most.value ? read.items.slice(0, most.value) : read.items };
  }

  #select(
    turn: Turn,
    frame: Frame,
    { itemSelector }: MapState,
    input: Json,
    items: JsonArray,
  ): Outcome<JsonArray> {
    if (itemSelector === undefined) return { ok: true, value: items };
    for (let index = this.#selected.length; index < items.length; index++) {
      const extras = { item: { index, value: items[index] ?? null } };
      const selected = applyPayload(turn, frame, itemSelector, input, extras);
      if (!selected.ok) return selected;
      this.#selected.push(selected.value);
      forgetItemSelector(frame);
    }
    turn.probe?.inspect("afterItemSelector", listOf(this.#selected));
    return { ok: true, value: this.#selected };
  }
}

/** What the evaluator gave for one item is not meant for the next. */
function forgetItemSelector(frame: Frame): void {
  for (const field of frame.evaluation?.results.keys() ?? []) {
    if (field.startsWith("ItemSelector")) frame.evaluation?.results.delete(field);
  }
}

/** An execution under test has no journal: what became of the children is set without an event. */
function finish(turn: Turn, frame: Frame, outcome: MockedOutcome): void {
  if (outcome.type === "Error") return fail(turn, frame, outcome);
  frame.result = outcome.value;
  frame.phase = { type: "Worked" };
}

interface Tolerance {
  readonly count: number | undefined;
  /** 0 to 100. */
  readonly percentage: number | undefined;
}

function readTolerance(turn: Turn, frame: Frame, state: MapState, input: Json): Outcome<Tolerance> {
  const { toleratedFailureCount, toleratedFailurePercentage } = state;
  const field = "ToleratedFailureCount";
  const count = readAmount(turn, frame, toleratedFailureCount, input, field, 0);
  if (!count.ok) return count;
  if (count.value !== undefined) turn.probe?.count("toleratedFailureCount", count.value);
  const share = "ToleratedFailurePercentage";
  const percentage = readAmount(turn, frame, toleratedFailurePercentage, input, share, 0);
  if (!percentage.ok) return percentage;
  if (percentage.value !== undefined) {
    if (percentage.value > 100) {
      const cause = "ToleratedFailurePercentage must be less than or equal to 100.";
      return { ok: false, failure: runtimeFailure(frame, cause) };
    }
    turn.probe?.count("toleratedFailurePercentage", percentage.value);
  }
  return { ok: true, value: { count: count.value, percentage: percentage.value } };
}

/** Recorded from AWS: without a threshold of its own, TestState's Map tolerates every failure. */
function isExceeded({ count, percentage }: Tolerance, failed: number, total: number): boolean {
  if (count !== undefined && failed > count) return true;
  return percentage !== undefined && failed * 100 > percentage * total;
}

const THRESHOLD_EXCEEDED: MockedOutcome = {
  type: "Error",
  error: "States.ExceedToleratedFailureThreshold",
  cause: "The specified tolerated failure threshold was exceeded",
};

function readBatches(
  turn: Turn,
  frame: Frame,
  batcher: ItemBatcher,
  input: Json,
  items: JsonArray,
): Outcome<JsonArray> {
  const { maxItemsPerBatch, maxInputBytesPerBatch, batchInput } = batcher;
  const most = readAmount(turn, frame, maxItemsPerBatch, input, "MaxItemsPerBatch", 0);
  if (!most.ok) return most;
  const field = "MaxInputBytesPerBatch";
  const bytes = readAmount(turn, frame, maxInputBytesPerBatch, input, field, 0);
  if (!bytes.ok) return bytes;
  let head: Json | undefined;
  if (batchInput !== undefined) {
    const evaluated = applyPayload(turn, frame, batchInput, input);
    if (!evaluated.ok) return evaluated;
    head = evaluated.value;
  }
  return { ok: true, value: batchItems(items, { items: most.value, bytes: bytes.value }, head) };
}

function resultLength(outcome: MockedOutcome): number | undefined {
  return outcome.type === "Result" && Array.isArray(outcome.value)
    ? outcome.value.length
    : undefined;
}

/** Recorded from AWS: the items stand there with a blank after each comma. */
function listOf(items: JsonArray): JsonArray {
  const list = [...items];
  rememberSource(list, `[${items.map(stringify).join(", ")}]`);
  return list;
}
