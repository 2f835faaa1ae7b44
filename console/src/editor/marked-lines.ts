/** Lines of the editor that stand out, such as those that are new. */
import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

const setMarks = StateEffect.define<readonly number[]>();
const mark = Decoration.line({ class: "cm-marked-line" });

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { effects, state, changes }) => {
    for (const effect of effects) {
      if (effect.is(setMarks)) return decorations(state, effect.value);
    }
    return before.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** For editors that mark lines. */
export const markedLines: Extension = marks;

/** `lines`: numbers from 1; those that the text does not have are left out. */
export function markLines(view: EditorView, lines: readonly number[]): void {
  view.dispatch({ effects: setMarks.of(lines) });
}

function decorations({ doc }: EditorState, lines: readonly number[]): DecorationSet {
  const inText = lines.filter((line) => line >= 1 && line <= doc.lines);
  return Decoration.set(
    inText.map((line) => mark.range(doc.line(line).from)),
    true,
  );
}
