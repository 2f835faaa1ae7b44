/** What can be written at the cursor of a definition: fields, states, resources, errors. */
import {
  autocompletion,
  insertCompletionText,
  pickedCompletion,
  type Completion,
  type CompletionContext,
} from "@codemirror/autocomplete";
import type { EditorState, Extension } from "@codemirror/state";
import type { Json } from "../../../src/json/json.ts";
import { completionsAt, type CompletionItem } from "../workflow/completions.ts";

/** `definition`: as it was when its text was JSON last. */
export function completionsFor(definition: () => Json): Extension {
  return autocompletion({
    override: [
      (context: CompletionContext) => {
        const word = context.matchBefore(/"[^"\n]*|[\w$.:-]+/);
        if (word === null && !context.explicit) return null;
        const text = context.state.doc.toString();
        const found = completionsAt(text, word?.from ?? context.pos, definition());
        if (found.length === 0) return null;
        return {
          from: word?.from ?? context.pos,
          options: found.map((item) => completionOf(item)),
          validFor: /^"[^"\n]*$/,
        };
      },
    ],
  });
}

function completionOf({ label, insert, kind }: CompletionItem): Completion {
  return {
    // What is typed begins with a quote.
    label: `"${label}`,
    displayLabel: label,
    type: kind === "field" ? "property" : "constant",
    apply: (view, completion, from, to) =>
      view.dispatch({
        ...insertCompletionText(view.state, insert, from, endOfWord(view.state, to)),
        annotations: pickedCompletion.of(completion),
      }),
  };
}

/** A quote that was closed at once belongs to the word. */
function endOfWord(state: EditorState, at: number): number {
  return state.sliceDoc(at, at + 1) === '"' ? at + 1 : at;
}
