/** The variables that an expression sets itself, known before it is evaluated. */
import { BUILT_IN_FUNCTIONS } from "./function-names.ts";

/** The variables of a block and of the blocks around it, each with a slot for its value. */
export class Names {
  readonly #outer: Names | undefined;
  readonly #slots = new Map<string, number>();
  readonly #counter: { next: number };

  constructor(outer?: Names) {
    this.#outer = outer;
    this.#counter = outer === undefined ? { next: 0 } : outer.#counter;
  }

  /** The slot of an own variable; undefined if the name means something else. */
  slot(name: string): number | undefined {
    return this.#slots.get(name) ?? this.#outer?.slot(name);
  }

  /** A new variable of this block; hides one of the same name from what is compiled next. */
  define(name: string): number {
    const slot = this.#counter.next;
    this.#counter.next += 1;
    this.#slots.set(name, slot);
    return slot;
  }
}

/** Whether the name is that of a function, unless a variable hides it. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN_FUNCTIONS.has(name);
}
