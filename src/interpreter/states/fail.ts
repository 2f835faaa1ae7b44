import type { FailState, FailText } from "../../asl/definition.ts";
import { stringify } from "../../json/stringify.ts";
import type { Frame } from "../execution.ts";
import { fail } from "../failure.ts";
import { scopeOf } from "../scope.ts";
import { evaluationFailure, runtimeFailure, type Failure, type Turn } from "../turn.ts";

/** Fail: the error and cause are fixed, or read by a path or an intrinsic function. */
export function runFail(turn: Turn, frame: Frame, state: FailState): void {
  const error = readText(turn, frame, state.error, "ErrorPath");
  if (!error.ok) return fail(turn, frame, error.failure);
  const cause = readText(turn, frame, state.cause, "CausePath");
  if (!cause.ok) return fail(turn, frame, cause.failure);
  fail(turn, frame, { error: error.text, cause: cause.text });
}

function readText(
  turn: Turn,
  frame: Frame,
  text: FailText | undefined,
  field: string,
): { ok: true; text: string | undefined } | { ok: false; failure: Failure } {
  if (text === undefined) return { ok: true, text: undefined };
  if (text.type === "Literal") return { ok: true, text: text.value };
  if (text.type === "Expression") throw new Error("a JSONata text in a JSONPath state");
  const evaluated = text.expression.evaluate(scopeOf(turn, frame, frame.input), field);
  if (!evaluated.ok) return { ok: false, failure: evaluationFailure(frame, evaluated) };
  if (typeof evaluated.value === "string") return { ok: true, text: evaluated.value };
  const cause = `The ${field} '${text.expression.text}' must refer to a string but was ${stringify(evaluated.value)}`;
  return { ok: false, failure: runtimeFailure(frame, cause) };
}
