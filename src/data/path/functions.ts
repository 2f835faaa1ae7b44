/** The functions that may end a path: `$.items.length()`. */
import type { Json, JsonArray } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { isNumber, toNumber } from "../../json/number.ts";

/** Applies a function to the value before it; undefined if it cannot be applied. */
type PathFunction = (value: Json, operands: JsonArray) => Json | undefined;

const FUNCTIONS: ReadonlyMap<string, PathFunction> = new Map<string, PathFunction>([
  ["length", lengthOf],
  ["size", lengthOf],
  ["keys", (value) => (isObject(value) ? Object.keys(value) : null)],
  ["min", overNumbers((numbers) => numbers.reduce((a, b) => Math.min(a, b)))],
  ["max", overNumbers((numbers) => numbers.reduce((a, b) => Math.max(a, b)))],
  ["sum", overNumbers(sumOf)],
  ["avg", overNumbers((numbers) => sumOf(numbers) / numbers.length)],
  ["stddev", overNumbers(standardDeviation)],
  ["concat", concat],
  ["append", (value, operands) => (isArray(value) ? [...value, ...operands] : value)],
  ["first", (value) => itemAt(value, 0)],
  ["last", (value) => itemAt(value, -1)],
  ["index", (value, [index]) => (isNumber(index) ? itemAt(value, toNumber(index)) : undefined)],
]);

export function isFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}

/** Applies a function that `isFunction`; undefined if the value does not allow it. */
export function applyFunction(name: string, value: Json, operands: JsonArray): Json | undefined {
  return FUNCTIONS.get(name)!(value, operands);
}

function lengthOf(value: Json): Json {
  if (isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : null;
}

/** A function over the numbers in an array and among the operands; other values are skipped. */
function overNumbers(compute: (numbers: readonly number[]) => number): PathFunction {
  return (value, operands) => {
    const candidates = isArray(value) ? [...value, ...operands.flat()] : operands.flat();
    const numbers = (candidates as JsonArray).filter(isNumber).map(toNumber);
    if (numbers.length === 0) return undefined;
    const result = compute(numbers);
    return Number.isFinite(result) ? result : undefined;
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function standardDeviation(numbers: readonly number[]): number {
  const mean = sumOf(numbers) / numbers.length;
  const squares = numbers.map((number) => (number - mean) ** 2);
  return Math.sqrt(sumOf(squares) / numbers.length);
}

function concat(value: Json, operands: JsonArray): Json {
  const parts = isArray(value) ? [...value, ...operands] : operands;
  return parts.filter((part) => typeof part === "string").join("");
}

function itemAt(value: Json, index: number): Json | undefined {
  return isArray(value) ? value.at(index) : undefined;
}
