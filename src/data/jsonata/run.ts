/** One evaluation of an expression in this process. */
import type { Scope } from "../evaluation.ts";
import type { Names } from "./names.ts";
import type { Node, Stage } from "./syntax.ts";
import { notHere, type Value } from "./value.ts";

/**
 * Work one evaluation may do here: about as many items touched or nodes evaluated, a few milliseconds.
 * Whatever needs more goes to the guarded evaluator.
 */
const BUDGET = 100_000;

export class Run {
  readonly scope: Scope;
  /** The values of the expression's own variables, by slot. */
  readonly locals: Value[] = [];
  /** Whether a value was made that is not JSON yet: a sequence inside an object, an infinite number, -0. */
  unfinished = false;
  #budget = BUDGET;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** Pays for work; throws `notHere` when there was too much of it. */
  charge(units: number): void {
    this.#budget -= units;
    if (this.#budget < 0) throw notHere;
  }
}

/** A compiled node: its value in a context. Throws `notHere` if it must be evaluated elsewhere. */
export type Evaluate = (run: Run, context: Value) => Value;

/** A predicate: keeps some of the items of a value. */
export type Filter = (run: Run, value: Value) => Value;

/** Handed to the parts of the compiler, so that they need not import the whole. */
export interface NodeCompiler {
  /** All three throw `notHere` for what is not of the fast kind. */
  node(node: Node, names: Names): Evaluate;
  filters(stages: readonly Stage[], names: Names): Filter[];
  variable(name: string, names: Names): Evaluate;
}
