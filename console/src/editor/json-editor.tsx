/** A text editor for JSON, on CodeMirror. Load it through lazy-editor.tsx. */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
} from "@codemirror/language";
import { linter, lintGutter, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useRef } from "react";
import { editorTheme } from "./editor-theme.ts";

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
  /** CSS height; by default it grows with the text. */
  readonly height?: string | undefined;
  /** Where to put the cursor; a new object moves it again. Both from 1. */
  readonly cursor?: { readonly line: number; readonly column: number } | undefined;
}

export function JsonEditor({ value, onChange, check, ariaLabel, height, cursor }: JsonEditorProps) {
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
        hasCheck ? checked(problems) : [],
        EditorView.contentAttributes.of({ "aria-label": ariaLabel }),
      ],
    });
    view.current = new EditorView({ state, parent: place.current! });
    return () => view.current?.destroy();
    // The text of a living editor is kept by the effect below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isReadOnly, hasCheck, ariaLabel]);

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

  return <div ref={place} className="json-editor" style={{ height: height ?? "auto" }} />;
}

function extensions(isReadOnly: boolean, changed: (text: string) => void): Extension {
  return [
    lineNumbers(),
    codeFolding(),
    foldGutter(),
    drawSelection(),
    highlightSelectionMatches(),
    json(),
    editorTheme,
    nonce(),
    EditorView.lineWrapping,
    keymap.of([...defaultKeymap, ...searchKeymap, ...foldKeymap]),
    isReadOnly
      ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ tabindex: "0" })]
      : [
          bracketMatching(),
          history(),
          indentOnInput(),
          closeBrackets(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          keymap.of([...closeBracketsKeymap, ...historyKeymap, ...leaveOrIndent]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
  ];
}

/** Tab indents; after Escape the next Tab leaves the editor, so that the keyboard is not caught. */
const leaveOrIndent = [indentWithTab];

function checked(problems: (text: string) => readonly EditorProblem[]): Extension {
  const source = (view: EditorView): Diagnostic[] =>
    problems(view.state.doc.toString()).map((problem) => ({
      ...problem,
      from: Math.min(problem.from, view.state.doc.length),
      to: Math.min(problem.to, view.state.doc.length),
    }));
  return [linter(source, { delay: 300 }), lintGutter()];
}

/** The style sheets that the editor makes carry the nonce that the server put into the page. */
function nonce(): Extension {
  const content = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return content === undefined ? [] : EditorView.cspNonce.of(content);
}
