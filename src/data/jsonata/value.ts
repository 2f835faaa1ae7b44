/** Values while an expression is evaluated, and JSONata's rules about them. */
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, setMember } from "../../json/kind.ts";
import { JsonNumber } from "../../json/number.ts";
import { sourceOf } from "../../json/source.ts";

/** JSON with plain numbers only; undefined is JSONata's "nothing". */
export type Value = undefined | null | boolean | number | string | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [key: string]: Value;
}

/**
 * The result of a path or a function that gives many values. Where it ends up, one with a single item
 * becomes that item, unless `keepSingleton` says otherwise; an array of the data does not.
 */
export class Sequence extends Array<Value> {
  keepSingleton = false;
}

/** Thrown when an expression turns out to be one for the guarded evaluator. */
export class NotHere extends Error {
  override readonly name = "NotHere";
}

/** The one that is thrown: making a new one each time would cost more than most expressions. */
export const notHere: NotHere = new NotHere("to be evaluated elsewhere");

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isRecord(value: Value): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keys by which the library takes an object for something else than data. */
const MARKS: ReadonlySet<string> = new Set([
  "_jsonata_lambda",
  "_jsonata_function",
  "outerWrapper",
  "tupleStream",
]);

/** Values already converted. A payload is read by many expressions. */
const converted = new WeakMap<object, Value>();

/**
 * A JSON value as expressions see it: number literals become plain numbers, texts that were remembered
 * are forgotten. Shares all that needs no change.
 */
export function plainValue(json: Json): Value {
  if (typeof json !== "object" || json === null) return json;
  if (json instanceof JsonNumber) return plainNumber(json.value);
  let value = converted.get(json);
  if (value === undefined) {
    value = isArray(json) ? plainArray(json) : plainObject(json);
    converted.set(json, value);
  }
  return value;
}

function plainNumber(value: number): number {
  if (!Number.isFinite(value)) throw notHere;
  // JSON has no negative zero: kept, it would be another value after a restart.
  return value + 0;
}

/** Like `plainValue`, but remembers only the value it is called for, not its parts. */
function plainPart(json: Json): Value {
  if (typeof json !== "object" || json === null) return json;
  if (json instanceof JsonNumber) return plainNumber(json.value);
  return isArray(json) ? plainArray(json) : plainObject(json);
}

function plainArray(array: readonly Json[]): Value {
  let copy: Value[] | undefined = sourceOf(array) === undefined ? undefined : [];
  for (let index = 0; index < array.length; index += 1) {
    const item = array[index]!;
    const value = plainPart(item);
    if (copy === undefined && value !== item) copy = array.slice(0, index) as Value[];
    copy?.push(value);
  }
  return copy ?? (array as readonly Value[]);
}

function plainObject(object: JsonObject): Value {
  let same = sourceOf(object) === undefined;
  const keys = Object.keys(object);
  const values: Value[] = [];
  for (const key of keys) {
    if (MARKS.has(key)) throw notHere;
    const value = plainPart(object[key]!);
    if (value !== object[key]) same = false;
    values.push(value);
  }
  if (same) return object as ValueObject;
  const copy: { [key: string]: Json } = {};
  for (const [index, key] of keys.entries()) setMember(copy, key, values[index] as Json);
  return copy as ValueObject;
}

/** Whether a value counts as true; undefined for nothing. */
export function booleanOf(value: Value): boolean | undefined {
  switch (typeof value) {
    case "undefined":
      return undefined;
    case "boolean":
      return value;
    case "string":
      return value !== "";
    case "number":
      if (value === Infinity || value === -Infinity) throw notHere;
      return value !== 0 && !Number.isNaN(value);
    default:
      if (isList(value)) return value.some((item) => booleanOf(item) === true);
      return value !== null && Object.keys(value).length > 0;
  }
}

/** A value as text, as `&` and `$string` make it. */
export function stringOf(value: Value): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw notHere;
      return String(roundedNumber(value));
    default:
      return JSON.stringify(value, (_key, part: unknown) => {
        if (typeof part !== "number") return part;
        if (part === Infinity || part === -Infinity) throw notHere;
        return roundedNumber(part);
      });
  }
}

/** 15 digits: `0.1 + 0.2` reads `0.3`. */
function roundedNumber(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

/** Whether two values are the same; `charge` is called for each pair that is compared. */
export function deepEquals(left: Value, right: Value, charge: (units: number) => void): boolean {
  charge(1);
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left === null || right === null) return false;
  if (isList(left) && isList(right)) {
    if (left.length !== right.length) return false;
    return left.every((item, index) => deepEquals(item, right[index], charge));
  }
  if (isList(left) || isList(right)) {
    // The library compares a list with an object by their members, `length` among them.
    if (Object.hasOwn(left, "length") && Object.hasOwn(right, "length")) throw notHere;
    return false;
  }
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) => Object.hasOwn(right, key) && deepEquals(left[key], right[key], charge),
  );
}

/**
 * A result as JSON: sequences become arrays, and numbers that JSON lacks the strings that AWS makes of
 * them (`"Infinity"`); negative zero is zero.
 */
export function jsonOf(value: Value): Json {
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : String(value);
  if (isList(value)) return Array.from(value, (item) => jsonOf(item));
  if (!isRecord(value)) return value ?? null;
  const object: { [key: string]: Json } = {};
  for (const key of Object.keys(value)) setMember(object, key, jsonOf(value[key]));
  return object;
}
