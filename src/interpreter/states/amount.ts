/** Numbers of a definition that may be read from the data: MaxConcurrencyPath, TimeoutSecondsPath, ... */
import type { Amount } from "../../asl/definition.ts";
import type { Json } from "../../json/json.ts";
import { isNumber, toNumber } from "../../json/number.ts";
import { stringify } from "../../json/stringify.ts";
import type { Frame } from "../execution.ts";
import { scopeOf } from "../scope.ts";
import { runtimeFailure, type Failure, type Turn } from "../turn.ts";

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
): { ok: true; value: number | undefined } | { ok: false; failure: Failure } {
  if (amount === undefined) return { ok: true, value: undefined };
  if (amount.type === "Literal") return { ok: true, value: amount.value };
  if (amount.type === "Expression") throw new Error("a JSONata number in a JSONPath state");
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

/** Recorded from AWS: a string of digits will do. */
function wholeNumber(value: Json): number {
  if (isNumber(value)) return toNumber(value);
  return typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
}
