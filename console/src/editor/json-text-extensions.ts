/** What CodeMirror needs to show and to edit JSON, but for a history: each editor has its own. */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
} from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import type { Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { editorTheme } from "./editor-theme.ts";

export function jsonText(): Extension {
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
  ];
}

export function writableText(): Extension {
  return [
    bracketMatching(),
    indentOnInput(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    keymap.of(closeBracketsKeymap),
  ];
}

/** The style sheets that the editor makes carry the nonce that the server put into the page. */
function nonce(): Extension {
  const content = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return content === undefined ? [] : EditorView.cspNonce.of(content);
}
