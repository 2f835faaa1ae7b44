/**
 * What can be said about the strings of a JSONata value before it runs, beside whether they parse:
 * whether they are expressions at all, and whether the members of `$states` that they read exist in
 * their place ("Transforming data with JSONata" in the Developer Guide).
 */
import { compileJsonata } from "../data/jsonata/compile.ts";
import type { StatesMember } from "../data/jsonata/references.ts";
import { type JsonataTemplate, jsonataText } from "../data/jsonata/template.ts";
import type { Json } from "../json/json.ts";
import { isArray, isObject } from "../json/kind.ts";
import type { Report } from "./diagnostic.ts";
import { looksDynamic } from "./suspicious.ts";

/** The member of `$states` that a field sees beside `input` and `context`, if any. */
export type Visible = "nothing else" | "result" | "errorOutput";

/** Whether a string starts or ends like an expression, so that it is one or is meant to be one. */
export function isMeantAsExpression(value: Json | undefined): boolean {
  return typeof value === "string" && (value.startsWith("{%") || value.endsWith("%}"));
}

/** Reports strings that are half an expression, and warns of JSONPath. */
export function checkTexts(value: Json, location: string, report: Report): void {
  for (const { text, at } of textsIn(value, location)) {
    if (jsonataText(text) !== undefined) continue;
    if (isMeantAsExpression(text)) {
      report.schema(
        `A JSONata expression must start with '{%' and end with '%}', without anything before or ` +
          `after; write text around it as part of the expression: "{% 'Hello ' & $name %}"`,
        at,
      );
    } else if (looksDynamic(text)) {
      report.warning(
        "JSONPATH_IN_JSONATA",
        `'${text}' looks like JSONPath, but in a JSONata state it is passed on as text` +
          asJsonata(text),
        at,
      );
    }
  }
}

/** How the most common paths are written in JSONata. */
function asJsonata(path: string): string {
  const found = /^(\$\$?)((?:\.\w+)*)$/.exec(path);
  if (found === null) return "";
  const root = found[1] === "$" ? "$states.input" : "$states.context";
  return `; did you mean '{% ${root}${found[2]} %}'?`;
}

/** Reports members of `$states` that do not exist where `value` stands. The message is AWS's. */
export function checkStates(
  value: Json,
  template: JsonataTemplate,
  location: string,
  visible: Visible,
  report: Report,
): void {
  const isMissing = (member: StatesMember) =>
    member !== "input" && member !== "context" && member !== visible;
  if (![...template.readsStates].some(isMissing)) return;
  for (const { text, at } of textsIn(value, location)) {
    const expression = compileJsonata(jsonataText(text) ?? "0");
    if ("problems" in expression) continue;
    for (const member of [...expression.readsStates].filter(isMissing)) {
      const message = `Field '$states.${member}' does not exist.`;
      report.error("UNSUPPORTED_JSONATA_EXPRESSION", message, at);
    }
  }
}

/** The strings in a value, keys apart, with their locations. */
function* textsIn(value: Json, location: string): Generator<{ text: string; at: string }> {
  if (typeof value === "string") {
    yield { text: value, at: location };
  } else if (isArray(value)) {
    for (const [index, element] of value.entries()) {
      yield* textsIn(element, `${location}[${index}]`);
    }
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      yield* textsIn(member, `${location}/${name}`);
    }
  }
}
