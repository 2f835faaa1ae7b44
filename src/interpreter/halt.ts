/** When a stage of a state gave no value: the state fails, or waits for the guarded evaluator. */
import type { Halted } from "./data-flow.ts";
import { requestEvaluation } from "./evaluation-request.ts";
import type { Frame } from "./execution.ts";
import { fail } from "./failure.ts";
import type { Turn } from "./turn.ts";

export function halt(turn: Turn, frame: Frame, stage: Halted): void {
  if ("failure" in stage) fail(turn, frame, stage.failure);
  else requestEvaluation(turn, frame, stage);
}
