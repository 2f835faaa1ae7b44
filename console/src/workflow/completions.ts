/** What can stand at a place of a definition's text, which is just being written and no JSON yet. */
import { COMPARISON_OPERATORS } from "../../../src/asl/choice-rules.ts";
import { isForeign } from "../../../src/asl/query-language.ts";
import { PREDEFINED_ERRORS } from "../../../src/asl/retry-catch.ts";
import { fieldsOfType, STATE_TYPES } from "../../../src/asl/state-fields.ts";
import type { Json } from "../../../src/json/json.ts";
import { stateNames } from "./state-names.ts";
import { textAt } from "./states.ts";
import { knownResources } from "./task-resource.ts";

export interface CompletionItem {
  readonly label: string;
  /** What is written, quotes included. */
  readonly insert: string;
  readonly kind: "field" | "value";
}

/** What the text before a place says about it. */
export interface TextContext {
  /** Names of the members and `[]` for lists, from the outside to the inside. */
  readonly path: readonly string[];
  /** The name whose value is written; undefined: a name is. */
  readonly member: string | undefined;
  readonly isInList: boolean;
  /** The `Type` of the object, if it stands before. */
  readonly type: string | undefined;
  /** Names that the object has before. */
  readonly names: readonly string[];
}

interface Level {
  readonly isList: boolean;
  /** How it is called where it is in. */
  readonly name: string;
  key: string | undefined;
  isValue: boolean;
  type: string | undefined;
  readonly names: string[];
}

/** Reads what stands before `offset`, as far as it is well-formed. */
export function contextAt(text: string, offset: number): TextContext {
  const levels: Level[] = [];
  const tokens = text.slice(0, offset).matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/gsu);
  for (const [token] of tokens) {
    const level = levels.at(-1);
    if (token === "{" || token === "[") {
      const name = level === undefined ? "" : level.isList ? "[]" : (level.key ?? "");
      const isList = token === "[";
      levels.push({ isList, name, key: undefined, isValue: isList, type: undefined, names: [] });
    } else if (token === "}" || token === "]") levels.pop();
    else if (level === undefined || level.isList) continue;
    else if (token === ":") level.isValue = true;
    else if (token === ",") level.isValue = false;
    else if (level.isValue) {
      if (level.key === "Type") level.type = token.slice(1, -1);
    } else {
      level.key = token.slice(1, -1);
      level.names.push(level.key);
    }
  }
  const level = levels.at(-1);
  return {
    path: levels.slice(1).map(({ name }) => name),
    member: level === undefined || level.isList || !level.isValue ? undefined : level.key,
    isInList: level?.isList === true,
    type: level?.type,
    names: level?.names ?? [],
  };
}

export function completionsAt(text: string, offset: number, definition: Json): CompletionItem[] {
  const context = contextAt(text, offset);
  if (context.isInList) return listItems(context).map(asValue);
  if (context.member !== undefined) {
    return valuesOf(context.member, stateNames(definition)).map(asValue);
  }
  const language = textAt(definition, ["QueryLanguage"]) === "JSONata" ? "JSONata" : "JSONPath";
  return namesFor(context, text.slice(offset))
    .filter((name) => !isForeign(name, language) && !context.names.includes(name))
    .map((name) => ({ label: name, insert: `"${name}": `, kind: "field" }));
}

function asValue(label: string): CompletionItem {
  return { label, insert: JSON.stringify(label), kind: "value" };
}

const TOP = ["Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"];
const MACHINE = ["StartAt", "States", "Comment"];
const RETRIER =
  "ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy";
const RULE = [
  "Variable",
  "Condition",
  "And",
  "Or",
  "Not",
  ...COMPARISON_OPERATORS,
  "Next",
  "Assign",
  "Output",
  "Comment",
];
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  ItemProcessor: ["ProcessorConfig", ...MACHINE],
  Iterator: MACHINE,
  ProcessorConfig: ["Mode", "ExecutionType"],
  ItemReader: ["Resource", "Parameters", "Arguments", "ReaderConfig"],
  ReaderConfig:
    "InputType CSVHeaderLocation CSVHeaders CSVDelimiter ItemsPointer MaxItems MaxItemsPath".split(
      " ",
    ),
  ItemBatcher: ["MaxItemsPerBatch", "MaxInputBytesPerBatch", "BatchInput"],
  ResultWriter: ["Resource", "Parameters", "Arguments", "WriterConfig"],
  WriterConfig: ["OutputType", "Transformation"],
  Credentials: ["RoleArn"],
  Not: RULE,
};

/** `rest`: what stands after the place, where the state's type may be, too. */
function namesFor({ path, type }: TextContext, rest: string): readonly string[] {
  if (path.length === 0) return TOP;
  const [outer, inner] = [path.at(-2), path.at(-1)];
  if (inner === "[]" && outer === "Retry") return [...RETRIER.split(" "), "Comment"];
  if (inner === "[]" && outer === "Catch") {
    return ["ErrorEquals", "ResultPath", "Output", "Assign", "Next", "Comment"];
  }
  if (inner === "[]" && outer === "Branches") return MACHINE;
  if (inner === "[]" && (outer === "Choices" || outer === "And" || outer === "Or")) return RULE;
  if (outer === "States") {
    const known = type ?? /^[^{}]*?"Type"\s*:\s*"(\w+)"/.exec(rest)?.[1];
    return known === undefined ? ["Type", "Comment", "QueryLanguage"] : fieldsOfType(known);
  }
  return INSIDE[inner ?? ""] ?? [];
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  Type: STATE_TYPES,
  QueryLanguage: ["JSONata", "JSONPath"],
  JitterStrategy: ["FULL", "NONE"],
  Mode: ["INLINE", "DISTRIBUTED"],
  ExecutionType: ["STANDARD", "EXPRESS"],
  InputType: ["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"],
  CSVHeaderLocation: ["FIRST_ROW", "GIVEN"],
  CSVDelimiter: ["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"],
  OutputType: ["JSON", "JSONL"],
  Transformation: ["NONE", "COMPACT", "FLATTEN"],
};

function valuesOf(member: string, states: ReadonlySet<string>): readonly string[] {
  if (member === "Next" || member === "Default" || member === "StartAt") return [...states];
  if (member === "Resource") return knownResources();
  return WORDS[member] ?? [];
}

function listItems({ path }: TextContext): readonly string[] {
  return path.at(-1) === "ErrorEquals" ? PREDEFINED_ERRORS : [];
}
