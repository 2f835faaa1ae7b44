/** Every definition that was recorded from AWS can be edited. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/json/json.ts";
import { isArray, isObject } from "../../../src/json/kind.ts";
import { stringify } from "../../../src/json/stringify.ts";
import { valueAt } from "../document/change-value.ts";
import { DocumentEditor } from "../document/document-editor.ts";
import { nodeAt, readDocument, resolveLocation } from "../document/source-tree.ts";
import { pointerOf, type JsonPath } from "../document/json-path.ts";
import { findProblems } from "./find-problems.ts";
import { duplicateState, moveState, removeState } from "./edit-flow.ts";
import { startOf } from "./references.ts";
import { allStates } from "./states.ts";
import { newDraft, withText, withUndo } from "./draft.ts";

const FOLDER = fileURLToPath(new URL("../../../../shared/conformance", import.meta.url));

/** Texts of definitions, whichever member of a recording they are in. */
function definitionsIn(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) definitionsIn(one, found);
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const isDefinition = key === "definition" || key === "definition_text";
    if (!isDefinition) definitionsIn(member, found);
    else if (typeof member === "string") found.add(member);
    else found.add(stringify(member as Json).replaceAll(/(?<=[,:])/g, ""));
  }
}

function recorded(): string[] {
  const found = new Set<string>();
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".json"))) {
    definitionsIn(JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")), found);
  }
  return [...found];
}

const isThere = existsSync(FOLDER);

describe.skipIf(!isThere)("recorded definitions (skipped without ../shared/conformance)", () => {
  const texts = isThere ? recorded() : [];
  const documents = texts.flatMap((text) => readDocument(text) ?? []);

  it("are many", () => {
    expect(documents.length).toBeGreaterThan(300);
  });

  it("that are no JSON can be opened and mended as text", () => {
    for (const text of texts.filter((one) => readDocument(one) === undefined)) {
      const typed = withText(newDraft(text), `${text} `, { label: "Type", time: 0 });
      expect(withUndo(typed).text).toBe(text);
    }
  });

  it("stay the same text if every value in them is set to what it is", () => {
    for (const document of documents) {
      const editor = new DocumentEditor(document);
      for (const path of places(document.value)) {
        editor.set(path, valueAt(document.value, path)!);
      }
      expect(editor.batches).toEqual([]);
      expect(editor.text).toBe(document.text);
    }
  });

  it("stay the same text if every state in them is written again as it is written", () => {
    for (const document of documents) {
      const editor = new DocumentEditor(document);
      for (const { path } of allStates(document.value)) editor.set(path, editor.source(path)!);
      expect(editor.text).toBe(document.text);
    }
  });

  it("find the place of everything that is said about them", () => {
    for (const document of documents) {
      for (const problem of findProblems(document, "STANDARD")) {
        expect(nodeAt(document.root, problem.path)).toBeDefined();
        expect(problem.to).toBeGreaterThan(problem.from);
      }
      for (const { path } of allStates(document.value)) {
        expect(resolveLocation(document.root, pointerOf(path))).toEqual(path);
      }
    }
  });

  it("can have each state copied, moved to the start and taken out, and come back", () => {
    for (const document of documents) {
      for (const { path } of allStates(document.value)) {
        const editor = new DocumentEditor(document);
        duplicateState(editor, path);
        moveState(editor, path, startOf([]));
        removeState(editor, path);
        expect(readDocument(editor.text)?.value).toEqual(editor.value);
      }
    }
  });
});

function places(value: Json, path: JsonPath = []): JsonPath[] {
  const inner = isArray(value)
    ? value.flatMap((one, index) => places(one, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]))
      : [];
  return [path, ...inner];
}
