/** Sets the fields that forms show. */
import { isArray, isObject } from "../../../src/json/kind.ts";
import type { DocumentEditor } from "../document/document-editor.ts";
import type { JsonPath } from "../document/json-path.ts";
import type { Writable } from "../document/json-source.ts";

/**
 * Sets the field at `steps` from `base`, which exists; objects between them are made. Undefined takes it away,
 * with what is empty without it.
 */
export function setField(
  editor: DocumentEditor,
  base: JsonPath,
  steps: JsonPath,
  value: Writable | undefined,
): void {
  const path = [...base, ...steps];
  if (value === undefined) {
    editor.remove(path);
    pruneEmpty(editor, base, steps.slice(0, -1));
    return;
  }
  for (let length = 1; length < steps.length; length += 1) {
    const outer = [...base, ...steps.slice(0, length)];
    if (editor.get(outer) !== undefined) continue;
    editor.set(outer, typeof steps[length] === "number" ? [] : {}, placeOf(outer));
  }
  editor.set(path, value, placeOf(path));
}

function pruneEmpty(editor: DocumentEditor, base: JsonPath, steps: JsonPath): void {
  for (let length = steps.length; length > 0; length -= 1) {
    const path = [...base, ...steps.slice(0, length)];
    const value = editor.get(path);
    const isEmpty =
      (isObject(value) && Object.keys(value).length === 0) ||
      (isArray(value) && value.length === 0);
    if (!isEmpty || typeof path.at(-1) === "number") return;
    editor.remove(path);
  }
}

/** The order that people write fields in; a new one is put before those that come after it. */
const ORDER: readonly string[] = [
  "Comment",
  "QueryLanguage",
  "Type",
  "Resource",
  "Items",
  "ItemsPath",
  "ItemReader",
  "ItemSelector",
  "ItemBatcher",
  "ItemProcessor",
  "Branches",
  "Variable",
  "Condition",
  "InputPath",
  "Parameters",
  "Arguments",
  "Result",
  "ResultSelector",
  "ResultPath",
  "OutputPath",
  "Output",
  "Assign",
  "ErrorEquals",
  "Error",
  "ErrorPath",
  "Cause",
  "CausePath",
  "ResultWriter",
  "MaxConcurrency",
  "MaxConcurrencyPath",
  "TimeoutSeconds",
  "TimeoutSecondsPath",
  "HeartbeatSeconds",
  "HeartbeatSecondsPath",
  "Credentials",
  "Retry",
  "Catch",
  "Choices",
  "Default",
  "StartAt",
  "States",
  "Next",
  "End",
];

function placeOf(path: JsonPath): { readonly before: readonly string[] } {
  const index = ORDER.indexOf(String(path.at(-1)));
  return { before: index < 0 ? ["Next", "End"] : ORDER.slice(index + 1) };
}
