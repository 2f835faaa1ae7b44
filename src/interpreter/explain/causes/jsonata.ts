/** JSONata expressions that failed, gave nothing, or a value that their field cannot use. */
import type { Explanation, Fact } from "../explanation.ts";
import { cut } from "../explanation.ts";
import { expressionFacts } from "../expression-facts.ts";
import type { FailureSite } from "../failure-site.ts";
import { keysOf, shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

const EXPRESSION =
  /^The JSONata expression '([\s\S]*)' specified for the field '([^']{0,400})' ([\s\S]*)$/u;

/** What to do about the commonest codes of JSONata. */
const CODES: Readonly<Record<string, string | undefined>> = {
  T0410:
    "A function got an argument of another type than it takes: convert it first ($number, $string), or check it with $type.",
  T1005: "A function's name lacks its $.",
  T1006: "What is called is not a function: check its name, or whether the variable holds one.",
  T1003: "A key of an object must be a text: wrap it in $string().",
  T2001: "The left side of an operator must be a number: convert it with $number().",
  T2002: "The right side of an operator must be a number: convert it with $number().",
  T2009: "Both sides of a comparison must be of one type.",
  T2010: "Only numbers and texts can be ordered: check that both sides are there.",
  D1001: "The number is out of range, such as after a division by zero.",
  D3010: "The second argument of $replace must not be empty.",
  D3030: "The text is not a number: check it before $number().",
  D3137: "The expression gave up by itself, with $error().",
  D3141: "An assertion of the expression failed.",
};

export function jsonataExpression(site: FailureSite): Explanation | undefined {
  const found = EXPRESSION.exec(site.reason);
  if (found === null) return undefined;
  const [, text = "", field = "", what = ""] = found;
  const problem = problemOf(what);
  const facts: Fact[] = [
    { label: "Field", value: field },
    { label: "Expression", value: cut(text, 500) },
    ...expressionFacts(site, text),
    ...(site.input === undefined
      ? []
      : [{ label: "$states.input", value: `${keysOf(site.input)}: ${shown(site.input, 500)}` }]),
  ];
  const missing = facts.find(({ value }) => value.startsWith("not there: "));
  const cause = missing === undefined ? "" : ` ${missing.label} is ${missing.value}.`;
  return {
    summary: `${stateTitle(site)}: the expression of ${field}, {% ${cut(text, 120)} %}, ${problem.summary}.${cause}`,
    facts,
    fixes: [
      ...(missing === undefined
        ? []
        : [`Correct ${missing.label}, or make the state before give it.`]),
      ...problem.fixes,
    ],
  };
}

function problemOf(what: string): { readonly summary: string; readonly fixes: readonly string[] } {
  if (what.startsWith("returned nothing")) {
    return {
      summary: "gave nothing",
      fixes: [
        "Check the names in the expression: what is not there gives nothing, without an error.",
        "Give a default: {% $exists(x) ? x : null %}.",
      ],
    };
  }
  const type =
    /^returned an unexpected result type\. Expected '(\w+)', but was '(\w+)' for value: ([\s\S]*)$/u.exec(
      what,
    );
  if (type !== null) {
    const [, expected = "", actual = "", value = ""] = type;
    return {
      summary: `gave the ${actual} ${cut(value, 120)}, but the field needs ${article(expected)}`,
      fixes: [conversion(expected, actual)],
    };
  }
  if (what.startsWith("returned an unsupported result type")) {
    return {
      summary: "gave a function, which is not JSON",
      fixes: ["Call the function: write f(x) and not f."],
    };
  }
  if (what.startsWith("returned a result with a size")) {
    return {
      summary: "gave a value that is larger than a payload may be",
      fixes: [
        "Keep less: select the members that are needed, or store the data in S3 and pass its key.",
      ],
    };
  }
  const code = /\. ([A-Z]\d{4}): ([\s\S]*)$/u.exec(what);
  if (code !== null) {
    return {
      summary: `failed: ${cut(code[2] ?? "", 300)} (${code[1]})`,
      fixes: [
        CODES[code[1] ?? ""] ?? "Try the expression with the input below, e.g. with TestState.",
      ],
    };
  }
  const message = /^threw an error during evaluation: ([\s\S]*)$/u.exec(what)?.[1] ?? what;
  const isBound = /timeout|memory limit/u.test(message);
  return {
    summary: isBound ? `took too much time or memory: ${message}` : `failed: ${cut(message, 300)}`,
    fixes: isBound
      ? [
          "Check it for endless recursion and for ranges or joins that grow with the square of the input.",
        ]
      : ["Try the expression with the input below, e.g. with TestState."],
  };
}

/** What a JSONata field gave has the right type and is still of no use, e.g. a negative number. */
export function jsonataValue(site: FailureSite): Explanation | undefined {
  if (site.error !== "States.QueryEvaluationError") return undefined;
  return {
    summary: `${stateTitle(site)}: ${cut(site.reason, 400)}`,
    facts: [{ label: "$states.input", value: shown(site.input, 600) }],
    fixes: ["Correct the expression of the field that is named."],
  };
}

function article(kind: string): string {
  return /^[aeo]/u.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function conversion(expected: string, actual: string): string {
  if (expected === "array") return "Wrap the value in brackets to make it an array: {% [x] %}.";
  if (expected === "boolean") return "Make it a comparison, or wrap it in $boolean().";
  if (expected === "number" && actual === "string") return "Convert it: {% $number(x) %}.";
  if (expected === "string") return "Convert it: {% $string(x) %}.";
  return `Make the expression give ${article(expected)}.`;
}
