/**
 * The stages between a state's raw input and its output in the JSONPath dialect: InputPath,
 * Parameters, (work), ResultSelector, ResultPath, OutputPath (States Language, "Input and Output
 * Processing"). Each stage answers a value or the failure of the state.
 */
import type { PathField, ResultPathField } from "../asl/definition.ts";
import type { Payload } from "../data/evaluation.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";
import type { ContextExtras } from "./context.ts";
import type { Frame } from "./execution.ts";
import { scopeOf } from "./scope.ts";
import {
  evaluationFailure,
  runtimeFailure,
  stateFailure,
  type Failure,
  type Turn,
} from "./turn.ts";

export type Stage = { readonly ok: true; readonly value: Json } | Failed;

export interface Failed {
  readonly ok: false;
  readonly failure: Failure;
}

const EMPTY: JsonObject = {};

/** InputPath or OutputPath applied to `value`. */
export function applyPath(turn: Turn, frame: Frame, path: PathField, value: Json): Stage {
  if (path === undefined) return { ok: true, value };
  if (path === null) return { ok: true, value: EMPTY };
  const scope = scopeOf(turn, frame, value);
  const found = path.read(scope);
  if (found !== undefined) return { ok: true, value: found };
  const cause = `Invalid path '${path.text}' : ${path.failure(scope)}`;
  return { ok: false, failure: runtimeFailure(frame, cause) };
}

/** A payload template over `value`; without one the value itself. */
export function applyTemplate(
  turn: Turn,
  frame: Frame,
  template: Payload | undefined,
  value: Json,
  extras?: ContextExtras,
): Stage {
  if (template === undefined) return { ok: true, value };
  const evaluated = template.evaluate(scopeOf(turn, frame, value, extras));
  if (evaluated.ok) return evaluated;
  if ("pending" in evaluated) throw new Error("a JSONata payload in a JSONPath state");
  return { ok: false, failure: evaluationFailure(frame, evaluated) };
}

/** Puts `result` into the raw input. */
export function applyResultPath(
  frame: Frame,
  resultPath: ResultPathField,
  rawInput: Json,
  result: Json,
): Stage {
  if (resultPath === undefined) return { ok: true, value: result };
  if (resultPath === null) return { ok: true, value: rawInput };
  const merged = resultPath.write(rawInput, result);
  if (merged !== undefined) return { ok: true, value: merged };
  const cause = `Unable to apply ReferencePath ${resultPath.text} to input ${stringify(rawInput)}`;
  return {
    ok: false,
    failure: stateFailure(frame, { error: "States.ResultPathMatchFailure", cause }),
  };
}

/** The variables that `assign` sets, with `$` = `value`; undefined without an Assign. */
export function evaluateAssign(
  turn: Turn,
  frame: Frame,
  assign: Payload | undefined,
  value: Json,
): { readonly ok: true; readonly assigned: JsonObject | undefined } | Failed {
  if (assign === undefined) return { ok: true, assigned: undefined };
  const stage = applyTemplate(turn, frame, assign, value);
  return stage.ok ? { ok: true, assigned: stage.value as JsonObject } : stage;
}
