/** JSON values to text: compact, numbers as they were written, verbatim sources verbatim. */
import { exactness } from "./exactness.ts";
import type { Json, JsonArray, JsonObject } from "./json.ts";
import { isArray } from "./kind.ts";
import { JsonNumber } from "./number.ts";
import { rememberSource, sourceOf, withoutSource } from "./source.ts";

/** A value as text, and whether `JSON.parse` of the text gives all of the value back. */
export interface Printed {
  readonly text: string;
  readonly exact: boolean;
}

/** Prints a value as AWS shows it. */
export function stringify(value: Json): string {
  return sourceText(value) ?? fastPrint(value) ?? write(value, true);
}

/** Like `stringify`, but always compact: a value that remembers its source is printed anew. */
export function stringifyCompact(value: Json): string {
  return fastPrint(value) ?? write(value, false);
}

/** Like `stringify`; `exact` is false if number literals or a source text had to be kept. */
export function stringifyTracked(value: Json): Printed {
  const source = sourceText(value);
  if (source !== undefined) return { text: source, exact: false };
  const text = fastPrint(value);
  if (text !== undefined) return { text, exact: true };
  return { text: write(value, true), exact: false };
}

/**
 * The array of some values, as AWS writes the results of Parallel and Map: by joining their texts.
 * If an item remembers the text it was written as, the array remembers a text with that in it
 * instead, so that only whole values remember one.
 */
export function joinItems(items: JsonArray): JsonArray {
  const plain = items.map(withoutSource);
  if (plain.every((item, index) => item === items[index])) return items;
  rememberSource(plain, stringify(items));
  return plain;
}

function sourceText(value: Json): string | undefined {
  return typeof value === "object" && value !== null ? sourceOf(value) : undefined;
}

/** `JSON.stringify`, or undefined if it would not print this value exactly. */
function fastPrint(value: Json): string | undefined {
  exactness.lost = false;
  try {
    const text = JSON.stringify(value);
    return exactness.lost ? undefined : text;
  } catch (error) {
    // Nested deeper than the stack: the writer below uses none.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** An array or object that is being written. */
interface Frame {
  /** undefined for an array. */
  readonly keys: readonly string[] | undefined;
  readonly values: JsonArray;
  next: number;
}

function write(root: Json, verbatim: boolean): string {
  let text = "";
  const open: Frame[] = [];
  let value: Json = root;
  for (;;) {
    const source = verbatim ? sourceText(value) : undefined;
    if (source !== undefined) text += source;
    else if (typeof value !== "object" || value === null) text += JSON.stringify(value);
    else if (value instanceof JsonNumber) text += value.text;
    else {
      open.push(frameOf(value));
      text += isArray(value) ? "[" : "{";
    }
    // Close what is complete, then go on with the next item of the innermost that is not.
    let frame = open.at(-1);
    while (frame !== undefined && frame.next === frame.values.length) {
      text += frame.keys === undefined ? "]" : "}";
      open.pop();
      frame = open.at(-1);
    }
    if (frame === undefined) return text;
    if (frame.next > 0) text += ",";
    if (frame.keys !== undefined) text += `${JSON.stringify(frame.keys[frame.next])}:`;
    value = frame.values[frame.next]!;
    frame.next += 1;
  }
}

function frameOf(value: JsonArray | JsonObject): Frame {
  if (isArray(value)) return { keys: undefined, values: value, next: 0 };
  const members = Object.entries(value as { readonly [name: string]: Json | undefined });
  // JSON has none, but answers of the API have, and `JSON.stringify` leaves them out, too.
  const there = members.filter((member): member is [string, Json] => member[1] !== undefined);
  return { keys: there.map(([key]) => key), values: there.map(([, item]) => item), next: 0 };
}
