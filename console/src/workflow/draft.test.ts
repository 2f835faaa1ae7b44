import { expect, it } from "vitest";
import { DocumentEditor } from "../document/document-editor.ts";
import { readDocument } from "../document/source-tree.ts";
import {
  newDraft,
  withEdits,
  withRedo,
  withSelection,
  withText,
  withUndo,
  type Draft,
} from "./draft.ts";

function set(draft: Draft, value: number, time: number, group?: string): Draft {
  const editor = new DocumentEditor(readDocument(draft.text)!);
  editor.set(["a"], value);
  return withEdits(draft, editor, ["a"], { label: "Set", time, group });
}

it("goes back and forth, with what was selected", () => {
  const one = set(newDraft('{ "a": 1.0 }'), 2, 0);
  const two = withText(withSelection(one, undefined), '{ "a": 3 }', { label: "Type", time: 1 });
  expect(withUndo(two)).toMatchObject({ text: '{ "a": 2 }', selected: undefined });
  expect(withUndo(withUndo(two))).toMatchObject({ text: '{ "a": 1.0 }', done: [] });
  const again = withRedo(withRedo(withUndo(withUndo(two))));
  expect(again).toMatchObject({ text: '{ "a": 3 }', undone: [] });
  expect(withRedo(withUndo(one))).toMatchObject({ selected: ["a"] });
});

it("stays as it is where there is nothing to take back or to do again", () => {
  const draft = newDraft("{}");
  expect(withUndo(draft)).toBe(draft);
  expect(withRedo(draft)).toBe(draft);
});

it("takes back at once what is typed fast into one field", () => {
  const first = set(newDraft('{ "a": 1 }'), 12, 0, "field");
  const fast = set(first, 123, 500, "field");
  expect(withUndo(fast).text).toBe('{ "a": 1 }');
  expect(withUndo(set(fast, 4, 5_000, "field")).text).toBe('{ "a": 123 }');
  expect(withUndo(set(fast, 4, 600, "other")).text).toBe('{ "a": 123 }');
});

it("forgets what was taken back as soon as something else is done", () => {
  const draft = set(withUndo(set(newDraft('{ "a": 1 }'), 2, 0)), 3, 1);
  expect(withRedo(draft).text).toBe('{ "a": 3 }');
});

it("does not note what changes nothing", () => {
  expect(set(newDraft('{ "a": 1 }'), 1, 0).done).toEqual([]);
});
