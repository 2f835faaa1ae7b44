/** The JSON editor, loaded when it is shown first: CodeMirror is large. */
import { lazyComponent } from "../components/lazy-component.tsx";
import type { JsonEditorProps } from "./json-editor.tsx";

export const LazyEditor = lazyComponent<JsonEditorProps>(
  "editor",
  async () => (await import("./json-editor.tsx")).JsonEditor,
);
