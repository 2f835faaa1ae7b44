/** The tests of a Choice rule beside the values they met. */
import type { ChoiceRule, Test } from "../../../asl/definition.ts";
import { compareWith, isOperator } from "../../../data/compare.ts";
import type { Path } from "../../../data/path.ts";
import { parseInstant } from "../../../data/timestamp.ts";
import { isNumber } from "../../../json/number.ts";
import type { Json } from "../../../json/json.ts";
import type { StateVisit } from "../../visits/state-visit.ts";
import type { Past } from "../past.ts";
import { described, shown } from "../shown-value.ts";

export interface Finding {
  /** `$.status StringEquals "PAID", but $.status is the string "paid"`. */
  readonly text: string;
  /** Why values that look right do not match; undefined: no guess. */
  readonly hint: string | undefined;
}

/** What a path gave; undefined `value`: it was not there. */
type Reading = { readonly isKnown: true; readonly value: Json | undefined } | typeof NOT_KNOWN;

const NOT_KNOWN = { isKnown: false, value: undefined } as const;

type Leaf = Extract<Test, { readonly type: "Compare" | "Is" }>;

interface PlacedLeaf {
  readonly leaf: Leaf;
  /** Inside an odd number of Nots. */
  readonly isNegated: boolean;
}

/** `input`: what `$` meant; undefined: not known. */
export function findingsOf(
  past: Past,
  visit: StateVisit,
  { test }: ChoiceRule,
  input: Json | undefined,
): Finding[] {
  if (test.type === "Condition") {
    return [{ text: `Condition ${test.condition.text ?? "(not an expression)"}`, hint: undefined }];
  }
  const read = (path: Path): Reading => readAgain(past, visit, path, input);
  return leavesOf(test).map((placed) => finding(placed, read));
}

/** The comparisons of a rule, whatever joins them. */
export function leavesOf(test: Test, isNegated = false): PlacedLeaf[] {
  switch (test.type) {
    case "And":
    case "Or":
      return test.tests.flatMap((one) => leavesOf(one, isNegated));
    case "Not":
      return leavesOf(test.test, !isNegated);
    default:
      return [{ leaf: test, isNegated }];
  }
}

function readAgain(past: Past, visit: StateVisit, path: Path, input: Json | undefined): Reading {
  if (input === undefined || /^\$\$\.(?:Map|Task)\b/u.test(path.text)) return NOT_KNOWN;
  if (path.variable !== undefined && past.variable(visit, path.variable) === undefined) {
    return NOT_KNOWN;
  }
  return { isKnown: true, value: path.read(past.scope(visit, input)) };
}

function finding({ leaf, isNegated }: PlacedLeaf, read: (path: Path) => Reading): Finding {
  const not = isNegated ? "not " : "";
  const variable = leaf.variable.text;
  const { isKnown, value } = read(leaf.variable);
  const actual = isKnown ? described(value) : "not in the history";
  if (leaf.type === "Is") {
    const holds = isKnown && isOperator(leaf.operator, value) === leaf.expected;
    const text = `${not}${variable} ${leaf.operator} ${leaf.expected}: ${variable} is ${actual}`;
    return { text: text + verdictText(holds), hint: undefined };
  }
  const { operator, operand } = leaf;
  const isLiteral = operand.type === "Literal";
  const other: Reading = isLiteral ? { isKnown: true, value: operand.value } : read(operand.path);
  const otherText = other.isKnown ? shown(other.value, 80) : "not in the history";
  const wanted = isLiteral ? otherText : `${operand.path.text} (${otherText})`;
  const text = `${not}${variable} ${operator} ${wanted}, but ${variable} is ${actual}`;
  if (value === undefined || other.value === undefined) return { text, hint: undefined };
  const holds = compareWith(operator, value, other.value);
  const hint = isNegated || holds ? undefined : hintOf(variable, operator, value, other.value);
  return { text: text + verdictText(holds), hint };
}

function verdictText(holds: boolean): string {
  return holds ? " (this holds)" : "";
}

/** Why two values that look alike are not equal for the operator. */
function hintOf(
  variable: string,
  operator: string,
  value: Json,
  operand: Json,
): string | undefined {
  const wanted = wantedType(operator, value);
  if (wanted !== undefined) {
    return `${operator} never holds for ${described(value)}: make ${variable} ${wanted}, or use an operator for its type.`;
  }
  if (typeof value !== "string" || typeof operand !== "string") return undefined;
  const isAlike = value.trim().toLowerCase() === operand.trim().toLowerCase();
  return isAlike && operator.startsWith("String")
    ? `${variable} differs only in case or blanks: ${shown(value)} is not ${shown(operand)}.`
    : undefined;
}

/** What the operator compares, if that is not what the value is. */
function wantedType(operator: string, value: Json): string | undefined {
  if (operator.startsWith("Numeric")) return isNumber(value) ? undefined : "a number";
  if (operator.startsWith("Boolean")) return typeof value === "boolean" ? undefined : "a boolean";
  if (operator.startsWith("String")) return typeof value === "string" ? undefined : "a string";
  const isInstant = typeof value === "string" && parseInstant(value) !== undefined;
  return isInstant ? undefined : 'a timestamp such as "2030-01-31T12:00:00Z"';
}
