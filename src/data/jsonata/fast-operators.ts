/** Operators on values that are there already. Operands of a wrong type are for the guarded evaluator. */
import type { Evaluate, Run } from "./run.ts";
import { booleanOf, deepEquals, isList, notHere, Sequence, stringOf, type Value } from "./value.ts";

export type BinaryOperator = (left: Value, right: Value, run: Run) => Value;

/** Longer ranges are made elsewhere. */
const MAX_RANGE = 10_000;

/** Characters of a text that cost as much as one unit of work. */
const CHARACTERS = 32;

/** The operator, or undefined if it is not of the fast kind. */
export function binaryOperator(operator: string): BinaryOperator | undefined {
  return OPERATORS.get(operator);
}

/** `and` and `or`; the right side is evaluated only if it decides. */
export function logicalOperator(operator: "and" | "or", left: Evaluate, right: Evaluate): Evaluate {
  if (operator === "and") {
    return (run, context) => holds(left(run, context)) && holds(right(run, context));
  }
  return (run, context) => holds(left(run, context)) || holds(right(run, context));
}

function holds(value: Value): boolean {
  return booleanOf(value) === true;
}

/** Unary minus. */
export function negate(value: Value): Value {
  if (value === undefined) return undefined;
  // Not `-value`: JSON has no negative zero.
  return 0 - finiteNumber(value);
}

/** Pays for a text of this length. */
export function chargeText(run: Run, text: string): void {
  run.charge(Math.ceil(text.length / CHARACTERS));
}

function finiteNumber(value: Value): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw notHere;
  return value;
}

function numeric(apply: (left: number, right: number) => number): BinaryOperator {
  return (left, right, run) => {
    const first = left === undefined ? undefined : finiteNumber(left);
    const second = right === undefined ? undefined : finiteNumber(right);
    if (first === undefined || second === undefined) return undefined;
    const value = apply(first, second);
    if (!Number.isFinite(value) || Object.is(value, -0)) run.unfinished = true;
    return value;
  };
}

function comparison(apply: (order: number) => boolean): BinaryOperator {
  return (left, right) => {
    if (!isComparable(left) || !isComparable(right)) throw notHere;
    if (left === undefined || right === undefined) return undefined;
    if (typeof left !== typeof right) throw notHere;
    if (Number.isNaN(left) || Number.isNaN(right)) return false;
    if (left === right) return apply(0);
    return apply(left < right ? -1 : 1);
  };
}

function isComparable(value: Value): value is undefined | number | string {
  return value === undefined || typeof value === "number" || typeof value === "string";
}

function equality(wanted: boolean): BinaryOperator {
  return (left, right, run) => {
    if (left === undefined || right === undefined) return false;
    return deepEquals(left, right, (units) => run.charge(units)) === wanted;
  };
}

function concatenate(left: Value, right: Value, run: Run): Value {
  const text =
    (left === undefined ? "" : stringOf(left)) + (right === undefined ? "" : stringOf(right));
  chargeText(run, text);
  return text;
}

function range(first: Value, last: Value, run: Run): Value {
  if (first !== undefined && !Number.isInteger(first)) throw notHere;
  if (last !== undefined && !Number.isInteger(last)) throw notHere;
  if (first === undefined || last === undefined) return undefined;
  const [from, to] = [first as number, last as number];
  if (from > to) return undefined;
  if (to - from >= MAX_RANGE) throw notHere;
  run.charge(to - from);
  const items = new Sequence();
  for (let item = from; item <= to; item += 1) items.push(item);
  return items;
}

function includes(item: Value, list: Value, run: Run): Value {
  if (item === undefined || list === undefined) return false;
  if (!isList(list)) return list === item;
  run.charge(list.length);
  return list.some((part) => part === item);
}

const OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ["+", numeric((left, right) => left + right)],
  ["-", numeric((left, right) => left - right)],
  ["*", numeric((left, right) => left * right)],
  ["/", numeric((left, right) => left / right)],
  ["%", numeric((left, right) => left % right)],
  ["=", equality(true)],
  ["!=", equality(false)],
  ["<", comparison((order) => order < 0)],
  ["<=", comparison((order) => order <= 0)],
  [">", comparison((order) => order > 0)],
  [">=", comparison((order) => order >= 0)],
  ["&", concatenate],
  ["..", range],
  ["in", includes],
]);
