/** A definition that is being edited, with what was done to it, to be taken back and done again. */
import type { DocumentEditor, EditBatch } from "../document/document-editor.ts";
import type { JsonPath } from "../document/json-path.ts";
import { applyEdits, differenceOf, invertEdits } from "../document/text-edit.ts";

/** One thing that was done. */
interface Step {
  /** For people: `Add Pass`. */
  readonly label: string;
  readonly batches: readonly EditBatch[];
  /** Steps with the same key that follow each other fast are one: letters that are typed. */
  readonly group: string | undefined;
  /** Milliseconds. */
  readonly time: number;
  readonly selectedBefore: JsonPath | undefined;
  readonly selectedAfter: JsonPath | undefined;
}

export interface Draft {
  readonly text: string;
  /** The state that is selected; undefined: the whole definition. */
  readonly selected: JsonPath | undefined;
  /** The oldest first. */
  readonly done: readonly Step[];
  /** The next to be done again last. */
  readonly undone: readonly Step[];
}

/** Steps that can be taken back; older ones are forgotten. */
const MAX_STEPS = 300;
/** Milliseconds within which steps of one group become one. */
const GROUP_MS = 1_500;

export function newDraft(text: string): Draft {
  return { text, selected: undefined, done: [], undone: [] };
}

export interface StepOptions {
  readonly label: string;
  readonly time: number;
  readonly group?: string | undefined;
}

/** What an editor that began with the draft's text did. */
export function withEdits(
  draft: Draft,
  editor: DocumentEditor,
  selected: JsonPath | undefined,
  options: StepOptions,
): Draft {
  if (editor.batches.length === 0) return { ...draft, selected };
  return withStep(draft, editor.text, editor.batches, selected, options);
}

/** Text that was written by hand. */
export function withText(draft: Draft, text: string, options: StepOptions): Draft {
  const edit = differenceOf(draft.text, text);
  if (edit === undefined) return draft;
  const batch = { edits: [edit], inverse: invertEdits(draft.text, [edit]) };
  return withStep(draft, text, [batch], draft.selected, options);
}

function withStep(
  draft: Draft,
  text: string,
  batches: readonly EditBatch[],
  selected: JsonPath | undefined,
  { label, time, group }: StepOptions,
): Draft {
  const last = draft.done.at(-1);
  const joins =
    last !== undefined &&
    group !== undefined &&
    last.group === group &&
    draft.undone.length === 0 &&
    time - last.time < GROUP_MS;
  const step: Step = {
    label,
    batches: joins ? [...last.batches, ...batches] : batches,
    group,
    time,
    selectedBefore: joins ? last.selectedBefore : draft.selected,
    selectedAfter: selected,
  };
  const before = joins ? draft.done.slice(0, -1) : draft.done;
  return { text, selected, done: [...before, step].slice(-MAX_STEPS), undone: [] };
}

export function withSelection(draft: Draft, selected: JsonPath | undefined): Draft {
  return { ...draft, selected };
}

/** The draft before its last step. */
export function withUndo(draft: Draft): Draft {
  const step = draft.done.at(-1);
  if (step === undefined) return draft;
  const text = step.batches
    .toReversed()
    .reduce((before, { inverse }) => applyEdits(before, inverse), draft.text);
  return {
    text,
    selected: step.selectedBefore,
    done: draft.done.slice(0, -1),
    undone: [...draft.undone, step],
  };
}

/** The draft with the step that was taken back last. */
export function withRedo(draft: Draft): Draft {
  const step = draft.undone.at(-1);
  if (step === undefined) return draft;
  const text = step.batches.reduce((before, { edits }) => applyEdits(before, edits), draft.text);
  return {
    text,
    selected: step.selectedAfter,
    done: [...draft.done, step],
    undone: draft.undone.slice(0, -1),
  };
}
