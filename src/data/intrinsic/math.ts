/** States.MathAdd and States.MathRandom. */
import type { Json, JsonArray } from "../../json/json.ts";
import type { Scope } from "../evaluation.ts";
import { int32, integerArgument, InvalidArguments, numberArgument } from "./arguments.ts";
import { javaRandom } from "./java-random.ts";

/** States.MathAdd(a, b): of 32-bit integers; fractions are rounded first. */
export function mathAdd([a, b]: JsonArray): Json {
  return int32(rounded(a) + rounded(b));
}

function rounded(value: Json | undefined): number {
  return int32(Math.round(numberArgument(value)));
}

/**
 * States.MathRandom(start, end[, seed]): an integer from start on and below end; the same seed
 * always gives the same one.
 */
export function mathRandom([from, to, seed]: JsonArray, scope: Scope): Json {
  const [start, end] = [integerArgument(from), integerArgument(to)];
  if (start >= end) throw new InvalidArguments();
  const random = seed === undefined ? scope.random() : javaRandom(Math.trunc(numberArgument(seed)));
  return start + Math.floor(random * (end - start));
}
