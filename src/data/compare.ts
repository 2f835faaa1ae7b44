/** The comparison operators of Choice rules. */
import type { Json } from "../json/json.ts";
import { compareNumbers, isNumber } from "../json/number.ts";
import { matchesGlob } from "./glob.ts";
import { compareInstants, parseInstant } from "./timestamp.ts";

type Order = "Equals" | "LessThan" | "GreaterThan" | "LessThanEquals" | "GreaterThanEquals";

/** The comparison operators without their `Path` suffix. */
export type Comparison =
  | `${"String" | "Numeric" | "Timestamp"}${Order}`
  | "StringMatches"
  | "BooleanEquals";

export type IsOperator =
  | "IsNull"
  | "IsPresent"
  | "IsNumeric"
  | "IsString"
  | "IsBoolean"
  | "IsTimestamp";

/**
 * Whether `a OPERATOR b` holds. Values that are not of the operator's type make it false, never an
 * error. Texts are ordered by UTF-16 units, as Java does.
 */
export function compareWith(operator: Comparison, a: Json, b: Json): boolean {
  if (operator === "BooleanEquals") return typeof a === "boolean" && a === b;
  if (operator === "StringMatches") {
    return typeof a === "string" && typeof b === "string" && matchesGlob(a, b);
  }
  const { order, holds } = ORDERED.get(operator)!;
  const result = order(a, b);
  return result !== undefined && holds(result);
}

/** Whether an `Is…` operator holds for a value; undefined stands for a value that is not there. */
export function isOperator(operator: IsOperator, value: Json | undefined): boolean {
  switch (operator) {
    case "IsPresent":
      return value !== undefined;
    case "IsNull":
      return value === null;
    case "IsNumeric":
      return isNumber(value);
    case "IsString":
      return typeof value === "string";
    case "IsBoolean":
      return typeof value === "boolean";
    case "IsTimestamp":
      return typeof value === "string" && parseInstant(value) !== undefined;
  }
}

/** Negative, zero or positive; undefined if a value is not of the type. */
const ORDERINGS = {
  String(a: Json, b: Json): number | undefined {
    if (typeof a !== "string" || typeof b !== "string") return undefined;
    if (a === b) return 0;
    return a < b ? -1 : 1;
  },
  Numeric(a: Json, b: Json): number | undefined {
    return isNumber(a) && isNumber(b) ? compareNumbers(a, b) : undefined;
  },
  Timestamp(a: Json, b: Json): number | undefined {
    if (typeof a !== "string" || typeof b !== "string") return undefined;
    const left = parseInstant(a);
    const right = parseInstant(b);
    if (left === undefined || right === undefined) return undefined;
    return compareInstants(left, right);
  },
};

const TESTS: Readonly<Record<Order, (order: number) => boolean>> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  GreaterThan: (order) => order > 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThanEquals: (order) => order >= 0,
};

/** What each operator is made of, by name. */
const ORDERED = new Map(
  Object.entries(ORDERINGS).flatMap(([type, order]) =>
    Object.entries(TESTS).map(([test, holds]) => [`${type}${test}`, { order, holds }] as const),
  ),
);
