/** The rules of a Choice state: comparisons, joined by And, Or and Not. */
import type { Comparison, IsOperator } from "../data/compare.ts";
import { parseTimestamp } from "../data/timestamp.ts";
import type { Json } from "../json/json.ts";
import { isNumber } from "../json/number.ts";
import type { ChoiceRule, Test } from "./definition.ts";
import type { Fields } from "./fields.ts";
import { readPath } from "./jsonpath-fields.ts";
import { readJsonataOnly } from "./dialect.ts";
import { isMeantAsExpression } from "./jsonata-check.ts";
import { readJsonata } from "./jsonata-fields.ts";
import { refuseForeignField, refuseForeignFields } from "./query-language.ts";
import type { StateSource } from "./source.ts";
import { warnOfMisspelling } from "./state-fields.ts";
import { warnOfMissingPath } from "./suspicious.ts";
import { readTarget } from "./target.ts";
import { readAssign } from "./variables.ts";

const ORDERS = [
  "Equals",
  "LessThan",
  "GreaterThan",
  "LessThanEquals",
  "GreaterThanEquals",
] as const;
/** Operators that have a `...Path` form. */
const COMPARISONS: readonly Comparison[] = [
  ...(["String", "Numeric", "Timestamp"] as const).flatMap((type) =>
    ORDERS.map((order) => `${type}${order}` as const),
  ),
  "BooleanEquals",
];
const IS_OPERATORS: readonly IsOperator[] = [
  "IsNull",
  "IsPresent",
  "IsNumeric",
  "IsString",
  "IsBoolean",
  "IsTimestamp",
];
/** All that compare one variable, `...Path` forms included. */
export const COMPARISON_OPERATORS: readonly string[] = [
  ...COMPARISONS.flatMap((comparison) => [comparison, `${comparison}Path`]),
  "StringMatches",
  ...IS_OPERATORS,
];
const OPERATORS: readonly string[] = ["And", "Or", "Not", ...COMPARISON_OPERATORS];
const RULE_FIELDS = ["Variable", "Next", "Assign", "Comment", "Condition", "Output", ...OPERATORS];

const JSONATA_RULE_FIELDS = ["Condition", "Next", "Output", "Assign", "Comment"];

/** An element of `Choices`; undefined if its test is wrong, which is reported. */
export function readChoiceRule(source: StateSource, fields: Fields): ChoiceRule | undefined {
  const test = source.language === "JSONata" ? readCondition(source, fields) : readRule(fields);
  const next = readTarget(source, fields, "Next");
  const output = readJsonataOnly(source, fields, "Output");
  const assign = readAssign(source, fields);
  return test === undefined || next === undefined ? undefined : { test, next, output, assign };
}

/** A JSONata rule: an expression that gives a boolean, or a boolean. */
function readCondition(
  { fields: state }: StateSource,
  fields: Fields,
): ChoiceRule["test"] | undefined {
  fields.require("Condition", "Next");
  for (const name of Object.keys(fields.object)) {
    if (JSONATA_RULE_FIELDS.includes(name)) continue;
    if (RULE_FIELDS.includes(name)) refuseForeignField(fields, name, "JSONata");
    else warnOfMisspelling(fields, name, JSONATA_RULE_FIELDS);
  }
  const value = fields.get("Condition");
  if (value === undefined) return undefined;
  if (typeof value !== "boolean" && !isMeantAsExpression(value)) {
    fields.report.schema(
      "Expected a JSONata expression that gives a boolean, such as '{% $states.input.ok %}'",
      fields.at("Condition"),
    );
    return undefined;
  }
  const condition = readJsonata(state, fields, "Condition");
  return condition === undefined ? undefined : { type: "Condition", condition };
}

function readRule(fields: Fields): Test | undefined {
  fields.require("Next");
  refuseForeignFields(fields, "JSONPath", "Condition", "Output");
  return readTest(fields);
}

function readTest(fields: Fields): Test | undefined {
  for (const name of Object.keys(fields.object)) {
    if (!RULE_FIELDS.includes(name)) warnOfMisspelling(fields, name, RULE_FIELDS);
  }
  const operators = OPERATORS.filter((operator) => fields.has(operator));
  const operator = operators[0];
  if (operator === undefined) {
    // A JSONata rule was refused already.
    if (!fields.has("Condition")) {
      fields.report.schema("A choice rule needs a comparison operator", fields.location);
    }
    return undefined;
  }
  if (!fields.atMostOne(...operators)) return undefined;
  switch (operator) {
    case "And":
    case "Or": {
      const tests = fields.nonEmptyChildren(operator)?.map(readInnerTest);
      return tests?.every((test) => test !== undefined) ? { type: operator, tests } : undefined;
    }
    case "Not": {
      const inner = fields.child("Not");
      const test = inner === undefined ? undefined : readInnerTest(inner);
      return test === undefined ? undefined : { type: "Not", test };
    }
    default:
      return readComparison(fields, operator);
  }
}

function readInnerTest(fields: Fields): Test | undefined {
  for (const name of ["Next", "Assign"]) {
    if (!fields.has(name)) continue;
    fields.report.warning(
      "UNKNOWN_FIELD",
      `The field '${name}' has no effect inside And, Or and Not; it belongs to the rule itself`,
      fields.at(name),
    );
  }
  return readTest(fields);
}

function readComparison(fields: Fields, operator: string): Test | undefined {
  fields.require("Variable");
  const variable = readPath(fields, "Variable");
  const is = IS_OPERATORS.find((candidate) => candidate === operator);
  if (is !== undefined) {
    const expected = fields.boolean(is);
    if (variable === undefined || expected === undefined) return undefined;
    return { type: "Is", variable, operator: is, expected };
  }
  if (operator.endsWith("Path")) {
    const path = readPath(fields, operator);
    const comparison = COMPARISONS.find((candidate) => `${candidate}Path` === operator);
    if (variable === undefined || path === undefined || comparison === undefined) return undefined;
    return { type: "Compare", variable, operator: comparison, operand: { type: "Path", path } };
  }
  const comparison = [...COMPARISONS, "StringMatches" as const].find((name) => name === operator);
  const value = fields.get(operator);
  if (comparison === undefined || value === undefined) return undefined;
  if (!checkOperand(fields, comparison, value) || variable === undefined) return undefined;
  return { type: "Compare", variable, operator: comparison, operand: { type: "Literal", value } };
}

/** Reports a literal that the operator cannot compare with. */
function checkOperand(fields: Fields, operator: Comparison, value: Json): boolean {
  if (operator.startsWith("Numeric")) {
    if (!isNumber(value)) fields.wrongType(operator, "NUMBER");
    return isNumber(value);
  }
  if (operator === "BooleanEquals") return fields.boolean(operator) !== undefined;
  const text = fields.string(operator);
  if (text === undefined) return false;
  if (operator.startsWith("Timestamp")) {
    if (parseTimestamp(text) !== undefined) return true;
    fields.report.schema("String does not match RFC3339 timestamp", fields.at(operator));
    return false;
  }
  if (operator !== "StringMatches") warnOfMissingPath(text, operator, fields);
  return true;
}
