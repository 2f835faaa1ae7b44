import type { PassState } from "../../asl/definition.ts";
import { applyPath, applyTemplate } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { exitWithResult } from "../exit.ts";
import { fail } from "../failure.ts";
import type { Turn } from "../turn.ts";

/** Pass: the result is `Result`, else what Parameters makes of the input, else the input. */
export function runPass(turn: Turn, frame: Frame, state: PassState): void {
  const input = applyPath(turn, frame, state.inputPath, frame.input);
  if (!input.ok) return fail(turn, frame, input.failure);
  if (state.result !== undefined) return exitWithResult(turn, frame, state, state.result);
  const parameters = applyTemplate(turn, frame, state.parameters, input.value);
  if (!parameters.ok) return fail(turn, frame, parameters.failure);
  exitWithResult(turn, frame, state, parameters.value);
}
