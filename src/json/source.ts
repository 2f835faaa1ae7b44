/**
 * Values that remember the text they were written as. AWS hands an execution input on verbatim,
 * blanks included, until a state takes it apart.
 */
import { exactness } from "./exactness.ts";
import type { Json } from "./json.ts";
import { isArray, isObject } from "./kind.ts";

const SOURCE = Symbol("source");

interface Sourced {
  readonly [SOURCE]?: string;
}

// The hook is on a prototype of its own, so that a document's own key "toJSON" stays plain data.
const hook = {
  toJSON: {
    value(this: unknown): unknown {
      exactness.lost = true;
      return this;
    },
  },
};
const arrayPrototype: object = Object.create(Array.prototype, hook);
const objectPrototype: object = Object.create(Object.prototype, hook);

/**
 * Makes `value` remember `text`. Changes the value in place, so only its maker may call this.
 * Copies (`{...value}`, `value.slice()`) do not remember.
 */
export function rememberSource(value: Json, text: string): void {
  if (typeof value !== "object" || value === null) return;
  Object.setPrototypeOf(value, Array.isArray(value) ? arrayPrototype : objectPrototype);
  Object.defineProperty(value, SOURCE, { value: text });
}

/** The text that this very value was written as, or undefined if its compact form will do. */
export function sourceOf(value: object): string | undefined {
  return (value as Sourced)[SOURCE];
}

/** The value without its memory: itself, or a copy if it has one. */
export function withoutSource(value: Json): Json {
  if (isArray(value)) return sourceOf(value) === undefined ? value : [...value];
  return isObject(value) && sourceOf(value) !== undefined ? { ...value } : value;
}
