/** Leaving a state. */
import type { Flow, InputOutput, ResultPathField } from "../asl/definition.ts";
import type { Payload } from "../data/evaluation.ts";
import type { Json } from "../json/json.ts";
import { applyPath, applyResultPath, applyTemplate, evaluateAssign } from "./data-flow.ts";
import type { Frame } from "./execution.ts";
import { fail } from "./failure.ts";
import { emit, sizeFailure, type Turn } from "./turn.ts";

/** Exits with a result that still has to go through ResultSelector, ResultPath and OutputPath. */
export function exitWithResult(
  turn: Turn,
  frame: Frame,
  state: InputOutput &
    Flow & { resultPath: ResultPathField; resultSelector?: Payload | undefined },
  result: Json,
): void {
  const selected = applyTemplate(turn, frame, state.resultSelector, result);
  if (!selected.ok) return fail(turn, frame, selected.failure);
  const merged = applyResultPath(frame, state.resultPath, frame.input, selected.value);
  if (!merged.ok) return fail(turn, frame, merged.failure);
  exitWithOutput(turn, frame, state, merged.value, selected.value);
}

/**
 * Exits with `value` through OutputPath. `assignFrom` is what `$` means in Assign; `next` overrides
 * the state's own way out.
 */
export function exitWithOutput(
  turn: Turn,
  frame: Frame,
  state: Pick<InputOutput, "outputPath"> & Partial<Flow>,
  value: Json,
  assignFrom: Json,
  next: string | undefined = state.next,
): void {
  const output = applyPath(turn, frame, state.outputPath, value);
  if (!output.ok) return fail(turn, frame, output.failure);
  const assign = evaluateAssign(turn, frame, state.assign, assignFrom);
  if (!assign.ok) return fail(turn, frame, assign.failure);
  if (output.value !== frame.input) {
    const tooBig = sizeFailure(turn, output.value, frame.state?.name ?? "");
    if (tooBig !== undefined) return fail(turn, frame, tooBig);
  }
  emit(turn, {
    kind: "StateExited",
    frame: frame.id,
    output: output.value,
    assigned: assign.assigned,
    next,
  });
}
