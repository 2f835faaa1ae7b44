import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/json/json.ts";
import { DocumentEditor } from "../document/document-editor.ts";
import { readDocument } from "../document/source-tree.ts";
import { setConditionKind, setOperator, type ConditionKind } from "./condition.ts";

function after(rule: Json, change: (editor: DocumentEditor) => void): Json {
  const editor = new DocumentEditor(readDocument(JSON.stringify(rule))!);
  change(editor);
  return editor.value;
}

const A = { Variable: "$.a", IsNull: true };
const B = { Variable: "$.b", NumericEquals: 1 };

describe("the kind of a condition", () => {
  it.each<[string, Json, ConditionKind, Json]>([
    ["wraps a comparison", { ...A, Next: "X" }, "And", { And: [A], Next: "X" }],
    ["negates a comparison", { ...A, Next: "X" }, "Not", { Not: A, Next: "X" }],
    ["turns And to Or", { And: [A, B], Next: "X" }, "Or", { Or: [A, B], Next: "X" }],
    ["unwraps the first", { Or: [A, B], Comment: "c" }, "Comparison", { ...A, Comment: "c" }],
    ["negates a whole And", { And: [A, B] }, "Not", { Not: { And: [A, B] } }],
    ["takes a Not apart", { Not: A }, "Comparison", A],
    ["joins what was negated", { Not: A }, "Or", { Or: [A] }],
    ["begins with nothing", {}, "And", { And: [{}] }],
    ["stays", A, "Comparison", A],
  ])("%s", (_, rule, kind, expected) => {
    const changed = after(rule, (editor) => setConditionKind(editor, [], kind));
    expect(changed).toEqual(expected);
  });
});

describe("an operator", () => {
  it.each<[string, Json, string, Json]>([
    ["is chosen first", { Variable: "$.a" }, "IsNull", A],
    ["keeps an operand that fits", B, "NumericLessThan", { Variable: "$.b", NumericLessThan: 1 }],
    ["gets an operand that fits", B, "StringEquals", { Variable: "$.b", StringEquals: "" }],
    ["reads a path", B, "NumericEqualsPath", { Variable: "$.b", NumericEqualsPath: "$.value" }],
  ])("%s", (_, rule, operator, expected) => {
    const changed = after(rule, (editor) => setOperator(editor, [], operator));
    expect(changed).toEqual(expected);
  });
});
