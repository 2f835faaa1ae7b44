/** `$sum`, `$round`, ...: functions of numbers, and those that turn values into numbers and booleans. */
import {
  asNumber,
  entry,
  type FunctionEntry,
  isFiniteNumber,
  listOf,
  optionalNumber,
  unary,
} from "./fast-function.ts";
import type { Run } from "./run.ts";
import { booleanOf, isList, notHere, type Value } from "./value.ts";

const DECIMAL = /^-?[0-9]+(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?$/u;

function total(numbers: readonly number[], run: Run): number {
  const sum = numbers.reduce((so, number) => so + number, 0);
  if (!Number.isFinite(sum)) run.unfinished = true;
  return sum;
}

/** Of a list of numbers; nothing for an empty one. */
function aggregate(
  name: string,
  call: (numbers: readonly number[], run: Run) => number,
): FunctionEntry {
  return unary(name, (arg, run) => {
    const numbers = listOf(arg, isFiniteNumber, run);
    return numbers.length === 0 ? undefined : call(numbers, run);
  });
}

function toNumber(value: Value): Value {
  if (value === true) return 1;
  if (value === false) return 0;
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !DECIMAL.test(value)) throw notHere;
  const number = Number.parseFloat(value);
  if (!Number.isFinite(number)) throw notHere;
  return number + 0;
}

/** Rounds halves to the even neighbour, at a number of decimal places that may be negative. */
function round([arg, places]: readonly Value[]): Value {
  const precision = optionalNumber(places) ?? 0;
  if (arg === undefined) return undefined;
  const shifted = precision === 0 ? asNumber(arg) : shift(asNumber(arg), precision);
  let rounded = Math.round(shifted);
  if (Math.abs(rounded - shifted) === 0.5 && Math.abs(rounded % 2) === 1) rounded -= 1;
  const value = precision === 0 ? rounded : shift(rounded, -precision);
  return Object.is(value, -0) ? 0 : value;
}

/** Moves the decimal point in the text of the number: a product would not be exact. */
function shift(value: number, places: number): number {
  const [digits, exponent] = String(value).split("e");
  const shifted = Number(
    `${digits}e${exponent === undefined ? places : Number(exponent) + places}`,
  );
  if (!Number.isFinite(shifted)) throw notHere;
  return shifted;
}

function power([base, exponent]: readonly Value[]): Value {
  const value = asNumber(base) ** asNumber(exponent);
  if (!Number.isFinite(value)) throw notHere;
  return value;
}

export const NUMBER_FUNCTIONS: readonly FunctionEntry[] = [
  unary("sum", (arg, run) => total(listOf(arg, isFiniteNumber, run), run)),
  aggregate("max", (numbers) => numbers.reduce((so, number) => Math.max(so, number))),
  aggregate("min", (numbers) => numbers.reduce((so, number) => Math.min(so, number))),
  aggregate("average", (numbers, run) => total(numbers, run) / numbers.length),
  entry("count", 1, 1, ([arg]) => {
    if (arg === undefined) return 0;
    return isList(arg) ? arg.length : 1;
  }),
  unary("number", toNumber),
  unary("abs", (arg) => Math.abs(asNumber(arg))),
  unary("floor", (arg) => Math.floor(asNumber(arg))),
  unary("ceil", (arg) => Math.ceil(asNumber(arg)) + 0),
  entry("round", 1, 2, round),
  unary("sqrt", (arg) => {
    if (asNumber(arg) < 0) throw notHere;
    return Math.sqrt(asNumber(arg));
  }),
  entry("power", 2, 2, power),
  entry("boolean", 1, 1, ([arg]) => booleanOf(arg)),
  unary("not", (arg) => booleanOf(arg) !== true),
  entry("exists", 1, 1, ([arg]) => arg !== undefined),
];
