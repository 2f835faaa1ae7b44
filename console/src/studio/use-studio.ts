/** What is edited in the studio, and what can be done to it. */
import { createContext, use, useCallback, useEffect, useMemo, useReducer, useState } from "react";
import type { Json } from "../../../src/json/json.ts";
import { valueAt } from "../document/change-value.ts";
import { DocumentEditor } from "../document/document-editor.ts";
import type { JsonPath } from "../document/json-path.ts";
import { readDocument, type JsonDocument } from "../document/source-tree.ts";
import {
  newDraft,
  withEdits,
  withRedo,
  withSelection,
  withText,
  withUndo,
  type Draft,
} from "../workflow/draft.ts";
import {
  byPlace,
  byState,
  findProblems,
  type Problem,
  type ProblemsByPlace,
} from "../workflow/find-problems.ts";

/** Changes the definition; gives what to select then: undefined for what was, null for nothing. */
export type Change = (editor: DocumentEditor) => JsonPath | undefined | null | void;

export interface Studio {
  readonly draft: Draft;
  /** The definition, as it was when its text was JSON last. */
  readonly document: JsonDocument;
  /** False: the text is no JSON just now; only the text can be edited then. */
  readonly isJson: boolean;
  readonly type: "STANDARD" | "EXPRESS";
  /** The selected state, if it is (still) there. */
  readonly selected: JsonPath | undefined;
  /** Found a moment after each change. */
  readonly problems: readonly Problem[];
  readonly problemsAt: ProblemsByPlace;
  readonly problemsIn: ProblemsByPlace;
  /** `group`: changes of the same one that follow fast are taken back together. */
  readonly edit: (label: string, change: Change, group?: string) => void;
  readonly write: (text: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly select: (path: JsonPath | undefined) => void;
}

const EMPTY: JsonDocument = readDocument('{"States": {}}')!;

type Action =
  | {
      readonly type: "edit";
      readonly label: string;
      readonly change: Change;
      readonly group: string | undefined;
      readonly time: number;
    }
  | { readonly type: "write"; readonly text: string; readonly time: number }
  | { readonly type: "undo" | "redo" }
  | { readonly type: "select"; readonly path: JsonPath | undefined };

function reduce(draft: Draft, action: Action): Draft {
  switch (action.type) {
    case "edit": {
      const document = readDocument(draft.text);
      if (document === undefined) return draft;
      const editor = new DocumentEditor(document);
      const chosen = action.change(editor);
      const selected = chosen === undefined ? draft.selected : (chosen ?? undefined);
      return withEdits(draft, editor, selected, action);
    }
    case "write":
      return withText(draft, action.text, { label: "Write", time: action.time, group: "write" });
    case "undo":
      return withUndo(draft);
    case "redo":
      return withRedo(draft);
    case "select":
      return withSelection(draft, action.path);
  }
}

export function useStudioState(text: string, type: "STANDARD" | "EXPRESS"): Studio {
  const [draft, dispatch] = useReducer(reduce, text, newDraft);
  const { document, isJson } = useLastDocument(draft.text);
  const problems = useProblems(draft.text, document, isJson, type);
  const problemsAt = useMemo(() => byPlace(problems), [problems]);
  const problemsIn = useMemo(() => byState(problems), [problems]);
  const edit = useCallback(
    (label: string, change: Change, group?: string) =>
      dispatch({ type: "edit", label, change, group, time: Date.now() }),
    [],
  );
  const write = useCallback(
    (written: string) => dispatch({ type: "write", text: written, time: Date.now() }),
    [],
  );
  const undo = useCallback(() => dispatch({ type: "undo" }), []);
  const redo = useCallback(() => dispatch({ type: "redo" }), []);
  const select = useCallback(
    (path: JsonPath | undefined) => dispatch({ type: "select", path }),
    [],
  );
  const isThere =
    draft.selected !== undefined && valueAt(document.value, draft.selected) !== undefined;
  const selected = isThere ? draft.selected : undefined;
  return useMemo(
    () => ({
      draft,
      document,
      isJson,
      type,
      selected,
      problems,
      problemsAt,
      problemsIn,
      edit,
      write,
      undo,
      redo,
      select,
    }),
    [
      draft,
      document,
      isJson,
      type,
      selected,
      problems,
      problemsAt,
      problemsIn,
      edit,
      write,
      undo,
      redo,
      select,
    ],
  );
}

/** The last text that was JSON: it stays while somebody is in the middle of a word. */
function useLastDocument(text: string): { document: JsonDocument; isJson: boolean } {
  const document = useMemo(() => readDocument(text), [text]);
  const [last, setLast] = useState(document ?? EMPTY);
  if (document !== undefined && document !== last) setLast(document);
  return { document: document ?? last, isJson: document !== undefined };
}

/** What is written fast is looked at when it pauses. */
const PAUSE_MS = 180;

function useProblems(
  text: string,
  document: JsonDocument,
  isJson: boolean,
  type: "STANDARD" | "EXPRESS",
): readonly Problem[] {
  const [problems, setProblems] = useState<readonly Problem[]>(() =>
    isJson ? findProblems(document, type) : [],
  );
  useEffect(() => {
    if (!isJson) return;
    const timer = setTimeout(() => setProblems(findProblems(document, type)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, document, isJson, type]);
  return problems;
}

export const StudioContext = createContext<Studio | undefined>(undefined);

export function useStudio(): Studio {
  const studio = use(StudioContext);
  if (studio === undefined) throw new Error("useStudio is used outside of the studio");
  return studio;
}

/** The value at a path of the definition. */
export function useValue(path: JsonPath): Json | undefined {
  return valueAt(useStudio().document.value, path);
}
