import { expect, it } from "vitest";
import { DocumentEditor } from "../document/document-editor.ts";
import { readDocument } from "../document/source-tree.ts";
import { setField } from "./edit-field.ts";

function after(value: object, change: (editor: DocumentEditor) => void): string {
  const editor = new DocumentEditor(readDocument(JSON.stringify(value))!);
  change(editor);
  return editor.text;
}

it("puts a field where people write it", () => {
  const state = { Type: "Task", Resource: "r", Next: "A" };
  expect(after(state, (editor) => setField(editor, [], ["TimeoutSeconds"], 5))).toBe(
    '{"Type":"Task","Resource":"r","TimeoutSeconds":5,"Next":"A"}',
  );
  expect(after(state, (editor) => setField(editor, [], ["Comment"], "c"))).toBe(
    '{"Comment":"c","Type":"Task","Resource":"r","Next":"A"}',
  );
  expect(after(state, (editor) => setField(editor, [], ["Unknown"], 1))).toBe(
    '{"Type":"Task","Resource":"r","Unknown":1,"Next":"A"}',
  );
});

it("makes what a field is in, and takes it away when it is empty", () => {
  const steps = ["ItemReader", "ReaderConfig", "InputType"];
  expect(after({}, (editor) => setField(editor, [], steps, "CSV"))).toContain('"InputType": "CSV"');
  const full = { Type: "Map", ItemReader: { ReaderConfig: { InputType: "CSV" } } };
  expect(after(full, (editor) => setField(editor, [], steps, undefined))).toBe('{"Type":"Map"}');
  const kept = { ItemReader: { Resource: "r", ReaderConfig: { InputType: "CSV" } } };
  expect(after(kept, (editor) => setField(editor, [], steps, undefined))).toBe(
    '{"ItemReader":{"Resource":"r"}}',
  );
});

it("takes an empty list away with its last element", () => {
  const state = { Retry: [{ ErrorEquals: ["A"] }], End: true };
  expect(after(state, (editor) => setField(editor, [], ["Retry", 0], undefined))).toBe(
    '{"End":true}',
  );
});

it("does nothing where there is nothing to take away", () => {
  expect(after({ Type: "Pass" }, (editor) => setField(editor, [], ["Assign"], undefined))).toBe(
    '{"Type":"Pass"}',
  );
});
