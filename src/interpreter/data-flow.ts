/**
 * The stages between a state's raw input and its output. JSONPath: InputPath, Parameters, (work),
 * ResultSelector, ResultPath, OutputPath (States Language, "Input and Output Processing"); JSONata:
 * Arguments, (work), Output. Each stage answers a value, the failure of the state, or that the
 * guarded evaluator must be asked first.
 */
import type { PathField, ResultPathField } from "../asl/definition.ts";
import type { Payload, PendingExpression } from "../data/evaluation.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";
import type { Failure, Frame } from "./execution.ts";
import { scopeOf, type ScopeExtras } from "./scope.ts";
import { evaluationFailure, runtimeFailure, stateFailure, type Turn } from "./turn.ts";

export type Stage = { readonly ok: true; readonly value: Json } | Halted;

/** Why a stage gave no value. */
export type Halted = Failed | Blocked;

export interface Failed {
  readonly ok: false;
  readonly failure: Failure;
}

/** Expressions that only the guarded evaluator may evaluate, and what they see. */
export interface Blocked {
  readonly ok: false;
  readonly pending: readonly PendingExpression[];
  readonly extras: ScopeExtras;
}

const EMPTY: JsonObject = {};
const NO_EXTRAS: ScopeExtras = {};

/** The effective input: InputPath applied to the raw one. */
export function applyInputPath(turn: Turn, frame: Frame, path: PathField): Stage {
  const stage = applyPath(turn, frame, path, frame.input);
  if (turn.probe !== undefined && stage.ok && frame.state?.language === "JSONPath") {
    turn.probe.inspect("afterInputPath", stage.value);
  }
  return stage;
}

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

/** A field's value, in which `$` (JSONPath) is `value`; without a payload `value` itself. */
export function applyPayload(
  turn: Turn,
  frame: Frame,
  payload: Payload | undefined,
  value: Json,
  extras: ScopeExtras = NO_EXTRAS,
): Stage {
  if (payload === undefined) return { ok: true, value };
  const scope = scopeOf(turn, frame, value, extras);
  const evaluated = payload.evaluate(scope, frame.evaluation?.results);
  if (evaluated.ok) return evaluated;
  if ("pending" in evaluated) return { ok: false, pending: evaluated.pending, extras };
  return { ok: false, failure: evaluationFailure(frame, evaluated, evaluated.field) };
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
  extras: ScopeExtras = NO_EXTRAS,
): { readonly ok: true; readonly assigned: JsonObject | undefined } | Halted {
  if (assign === undefined) return { ok: true, assigned: undefined };
  const stage = applyPayload(turn, frame, assign, value, extras);
  return stage.ok ? { ok: true, assigned: stage.value as JsonObject } : stage;
}

/** JSONata's Output (default: `fallback`) and Assign, which are evaluated side by side. */
export function outputAndAssign(
  turn: Turn,
  frame: Frame,
  fields: { readonly output?: Payload | undefined; readonly assign?: Payload | undefined },
  fallback: Json,
  extras: ScopeExtras,
):
  | { readonly ok: true; readonly output: Json; readonly assigned: JsonObject | undefined }
  | Halted {
  const output = applyPayload(turn, frame, fields.output, fallback, extras);
  if (!output.ok && "failure" in output) return output;
  const assign = evaluateAssign(turn, frame, fields.assign, fallback, extras);
  if (!assign.ok && "failure" in assign) return assign;
  if (output.ok && assign.ok) {
    return { ok: true, output: output.value, assigned: assign.assigned };
  }
  const pending = [output, assign].flatMap((stage) => (stage.ok ? [] : stage.pending));
  return { ok: false, pending, extras };
}
