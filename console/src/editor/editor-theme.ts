/** How the editor looks; colours come from console.css and follow light and dark. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colors = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.bool, tags.null], color: "var(--code-keyword)" },
  { tag: tags.invalid, color: "var(--code-error)" },
]);

const base = EditorView.theme({
  "&": { backgroundColor: "var(--code-background)", color: "var(--code-text)", fontSize: "13px" },
  "&.cm-focused": { outline: "2px solid var(--focus-ring)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--code-font)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--code-text)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--code-text)" },
  ".cm-gutters": {
    backgroundColor: "var(--code-gutter)",
    color: "var(--code-gutter-text)",
    border: "none",
  },
  ".cm-marked-line": { backgroundColor: "var(--code-marked)" },
  ".cm-activeLine": { backgroundColor: "var(--code-active)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--code-active)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": {
    backgroundColor: "var(--code-selection) !important",
  },
  ".cm-tooltip, .cm-panels": {
    backgroundColor: "var(--code-gutter)",
    color: "var(--code-text)",
    border: "1px solid var(--line)",
  },
  ".cm-matchingBracket": { outline: "1px solid var(--code-gutter-text)", background: "none" },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--code-active)",
    color: "var(--code-gutter-text)",
    border: "none",
    padding: "0 4px",
  },
  ".cm-placeholder": { color: "var(--code-gutter-text)" },
});

export const editorTheme: Extension = [base, syntaxHighlighting(colors)];
