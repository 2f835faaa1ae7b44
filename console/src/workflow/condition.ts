/** The condition of a Choice rule in JSONPath: a comparison, or conditions joined by And, Or, Not. */
import { COMPARISON_OPERATORS } from "../../../src/asl/choice-rules.ts";
import type { Json, JsonObject } from "../../../src/json/json.ts";
import { isArray, isObject } from "../../../src/json/kind.ts";
import { isNumber } from "../../../src/json/number.ts";
import type { DocumentEditor } from "../document/document-editor.ts";
import type { JsonPath } from "../document/json-path.ts";

export type ConditionKind = "Comparison" | "And" | "Or" | "Not";
export type OperandKind = "String" | "Number" | "Boolean" | "Timestamp" | "Path";

export const CONDITION_KINDS: readonly ConditionKind[] = ["Comparison", "And", "Or", "Not"];
const JOINS = ["And", "Or", "Not"] as const;

export function conditionKind(condition: Json | undefined): ConditionKind {
  if (!isObject(condition)) return "Comparison";
  return JOINS.find((name) => Object.hasOwn(condition, name)) ?? "Comparison";
}

/** Undefined: none is chosen yet. */
export function operatorOf(condition: Json | undefined): string | undefined {
  if (!isObject(condition)) return undefined;
  return COMPARISON_OPERATORS.find((name) => Object.hasOwn(condition, name));
}

export function operandKind(operator: string): OperandKind {
  if (operator.endsWith("Path")) return "Path";
  if (operator.startsWith("Is") || operator.startsWith("Boolean")) return "Boolean";
  if (operator.startsWith("Numeric")) return "Number";
  return operator.startsWith("Timestamp") ? "Timestamp" : "String";
}

const INITIAL: Readonly<Record<OperandKind, Json>> = {
  String: "",
  Number: 0,
  Boolean: true,
  Timestamp: "2027-01-01T00:00:00Z",
  Path: "$.value",
};

function fits(operand: Json | undefined, kind: OperandKind): boolean {
  if (kind === "Number") return isNumber(operand);
  if (kind === "Boolean") return typeof operand === "boolean";
  if (kind === "Path") return typeof operand === "string" && operand.startsWith("$");
  if (kind === "Timestamp") return typeof operand === "string" && /^\d{4}-/.test(operand);
  return typeof operand === "string";
}

/** Chooses another operator; the operand stays if it fits. */
export function setOperator(editor: DocumentEditor, path: JsonPath, operator: string): void {
  const before = operatorOf(editor.get(path));
  const kind = operandKind(operator);
  if (before === undefined) {
    editor.set([...path, operator], INITIAL[kind], { before: ["Next"] });
    return;
  }
  editor.rename([...path, before], operator);
  const operand = editor.get([...path, operator]);
  if (!fits(operand, kind)) editor.set([...path, operator], INITIAL[kind]);
}

/** Members of a rule or condition that are the condition itself. */
function conditionPart(condition: JsonObject): JsonObject {
  const names = ["Variable", ...COMPARISON_OPERATORS, ...JOINS];
  return Object.fromEntries(Object.entries(condition).filter(([name]) => names.includes(name)));
}

/** Makes a comparison part of And, Or or Not, and back; what else the rule has stays. */
export function setConditionKind(
  editor: DocumentEditor,
  path: JsonPath,
  kind: ConditionKind,
): void {
  const condition = editor.get(path);
  if (!isObject(condition)) return;
  const before = conditionKind(condition);
  if (before === kind) return;
  const isList = (one: ConditionKind): boolean => one === "And" || one === "Or";
  if (isList(before) && isList(kind)) {
    editor.rename([...path, before], kind);
    return;
  }
  const part = conditionPart(condition);
  const inner = innerConditions(condition);
  for (const name of Object.keys(part)) editor.remove([...path, name]);
  const order = { before: ["Next"] };
  if (isList(kind)) {
    editor.set([...path, kind], before === "Comparison" ? [part] : [...inner], order);
  } else if (kind === "Not") {
    editor.set([...path, "Not"], part, order);
  } else {
    for (const [name, value] of Object.entries(inner[0] ?? {})) {
      editor.set([...path, name], value, order);
    }
  }
}

function innerConditions(condition: JsonObject): readonly JsonObject[] {
  const { And, Or, Not } = condition;
  const list = [And, Or].find(isArray) ?? (Not === undefined ? [] : [Not]);
  return list.filter(isObject);
}

/** The path of each condition inside of a joined one. */
export function innerPaths(condition: Json | undefined, path: JsonPath): readonly JsonPath[] {
  const kind = conditionKind(condition);
  if (!isObject(condition) || kind === "Comparison") return [];
  const inner = condition[kind];
  if (kind === "Not") return [[...path, "Not"]];
  return isArray(inner) ? inner.map((_, index) => [...path, kind, index]) : [];
}
