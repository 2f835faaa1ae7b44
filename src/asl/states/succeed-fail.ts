import type { FailState, SucceedState } from "../definition.ts";
import { readBase } from "../flow.ts";
import { readFailText, readInputOutput } from "../dialect.ts";
import type { StateSource } from "../source.ts";

/** A state that ends the machine with success. */
export function readSucceed(source: StateSource): SucceedState {
  source.scope.terminal = true;
  return { type: "Succeed", ...readBase(source), ...readInputOutput(source) };
}

/** A state that ends the execution with an error. */
export function readFail(source: StateSource): FailState {
  source.scope.terminal = true;
  return {
    type: "Fail",
    ...readBase(source),
    error: readFailText(source, "Error"),
    cause: readFailText(source, "Cause"),
  };
}
