/** Values in sentences: short, and with what matters of long ones. */
import type { Json } from "../../json/json.ts";
import { isArray, isObject, kindOf } from "../../json/kind.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import { cut } from "./explanation.ts";

/** Characters of a value in a sentence. */
const MAX_SHOWN = 160;
const MAX_KEYS = 12;

/** The value as JSON, cut; undefined: there is none. */
export function shown(value: Json | undefined, length: number = MAX_SHOWN): string {
  return value === undefined ? "not there" : cut(stringifyCompact(value), length);
}

/** What the value is, with its keys or the number of its items instead of all that is in it. */
export function described(value: Json | undefined): string {
  if (value === undefined) return "not there";
  if (isArray(value)) return `an array of ${count(value.length, "item")}`;
  if (isObject(value)) return `an object with ${keysOf(value)}`;
  return value === null ? "null" : `the ${kindOf(value)} ${shown(value, 80)}`;
}

/** `the keys a, b and 3 more`, or `no keys`. */
export function keysOf(value: Json): string {
  const keys = isObject(value) ? Object.keys(value) : [];
  if (keys.length === 0) return "no keys";
  const some = keys.slice(0, MAX_KEYS).map((key) => cut(key, 60));
  const rest = keys.length - some.length;
  const list = rest > 0 ? `${some.join(", ")} and ${rest} more` : some.join(", ");
  return `the ${keys.length === 1 ? "key" : "keys"} ${list}`;
}

/** `1 item`, `2 items`. */
export function count(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? "" : "s"}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** A span of time in the largest unit that fits. `milliseconds`: 0 or more. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 1) return `${Math.round(milliseconds)} ms`;
  if (seconds < 120) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 6) / 10} minutes`;
  if (seconds < 172_800) return `${Math.round(seconds / 360) / 10} hours`;
  return `${Math.round(seconds / 8_640) / 10} days`;
}
