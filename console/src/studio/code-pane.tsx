/** The definition as text, kept in step with the graph. */
import { indentWithTab } from "@codemirror/commands";
import { EditorState, StateEffect, StateField, type Range } from "@codemirror/state";
import { Decoration, EditorView, keymap, type DecorationSet } from "@codemirror/view";
import { forceLinting, linter, lintGutter, type Diagnostic } from "@codemirror/lint";
import { useEffect, useRef } from "react";
import { jsonText, writableText } from "../editor/json-text-extensions.ts";
import { jsonProblem } from "../components/json-text.ts";
import { nodeAt, pathAt, readDocument } from "../document/source-tree.ts";
import { differenceOf } from "../document/text-edit.ts";
import type { Problem } from "../workflow/find-problems.ts";
import { stateAround } from "../workflow/states.ts";
import { completionsFor } from "./code-completion.ts";
import { useStudio, type Studio } from "./use-studio.ts";

export function CodePane() {
  const studio = useStudio();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(studio);
  useEffect(() => {
    latest.current = studio;
  });

  useEffect(() => {
    const editor = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: latest.current.draft.text,
        extensions: [
          // Before the editor's own keys: there is one history for text and graph.
          keymap.of([...historyKeys(latest), indentWithTab]),
          jsonText(),
          writableText(),
          completionsFor(() => latest.current.document.value),
          EditorView.contentAttributes.of({ "aria-label": "Definition" }),
          linter((one) => diagnosticsOf(one, latest.current), { delay: 200 }),
          lintGutter(),
          selectedLines,
          EditorView.updateListener.of((update) => {
            const text = update.state.doc.toString();
            if (update.docChanged && text !== latest.current.draft.text) latest.current.write(text);
            const isOwn = update.transactions.some((one) => one.isUserEvent("select"));
            if (isOwn && update.selectionSet) selectAt(update.state, latest.current);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  const { draft, selected, document, problems, isJson } = studio;
  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const edit = differenceOf(editor.state.doc.toString(), draft.text);
    if (edit === undefined) return;
    const { from, to, insert } = edit;
    editor.dispatch({ changes: { from, to, insert } });
  }, [draft.text]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null) forceLinting(editor);
  }, [problems]);

  const node = selected === undefined ? undefined : nodeAt(document.root, selected);
  const [from, to] = [node?.start, node?.end];
  useEffect(() => {
    const editor = view.current;
    if (editor === null || !isJson) return;
    const isThere = from !== undefined && to !== undefined && to <= editor.state.doc.length;
    const effects: StateEffect<unknown>[] = [markSelected.of(isThere ? { from, to } : undefined)];
    // Somebody who writes in the text is where they want to be.
    if (isThere && !editor.hasFocus) {
      effects.push(EditorView.scrollIntoView(from, { y: "start", yMargin: 60 }));
    }
    editor.dispatch({ effects });
  }, [from, to, isJson]);

  return <div ref={place} className="json-editor code-pane" />;
}

function historyKeys(studio: { readonly current: Studio }) {
  const undo = (): boolean => {
    studio.current.undo();
    return true;
  };
  const redo = (): boolean => {
    studio.current.redo();
    return true;
  };
  return [
    { key: "Mod-z", run: undo, preventDefault: true },
    { key: "Mod-y", run: redo, preventDefault: true },
    { key: "Mod-Shift-z", run: redo, preventDefault: true },
  ];
}

/** The state in which the cursor is becomes the selected one. */
function selectAt(state: EditorState, studio: Studio): void {
  const document = readDocument(state.doc.toString());
  if (document === undefined) return;
  const path = pathAt(document.root, state.selection.main.head);
  studio.select(stateAround(document.value, path));
}

function diagnosticsOf(view: EditorView, { problems, isJson }: Studio): Diagnostic[] {
  const text = view.state.doc.toString();
  if (!isJson) {
    const problem = jsonProblem(text);
    if (problem === undefined) return [];
    const from = Math.min(problem.offset, text.length);
    const to = Math.min(from + 1, text.length);
    return [{ from, to, severity: "error", message: problem.message }];
  }
  return problems
    .filter(({ to }) => to <= text.length)
    .map(({ from, to, severity, code, message }: Problem) => ({
      from,
      to,
      severity: severity === "ERROR" ? "error" : "warning",
      message: `${code}: ${message}`,
    }));
}

const markSelected = StateEffect.define<{ from: number; to: number } | undefined>();
const LINE = Decoration.line({ class: "cm-selected-state" });

/** Marks the lines of the selected state. */
const selectedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markSelected)) continue;
      const range = effect.value;
      if (range === undefined) return Decoration.none;
      const { doc } = transaction.state;
      const lines: Range<Decoration>[] = [];
      for (let at = range.from; at <= Math.min(range.to, doc.length);) {
        const line = doc.lineAt(at);
        lines.push(LINE.range(line.from));
        at = line.to + 1;
      }
      next = Decoration.set(lines);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
