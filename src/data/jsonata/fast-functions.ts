/**
 * Built-in functions whose cost is bounded by their arguments. Arguments of another type than the
 * function wants, and all that would be an error, are for the guarded evaluator.
 */
import { LIST_FUNCTIONS } from "./fast-lists.ts";
import { NUMBER_FUNCTIONS } from "./fast-numbers.ts";
import { STATES_FUNCTIONS } from "./fast-states.ts";
import { TEXT_FUNCTIONS } from "./fast-texts.ts";
import type { FastFunction } from "./fast-function.ts";

/** By name, without the `$`. */
export const FUNCTIONS: ReadonlyMap<string, FastFunction> = new Map([
  ...NUMBER_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...STATES_FUNCTIONS,
]);
