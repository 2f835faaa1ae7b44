import type { SucceedState } from "../../asl/definition.ts";
import { applyPath } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { exitWithOutput } from "../exit.ts";
import { fail } from "../failure.ts";
import type { Turn } from "../turn.ts";

/** Succeed: ends the branch, iteration or execution that it is in. */
export function runSucceed(turn: Turn, frame: Frame, state: SucceedState): void {
  const input = applyPath(turn, frame, state.inputPath, frame.input);
  if (!input.ok) return fail(turn, frame, input.failure);
  exitWithOutput(turn, frame, state, input.value, input.value);
}
