/** The condition of a Choice rule in a line, as people write conditions. */
import { isArray, isObject } from "../../../src/json/kind.ts";
import type { Json, JsonObject } from "../../../src/json/json.ts";

const COMPARISONS: readonly (readonly [suffix: string, operator: string])[] = [
  ["LessThanEquals", "<="],
  ["GreaterThanEquals", ">="],
  ["LessThan", "<"],
  ["GreaterThan", ">"],
  ["Equals", "=="],
  ["Matches", "matches"],
];

/** `$.a == 1 and not ($.b is present)`; a JSONata condition without its marks. Empty: none. */
export function choiceCondition(rule: Json): string {
  if (!isObject(rule)) return "";
  const { Condition } = rule;
  if (typeof Condition === "string") return Condition.replace(/^\{%\s*|\s*%\}$/g, "");
  return test(rule, false);
}

/** `isInner`: parentheses are needed around and, or. */
function test(rule: JsonObject, isInner: boolean): string {
  const { And, Or, Not } = rule;
  if (And !== undefined && isArray(And)) return joined(And, "and", isInner);
  if (Or !== undefined && isArray(Or)) return joined(Or, "or", isInner);
  if (Not !== undefined && isObject(Not)) return `not (${test(Not, false)})`;
  const variable = typeof rule["Variable"] === "string" ? rule["Variable"] : "";
  for (const [name, operand] of Object.entries(rule)) {
    const words = comparison(name, operand);
    if (words !== undefined) return `${variable} ${words}`;
  }
  return "";
}

function joined(rules: readonly Json[], word: string, isInner: boolean): string {
  const line = rules
    .map((rule) => (isObject(rule) ? test(rule, true) : ""))
    .filter((part) => part !== "")
    .join(` ${word} `);
  return isInner && rules.length > 1 ? `(${line})` : line;
}

/** What an operator says about the variable; undefined: the field is no operator. */
function comparison(name: string, operand: Json): string | undefined {
  const kind = /^Is(Null|Present|Numeric|String|Boolean|Timestamp)$/.exec(name)?.[1];
  if (kind !== undefined) {
    const what = kind.toLowerCase();
    return operand === false ? `is not ${what}` : `is ${what}`;
  }
  const operator = /^(?:String|Numeric|Boolean|Timestamp)(\w+?)(Path)?$/.exec(name);
  const found = COMPARISONS.find(([suffix]) => suffix === operator?.[1]);
  if (found === undefined) return undefined;
  const value =
    typeof operand === "string" && operator?.[2] === "Path" ? operand : JSON.stringify(operand);
  return `${found[1]} ${value}`;
}
