import type { PassState } from "../../asl/definition.ts";
import { applyPath, applyPayload } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { exitWithInput, exitWithResult } from "../exit.ts";
import { halt } from "../halt.ts";
import type { Turn } from "../turn.ts";

/** Pass: the result is `Result`, else what Parameters makes of the input, else the input. */
export function runPass(turn: Turn, frame: Frame, state: PassState): void {
  if (state.language === "JSONata") return exitWithInput(turn, frame, state, frame.input);
  const input = applyPath(turn, frame, state.inputPath, frame.input);
  if (!input.ok) return halt(turn, frame, input);
  if (state.result !== undefined) {
    turn.probe?.inspect("result", state.result);
    return exitWithResult(turn, frame, state, state.result);
  }
  // Recorded from AWS: not shown beside a fixed Result.
  turn.probe?.inspect("afterInputPath", input.value);
  const parameters = applyPayload(turn, frame, state.parameters, input.value);
  if (!parameters.ok) return halt(turn, frame, parameters);
  turn.probe?.inspect("afterParameters", parameters.value);
  exitWithResult(turn, frame, state, parameters.value);
}
