/** Leaving a state. */
import type { Flow, InputOutput, ResultPathField } from "../asl/definition.ts";
import type { Payload } from "../data/evaluation.ts";
import type { Json, JsonObject } from "../json/json.ts";
import {
  applyPath,
  applyPayload,
  applyResultPath,
  evaluateAssign,
  outputAndAssign,
} from "./data-flow.ts";
import type { Frame } from "./execution.ts";
import { fail } from "./failure.ts";
import { halt } from "./halt.ts";
import type { ScopeExtras } from "./scope.ts";
import { emit, sizeFailure, type Turn } from "./turn.ts";
import { assignFailure } from "./variable-limits.ts";

/** What decides how a state is left. */
export type ExitFields = Pick<InputOutput, "outputPath" | "output"> & Partial<Flow>;

/**
 * Exits with a result that still has to go through ResultSelector, ResultPath and OutputPath, or
 * through Output.
 */
export function exitWithResult(
  turn: Turn,
  frame: Frame,
  state: ExitFields & {
    resultPath: ResultPathField;
    resultSelector?: Payload | undefined;
  },
  result: Json,
): void {
  if (frame.state?.language === "JSONata") {
    return exitInJsonata(turn, frame, state, result, { result }, state.next);
  }
  const selected = applyPayload(turn, frame, state.resultSelector, result);
  if (!selected.ok) return halt(turn, frame, selected);
  turn.probe?.inspect("afterResultSelector", selected.value);
  const merged = applyResultPath(frame, state.resultPath, frame.input, selected.value);
  if (!merged.ok) return halt(turn, frame, merged);
  turn.probe?.inspect("afterResultPath", merged.value);
  exitInJsonPath(turn, frame, state, merged.value, selected.value, state.next);
}

/** Exits a state without a result of its own. `next` overrides the state's own way out. */
export function exitWithInput(
  turn: Turn,
  frame: Frame,
  state: ExitFields,
  input: Json,
  next: string | undefined = state.next,
): void {
  if (frame.state?.language === "JSONata") {
    return exitInJsonata(turn, frame, state, input, {}, next);
  }
  exitInJsonPath(turn, frame, state, input, input, next);
}

function exitInJsonata(
  turn: Turn,
  frame: Frame,
  state: ExitFields,
  fallback: Json,
  extras: ScopeExtras,
  next: string | undefined,
): void {
  const exit = outputAndAssign(turn, frame, state, fallback, extras);
  if (!exit.ok) return halt(turn, frame, exit);
  leave(turn, frame, exit.output, exit.assigned, next);
}

/** `assignFrom` is what `$` means in Assign. */
function exitInJsonPath(
  turn: Turn,
  frame: Frame,
  state: ExitFields,
  value: Json,
  assignFrom: Json,
  next: string | undefined,
): void {
  const output = applyPath(turn, frame, state.outputPath, value);
  if (!output.ok) return halt(turn, frame, output);
  const assign = evaluateAssign(turn, frame, state.assign, assignFrom);
  if (!assign.ok) return halt(turn, frame, assign);
  leave(turn, frame, output.value, assign.assigned, next);
}

function leave(
  turn: Turn,
  frame: Frame,
  output: Json,
  assigned: JsonObject | undefined,
  next: string | undefined,
): void {
  const tooMuch = assignFailure(turn, frame, assigned);
  if (tooMuch !== undefined) return fail(turn, frame, tooMuch);
  if (output !== frame.input) {
    const tooBig = sizeFailure(turn, output, frame.state?.name ?? "");
    if (tooBig !== undefined) return fail(turn, frame, tooBig);
  }
  emit(turn, { kind: "StateExited", frame: frame.id, output, assigned, next });
}
