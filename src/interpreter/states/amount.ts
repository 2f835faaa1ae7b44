/** Numbers of a definition that may be read from the data: MaxConcurrencyPath, TimeoutSecondsPath, ... */
import type { Amount } from "../../asl/definition.ts";
import type { Payload } from "../../data/evaluation.ts";
import type { Json } from "../../json/json.ts";
import { isNumber, toNumber } from "../../json/number.ts";
import { stringify } from "../../json/stringify.ts";
import type { Halted } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { scopeOf } from "../scope.ts";
import { queryFailure, runtimeFailure, type Turn } from "../turn.ts";
import { typedPayload } from "./typed-payload.ts";

/**
 * The amount as a whole number of at least `minimum`; undefined if the field is absent. `field` is
 * the field's name without `Path`. The wording is recorded from AWS.
 */
export function readAmount(
  turn: Turn,
  frame: Frame,
  amount: Amount | undefined,
  input: Json,
  field: string,
  minimum: number,
): { readonly ok: true; readonly value: number | undefined } | Halted {
  if (amount === undefined) return { ok: true, value: undefined };
  if (amount.type === "Literal") return { ok: true, value: amount.value };
  if (amount.type === "Expression") {
    return expressionAmount(turn, frame, amount.payload, field, minimum);
  }
  const { path } = amount;
  const value = path.read(scopeOf(turn, frame, input));
  if (value === undefined) {
    const cause = `The ${field}Path parameter does not reference an input value: ${path.text}`;
    return { ok: false, failure: runtimeFailure(frame, cause) };
  }
  const amountRead = wholeNumber(value);
  if (!Number.isInteger(amountRead)) {
    const shown = typeof value === "string" ? value : stringify(value);
    const cause = `The ${field}Path field refers to value "${shown}" which is not a valid integer: ${path.text}`;
    return { ok: false, failure: runtimeFailure(frame, cause) };
  }
  if (amountRead < minimum) {
    const cause = `${field} must be greater than or equal to ${minimum}.`;
    return { ok: false, failure: runtimeFailure(frame, cause) };
  }
  return { ok: true, value: amountRead };
}

function expressionAmount(
  turn: Turn,
  frame: Frame,
  payload: Payload,
  field: string,
  minimum: number,
): ReturnType<typeof readAmount> {
  const stage = typedPayload(turn, frame, payload, field, "number");
  if (!stage.ok) return stage;
  const value = isNumber(stage.value) ? toNumber(stage.value) : NaN;
  if (Number.isInteger(value) && value >= minimum) return { ok: true, value };
  const cause = `The ${field} field must be an integer of at least ${minimum} but was: ${stringify(stage.value)}`;
  return { ok: false, failure: queryFailure(frame, field, cause) };
}

/** Recorded from AWS: a string of digits will do. */
function wholeNumber(value: Json): number {
  if (isNumber(value)) return toNumber(value);
  return typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
}
