import { describe, expect, it } from "vitest";
import { parseDefinition } from "../../../src/asl/parse-definition.ts";
import { DocumentEditor } from "../document/document-editor.ts";
import { readDocument } from "../document/source-tree.ts";
import { insertFragment } from "./edit-flow.ts";
import { PALETTE, paletteItem, searchPalette } from "./palette.ts";
import { startOf } from "./references.ts";

/** What is left to be filled in when these were put into an empty definition. */
const TO_BE_FILLED: Readonly<Record<string, RegExp>> = {
  "flow:Choice": /comparison operator|required: \[(?:Condition, )?Next\]/,
  "flow:Parallel": /cannot be empty|required: \[StartAt\]/,
  "flow:Map": /cannot be empty|required: \[StartAt\]/,
  "flow:DistributedMap": /cannot be empty|required: \[StartAt\]/,
};

describe.each(["JSONPath", "JSONata"] as const)("in %s", (language) => {
  it.each(PALETTE.map((item) => [item.id, item] as const))("%s is valid", (id, item) => {
    const text = language === "JSONata" ? '{"QueryLanguage": "JSONata", "States": {}}' : "{}";
    const editor = new DocumentEditor(readDocument(text)!);
    insertFragment(editor, startOf([]), item.make(language));
    const errors = parseDefinition(editor.text, { type: "STANDARD" }).diagnostics.filter(
      ({ severity, message }) => severity === "ERROR" && !TO_BE_FILLED[id]?.test(message),
    );
    expect(errors).toEqual([]);
  });
});

it("ids are unique", () => {
  expect(new Set(PALETTE.map(({ id }) => id)).size).toBe(PALETTE.length);
});

it.each([
  ["put item", "dynamodb:putItem"],
  ["if else", "flow:Choice"],
  ["human", "pattern:approval"],
  ["lambda arn", "lambda-function"],
  ["aws-sdk:glacier:listVaults", "aws-sdk:glacier:listVaults"],
  ["glacier:listVaults", "aws-sdk:glacier:listVaults"],
])("%j finds %s", (search, id) => {
  expect(searchPalette(search).map((item) => item.id)).toContain(id);
  expect(paletteItem(id)?.id).toBe(id);
});

it("nothing is found where nothing fits", () => {
  expect(searchPalette("no such thing")).toEqual([]);
});
