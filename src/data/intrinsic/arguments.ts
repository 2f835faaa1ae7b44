/** What intrinsic functions demand of their arguments. */
import type { Json, JsonArray, JsonObject } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { isNumber, toNumber } from "../../json/number.ts";

/**
 * Thrown by a function that cannot use its arguments. The message is what AWS adds to
 * `Invalid arguments in States.Name`; mostly nothing.
 */
export class InvalidArguments extends Error {
  override readonly name = "InvalidArguments";
}

/** Thrown when an expression cannot be evaluated; the message is AWS's reason. */
export class IntrinsicError extends Error {
  override readonly name = "IntrinsicError";
}

export function arrayArgument(value: Json | undefined): JsonArray {
  if (!isArray(value)) throw new InvalidArguments();
  return value;
}

export function objectArgument(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new InvalidArguments();
  return value;
}

/** A string, of at most `limit` characters if there is one. */
export function stringArgument(value: Json | undefined, limit = Infinity): string {
  if (typeof value !== "string" || value.length > limit) throw new InvalidArguments();
  return value;
}

export function numberArgument(value: Json | undefined): number {
  if (!isNumber(value)) throw new InvalidArguments();
  return toNumber(value);
}

/** A 32-bit integer; AWS cuts fractions off where it counts. */
export function integerArgument(value: Json | undefined): number {
  return int32(Math.trunc(numberArgument(value)));
}

/** The number, which must be a whole one of 32 bits. Minus zero becomes zero. */
export function int32(value: number): number {
  if (Math.abs(value) > 2 ** 31 || value === 2 ** 31 || !Number.isInteger(value)) {
    throw new InvalidArguments();
  }
  return value + 0;
}
