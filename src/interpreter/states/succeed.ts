import type { SucceedState } from "../../asl/definition.ts";
import { applyInputPath } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { exitWithInput } from "../exit.ts";
import { halt } from "../halt.ts";
import type { Turn } from "../turn.ts";

/** Succeed: ends the branch, iteration or execution that it is in. */
export function runSucceed(turn: Turn, frame: Frame, state: SucceedState): void {
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  exitWithInput(turn, frame, state, input.value);
}
