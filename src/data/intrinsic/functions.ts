/** The intrinsic functions of the Amazon States Language, by name. */
import type { Json, JsonArray } from "../../json/json.ts";
import type { Scope } from "../evaluation.ts";
import { IntrinsicError, InvalidArguments } from "./arguments.ts";
import * as arrays from "./arrays.ts";
import { base64Decode, base64Encode, hash } from "./encoding.ts";
import { jsonMerge, jsonToString, stringToJson } from "./json-texts.ts";
import { mathAdd, mathRandom } from "./math.ts";
import { format, stringSplit } from "./strings.ts";

interface IntrinsicFunction {
  /** The least and the greatest number of arguments. */
  readonly arity: readonly [number, number];
  /** Throws `InvalidArguments` or `IntrinsicError`. */
  readonly apply: (values: JsonArray, scope: Scope) => Json;
}

const FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ["States.Array", { arity: [0, Infinity], apply: arrays.array }],
  ["States.ArrayContains", { arity: [2, 2], apply: arrays.arrayContains }],
  ["States.ArrayGetItem", { arity: [2, 2], apply: arrays.arrayGetItem }],
  ["States.ArrayLength", { arity: [1, 1], apply: arrays.arrayLength }],
  ["States.ArrayPartition", { arity: [2, 2], apply: arrays.arrayPartition }],
  ["States.ArrayRange", { arity: [3, 3], apply: arrays.arrayRange }],
  ["States.ArrayUnique", { arity: [1, 1], apply: arrays.arrayUnique }],
  ["States.Base64Decode", { arity: [1, 1], apply: base64Decode }],
  ["States.Base64Encode", { arity: [1, 1], apply: base64Encode }],
  ["States.Format", { arity: [1, Infinity], apply: format }],
  ["States.Hash", { arity: [2, 2], apply: hash }],
  ["States.JsonMerge", { arity: [3, 3], apply: jsonMerge }],
  ["States.JsonToString", { arity: [1, 1], apply: jsonToString }],
  ["States.MathAdd", { arity: [2, 2], apply: mathAdd }],
  ["States.MathRandom", { arity: [2, 3], apply: mathRandom }],
  ["States.StringSplit", { arity: [2, 2], apply: stringSplit }],
  ["States.StringToJson", { arity: [1, 1], apply: stringToJson }],
  ["States.UUID", { arity: [0, 0], apply: (_, scope) => scope.uuid() }],
]);

export function isIntrinsic(name: string): boolean {
  return FUNCTIONS.has(name);
}

/**
 * Calls a function that `isIntrinsic`. Throws `IntrinsicError` with AWS's reason if it cannot use
 * the values; a wrong number of them is found here, too, because AWS accepts it in definitions.
 */
export function callIntrinsic(name: string, values: JsonArray, scope: Scope): Json {
  const { arity, apply } = FUNCTIONS.get(name)!;
  try {
    if (values.length < arity[0] || values.length > arity[1]) throw new InvalidArguments();
    return apply(values, scope);
  } catch (error) {
    if (!(error instanceof InvalidArguments)) throw error;
    throw new IntrinsicError(`Invalid arguments in ${name}${error.message}`);
  }
}
