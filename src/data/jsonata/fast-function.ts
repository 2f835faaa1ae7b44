/** What a fast built-in function is, and how it reads its arguments. */
import type { Run } from "./run.ts";
import { isList, notHere, type Value } from "./value.ts";

export interface FastFunction {
  /** How many arguments it needs at least, and takes at most. */
  readonly least: number;
  readonly most: number;
  readonly call: (args: readonly Value[], run: Run) => Value;
}

export type FunctionEntry = readonly [string, FastFunction];

/** An entry of a table of functions. */
export function entry(
  name: string,
  least: number,
  most: number,
  call: FastFunction["call"],
): FunctionEntry {
  return [name, { least, most, call }];
}

/** A function of one argument that gives nothing for nothing. */
export function unary(
  name: string,
  call: (arg: NonNullable<Value> | null, run: Run) => Value,
): FunctionEntry {
  return entry(name, 1, 1, ([arg], run) => (arg === undefined ? undefined : call(arg, run)));
}

export function asText(value: Value): string {
  if (typeof value !== "string") throw notHere;
  return value;
}

export function asNumber(value: Value): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw notHere;
  return value;
}

/** A number, or nothing. */
export function optionalNumber(value: Value): number | undefined {
  return value === undefined ? undefined : asNumber(value);
}

/** A list; any other value is a list of one. */
export function asList(value: NonNullable<Value> | null): readonly Value[] {
  return isList(value) ? value : [value];
}

/** A list in which all items satisfy the check; a single such value is a list of one. */
export function listOf<Item extends Value>(
  value: NonNullable<Value> | null,
  isItem: (item: Value) => item is Item,
  run: Run,
): readonly Item[] {
  const list = asList(value);
  run.charge(list.length);
  if (!list.every(isItem)) throw notHere;
  return list;
}

export function isText(value: Value): value is string {
  return typeof value === "string";
}

export function isFiniteNumber(value: Value): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
