/** Which variables the states of a definition read, as DescribeStateMachine tells it. */
import { isArray, isObject } from "../json/kind.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { parseJson } from "../json/parse.ts";

/** Names of variables, sorted, by the name of the state; nested states stand beside the others. */
export type VariableReferences = Readonly<Record<string, readonly string[]>>;

type Language = "JSONPath" | "JSONata";

/** Undefined if no state reads a variable. `definition` is one that was accepted before. */
export function variableReferences(definition: string): VariableReferences | undefined {
  const parsed = parseJson(definition);
  if (!parsed.ok || !isObject(parsed.value)) return undefined;
  const found = new Map<string, readonly string[]>();
  const language = languageOf(parsed.value, "JSONPath");
  visitStates(parsed.value, language, found);
  return found.size === 0 ? undefined : Object.fromEntries(found);
}

function languageOf(value: JsonObject, outer: Language): Language {
  const { QueryLanguage } = value;
  return QueryLanguage === "JSONata" || QueryLanguage === "JSONPath" ? QueryLanguage : outer;
}

function visitStates(
  machine: JsonObject,
  language: Language,
  found: Map<string, readonly string[]>,
): void {
  const { States } = machine;
  if (!isObject(States)) return;
  for (const [name, state] of Object.entries(States)) {
    if (!isObject(state)) continue;
    const names = new Set<string>();
    const own = languageOf(state, language);
    for (const [key, value] of Object.entries(state)) {
      // Their states are visited below; what is beside these (ProcessorConfig) holds no expressions.
      if (NESTED.has(key)) continue;
      if (own === "JSONata") collectJsonata(value, names);
      else collectJsonPath(key, value, TEMPLATES.has(key), names);
    }
    if (names.size > 0) found.set(name, [...names].toSorted());
    // Nested states go by the machine's language, not by that of the state around them.
    for (const key of NESTED) visitNested(state[key], language, found);
  }
}

const NESTED = new Set(["ItemProcessor", "Iterator", "Branches"]);

function visitNested(
  value: Json | undefined,
  language: Language,
  found: Map<string, readonly string[]>,
): void {
  if (isObject(value)) visitStates(value, language, found);
  else if (isArray(value)) for (const element of value) visitNested(element, language, found);
}

/** Fields that are payload templates: only keys that end in `.$` are expressions there. */
const TEMPLATES = new Set([
  "Parameters",
  "ResultSelector",
  "ItemSelector",
  "Assign",
  "Credentials",
  "BatchInput",
]);
/** Fields that are taken as they stand, or that say where to write. */
const LITERALS = new Set(["Result", "ResultPath", "Comment"]);

function collectJsonPath(key: string, value: Json, inTemplate: boolean, names: Set<string>): void {
  if (LITERALS.has(key) && !inTemplate) return;
  if (typeof value === "string") {
    const isPath = !inTemplate && (key === "Variable" || key.endsWith("Path"));
    if (isPath || key.endsWith(".$")) addNames(value.replaceAll(/'(?:[^'\\]|\\.)*'/gu, ""), names);
  } else if (isArray(value)) {
    for (const element of value) collectJsonPath("", element, inTemplate, names);
  } else if (isObject(value)) {
    for (const [inner, member] of Object.entries(value)) {
      collectJsonPath(inner, member, inTemplate || TEMPLATES.has(inner), names);
    }
  }
}

const QUOTED_OR_COMMENT = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\/\*[^]*?\*\//gu;
const BOUND = /\$([\p{ID_Start}_][\p{ID_Continue}]*)\s*:=|function\s*\(([^)]*)\)/gu;

function collectJsonata(value: Json, names: Set<string>): void {
  if (typeof value === "string") {
    if (!/^\{%[^]*%\}$/u.test(value)) return;
    const expression = value.slice(2, -2).replaceAll(QUOTED_OR_COMMENT, "");
    const read = new Set<string>();
    addNames(expression, read);
    for (const [, assigned, parameters] of expression.matchAll(BOUND)) {
      if (assigned !== undefined) read.delete(assigned);
      for (const parameter of (parameters ?? "").split(",")) read.delete(parameter.trim().slice(1));
    }
    read.delete("states");
    for (const name of read) names.add(name);
  } else if (isArray(value)) {
    for (const element of value) collectJsonata(element, names);
  } else if (isObject(value)) {
    for (const member of Object.values(value)) collectJsonata(member, names);
  }
}

/** `$name`, but neither `$$` (the context object) nor `$name(`, a function. */
const NAME = /(?<!\$)\$([\p{ID_Start}_][\p{ID_Continue}]*)(?![\p{ID_Continue}]*\s*\()/gu;

function addNames(expression: string, names: Set<string>): void {
  for (const [, name] of expression.matchAll(NAME)) if (name !== undefined) names.add(name);
}
