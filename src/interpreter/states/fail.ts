import type { FailState, FailText } from "../../asl/definition.ts";
import { stringify } from "../../json/stringify.ts";
import type { Halted } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { fail } from "../failure.ts";
import { halt } from "../halt.ts";
import { scopeOf } from "../scope.ts";
import { evaluationFailure, runtimeFailure, type Turn } from "../turn.ts";
import { typedPayload } from "./typed-payload.ts";

/** Fail: the error and cause are fixed, or read by a path or an intrinsic function. */
export function runFail(turn: Turn, frame: Frame, state: FailState): void {
  if (state.language === "JSONPath") turn.probe?.inspect("afterInputPath", frame.input);
  const error = readText(turn, frame, state.error, "ErrorPath");
  if (!error.ok) return halt(turn, frame, error);
  const cause = readText(turn, frame, state.cause, "CausePath");
  if (!cause.ok) return halt(turn, frame, cause);
  fail(turn, frame, { error: error.text, cause: cause.text });
}

function readText(
  turn: Turn,
  frame: Frame,
  text: FailText | undefined,
  field: string,
): { readonly ok: true; readonly text: string | undefined } | Halted {
  if (text === undefined) return { ok: true, text: undefined };
  if (text.type === "Literal") return { ok: true, text: text.value };
  if (text.type === "Expression") {
    const stage = typedPayload(turn, frame, text.payload, field.replace("Path", ""), "string");
    return stage.ok ? { ok: true, text: stage.value as string } : stage;
  }
  const evaluated = text.expression.evaluate(scopeOf(turn, frame, frame.input), field);
  if (!evaluated.ok) return { ok: false, failure: evaluationFailure(frame, evaluated, field) };
  if (typeof evaluated.value === "string") return { ok: true, text: evaluated.value };
  const cause = `The ${field} '${text.expression.text}' must refer to a string but was ${stringify(evaluated.value)}`;
  return { ok: false, failure: runtimeFailure(frame, cause) };
}
