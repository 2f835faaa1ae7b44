/** What an expression of a state can see. */
import type { Scope } from "../data/evaluation.ts";
import type { Json } from "../json/json.ts";
import { contextObject, type ContextExtras } from "./context.ts";
import { variableOf, type Frame } from "./execution.ts";
import type { Turn } from "./turn.ts";

const NO_EXTRAS: ContextExtras = {};

/** A scope in which `$` is `input`. */
export function scopeOf(
  turn: Turn,
  frame: Frame,
  input: Json,
  extras: ContextExtras = NO_EXTRAS,
): Scope {
  const { surroundings, execution } = turn;
  return {
    input,
    context: () => contextObject(execution, frame, extras),
    variable: (name) => variableOf(frame, name),
    random: () => surroundings.random(),
    uuid: () => surroundings.uuid(),
    hash: (algorithm, text) => surroundings.hash(algorithm, text),
  };
}
