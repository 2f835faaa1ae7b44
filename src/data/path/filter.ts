/** The comparisons of filters, as the JSONPath library that AWS uses makes them. */
import { jsonEquals } from "../../json/equal.ts";
import type { Json } from "../../json/json.ts";
import { isArray, isObject, kindOf } from "../../json/kind.ts";
import { compareNumbers, isNumber, numberText, toNumber } from "../../json/number.ts";
import type { Operator } from "./syntax.ts";

/** Whether `left OPERATOR right` holds; undefined stands for a path that leads nowhere. */
export function compareOperands(
  operator: Exclude<Operator, "=~">,
  left: Json | undefined,
  right: Json | undefined,
): boolean {
  switch (operator) {
    case "==":
      return looselyEqual(left, right);
    case "!=":
      return !looselyEqual(left, right);
    case "===":
      return strictlyEqual(left, right);
    case "!==":
      return !strictlyEqual(left, right);
    case "<":
      return orderOf(left, right) < 0;
    case "<=":
      return orderOf(left, right) <= 0;
    case ">":
      return orderOf(left, right) > 0;
    case ">=":
      return orderOf(left, right) >= 0;
    case "IN":
      return contains(right, left);
    case "NIN":
      return !contains(right, left);
    case "CONTAINS":
      if (typeof left === "string") return typeof right === "string" && left.includes(right);
      return contains(left, right);
    case "ALL":
      return isArray(right) && right.every((item) => contains(left, item));
    case "SUBSETOF":
      return isArray(left) && isArray(right) && left.every((item) => contains(right, item));
    case "ANYOF":
      return isArray(left) && left.some((item) => contains(right, item));
    case "NONEOF":
      return isArray(left) && isArray(right) && !left.some((item) => contains(right, item));
    case "SIZE":
      return isNumber(right) && sizeOf(left) === toNumber(right);
    case "EMPTY":
      return (
        typeof right === "boolean" && sizeOf(left) !== undefined && (sizeOf(left) === 0) === right
      );
    case "TYPE":
      return left !== undefined && typeof right === "string" && kindOf(left) === right;
  }
}

/** Like `jsonEquals`, but a number also equals the text it is written as. */
function looselyEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (isNumber(left) && typeof right === "string") {
    return right.trim() !== "" && toNumber(left) === Number(right);
  }
  if (typeof left === "string" && isNumber(right)) return left === numberText(right);
  return strictlyEqual(left, right);
}

function strictlyEqual(left: Json | undefined, right: Json | undefined): boolean {
  return left !== undefined && right !== undefined && jsonEquals(left, right);
}

/** Negative, zero or positive for two numbers or two strings; NaN for anything else. */
function orderOf(left: Json | undefined, right: Json | undefined): number {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left !== "string" || typeof right !== "string") return Number.NaN;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function contains(list: Json | undefined, value: Json | undefined): boolean {
  return isArray(list) && list.some((item) => looselyEqual(item, value));
}

function sizeOf(value: Json | undefined): number | undefined {
  if (typeof value === "string" || isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}
