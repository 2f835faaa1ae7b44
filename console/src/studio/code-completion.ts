/** What can be written at the cursor of a definition: fields, states, resources, errors. */
import { autocompletion, type Completion, type CompletionContext } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { Json } from "../../../src/json/json.ts";
import { completionsAt } from "../workflow/completions.ts";

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
          options: found.map(({ label, insert, detail, kind }): Completion => ({
            label: `"${label}`,
            displayLabel: label,
            apply: insert,
            type: kind === "field" ? "property" : "constant",
            ...(detail === undefined ? {} : { detail }),
          })),
          validFor: /^"[^"\n]*$/,
        };
      },
    ],
  });
}
