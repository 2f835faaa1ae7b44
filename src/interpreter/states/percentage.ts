import type { Amount } from "../../asl/definition.ts";
import type { Json } from "../../json/json.ts";
import { isNumber, toNumber } from "../../json/number.ts";
import { stringify } from "../../json/stringify.ts";
import type { Halted } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { scopeOf } from "../scope.ts";
import { queryFailure, runtimeFailure, type Turn } from "../turn.ts";
import { typedPayload } from "./typed-payload.ts";

/**
 * A number from 0 to 100; undefined if the field is absent. `field` is its name without `Path`. The
 * wording is recorded from AWS.
 */
export function readPercentage(
  turn: Turn,
  frame: Frame,
  amount: Amount | undefined,
  input: Json,
  field: string,
): { readonly ok: true; readonly value: number | undefined } | Halted {
  if (amount === undefined) return { ok: true, value: undefined };
  if (amount.type === "Literal") return { ok: true, value: amount.value };
  if (amount.type === "Expression") {
    const stage = typedPayload(turn, frame, amount.payload, field, "number");
    if (!stage.ok) return stage;
    const value = isNumber(stage.value) ? toNumber(stage.value) : NaN;
    if (value >= 0 && value <= 100) return { ok: true, value };
    const cause = `The ${field} field must be a number between 0 and 100 but was: ${stringify(stage.value)}`;
    return { ok: false, failure: queryFailure(frame, field, cause) };
  }
  const { path } = amount;
  const found = path.read(scopeOf(turn, frame, input));
  if (found === undefined) {
    const cause = `The ${field}Path parameter does not reference an input value: ${path.text}`;
    return { ok: false, failure: runtimeFailure(frame, cause) };
  }
  const value = floatOf(found);
  if (Number.isNaN(value)) {
    const shown = typeof found === "string" ? found : stringify(found);
    const cause = `The ${field}Path field refers to value "${shown}" which is not a valid float: ${path.text}`;
    return { ok: false, failure: runtimeFailure(frame, cause) };
  }
  if (value >= 0 && value <= 100) return { ok: true, value };
  const cause = `${field} must be between 0 and 100.`;
  return { ok: false, failure: runtimeFailure(frame, cause) };
}

/** A string of digits will do, as for whole numbers. */
function floatOf(value: Json): number {
  if (isNumber(value)) return toNumber(value);
  return typeof value === "string" && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value)
    ? Number(value)
    : NaN;
}
