/** A text editor for JSON, on CodeMirror. Load it through lazy-editor.tsx. */
import { history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { linter, lintGutter, type Diagnostic } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { jsonText, writableText } from "./json-text-extensions.ts";
import { markedLines, markLines } from "./marked-lines.ts";

/** A range of the text and what is wrong there. */
export interface EditorProblem {
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

export interface JsonEditorProps {
  readonly value: string;
  /** Undefined: the text can only be read. */
  readonly onChange?: ((value: string) => void) | undefined;
  /** Called a moment after every change. */
  readonly check?: ((text: string) => readonly EditorProblem[]) | undefined;
  readonly ariaLabel: string;
  /** Tab indents, and moves on only after Escape; otherwise it always moves on. */
  readonly tabIndents?: boolean;
  /** CSS height; by default it grows with the text. */
  readonly height?: string | undefined;
  /** Where to put the cursor; a new object moves it again. Both from 1. */
  readonly cursor?: { readonly line: number; readonly column: number } | undefined;
  /** Numbers of lines that stand out, from 1. */
  readonly marked?: readonly number[] | undefined;
}

export function JsonEditor(props: JsonEditorProps) {
  const { value, onChange, check, ariaLabel, tabIndents = false, height, cursor, marked } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ onChange, check });
  useEffect(() => {
    latest.current = { onChange, check };
  });
  const isReadOnly = onChange === undefined;
  const hasCheck = check !== undefined;

  useEffect(() => {
    const changed = (text: string): void => latest.current.onChange?.(text);
    const problems = (text: string) => latest.current.check?.(text) ?? [];
    const state = EditorState.create({
      doc: value,
      extensions: [
        extensions(isReadOnly, changed),
        tabIndents ? keymap.of([indentWithTab]) : [],
        hasCheck ? checked(problems) : [],
        EditorView.contentAttributes.of({ "aria-label": ariaLabel, tabindex: "0" }),
      ],
    });
    view.current = new EditorView({ state, parent: place.current! });
    return () => view.current?.destroy();
    // The text of a living editor is kept by the effect below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isReadOnly, hasCheck, ariaLabel, tabIndents]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || cursor === undefined) return;
    const line = editor.state.doc.line(Math.min(cursor.line, editor.state.doc.lines));
    const at = Math.min(line.to, line.from + cursor.column - 1);
    editor.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: "center" }),
    });
    editor.focus();
  }, [cursor]);

  useEffect(() => {
    if (view.current !== null) markLines(view.current, marked ?? []);
  }, [marked, value]);

  // What Escape closes in the editor (a search, a list) must not close the dialog around it.
  const keepEscape = (event: KeyboardEvent): void => {
    if (event.key === "Escape") event.stopPropagation();
  };
  return (
    <div
      ref={place}
      className="json-editor"
      style={{ height: height ?? "auto" }}
      onKeyDown={keepEscape}
    />
  );
}

function extensions(isReadOnly: boolean, changed: (text: string) => void): Extension {
  if (isReadOnly) {
    return [jsonText(), markedLines, EditorState.readOnly.of(true)];
  }
  return [
    jsonText(),
    markedLines,
    writableText(),
    history(),
    keymap.of(historyKeymap),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    }),
  ];
}

function checked(problems: (text: string) => readonly EditorProblem[]): Extension {
  const source = (view: EditorView): Diagnostic[] =>
    problems(view.state.doc.toString()).map((problem) => ({
      ...problem,
      from: Math.min(problem.from, view.state.doc.length),
      to: Math.min(problem.to, view.state.doc.length),
    }));
  return [linter(source, { delay: 300 }), lintGutter()];
}
