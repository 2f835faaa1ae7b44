/** One field of the definition in a form. */
import { useCallback } from "react";
import type { Json } from "../../../../src/json/json.ts";
import { valueAt } from "../../document/change-value.ts";
import { sourceText } from "../../document/document-editor.ts";
import { isInside, pathKey, pointerOf, type JsonPath } from "../../document/json-path.ts";
import { JsonSource, type Writable } from "../../document/json-source.ts";
import { nodeAt } from "../../document/source-tree.ts";
import { setField } from "../../workflow/edit-field.ts";
import { useStudio } from "../use-studio.ts";

export interface FieldState {
  readonly path: JsonPath;
  readonly value: Json | undefined;
  /** Messages about the field. */
  readonly errorText: string | undefined;
  readonly warningText: string | undefined;
  /** Undefined takes the field away. */
  readonly set: (value: Writable | undefined) => void;
}

/** `steps` lead from `base`, which exists, to the field. `withInside`: messages about what is in it, too. */
export function useField(base: JsonPath, steps: JsonPath, withInside = false): FieldState {
  const { document, problems, problemsAt, edit } = useStudio();
  const path = [...base, ...steps];
  const key = pathKey(path);
  const found = withInside
    ? problems.filter((problem) => isInside(problem.path, path))
    : (problemsAt.get(key) ?? []);
  const messages = (severity: "ERROR" | "WARNING"): string | undefined => {
    const texts = found
      .filter((problem) => problem.severity === severity)
      .map(({ message }) => message);
    return texts.length === 0 ? undefined : texts.join(" ");
  };
  const set = useCallback(
    (value: Writable | undefined) =>
      edit(
        `Change ${String(steps.at(-1))}`,
        (editor) => setField(editor, base, steps, value),
        `field ${key}`,
      ),
    // The paths are made anew each time; the key stands for them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [edit, key],
  );
  return {
    path,
    value: valueAt(document.value, path),
    errorText: messages("ERROR"),
    warningText: messages("WARNING"),
    set,
  };
}

/** The field as it is written; undefined: it is not there. */
export function useFieldSource(path: JsonPath): JsonSource | undefined {
  const { document } = useStudio();
  const node = nodeAt(document.root, path);
  return node === undefined ? undefined : JsonSource.read(sourceText(document.text, node));
}

/** For labels that must be unique. */
export function fieldId(path: JsonPath): string {
  return `field${pointerOf(path)}`;
}
