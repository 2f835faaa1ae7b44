/** Runs a definition in virtual time and explains how it ended. */
import { explainExecution, type ExplainedEnd } from "../../src/interpreter/explain/explain.ts";
import { simulate, type SimulationOptions } from "./simulate.ts";

export const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:charge";
export const TASK = { Type: "Task", Resource: LAMBDA, End: true };

/** `states`: the first one is StartAt. */
export function explained(
  states: object,
  options: Partial<SimulationOptions> & { readonly top?: object } = {},
): ExplainedEnd {
  const [startAt] = Object.keys(states);
  const { top, ...rest } = options;
  const run = simulate({ definition: { StartAt: startAt, States: states, ...top }, ...rest });
  return explainExecution(run.execution, run.history, run.now);
}

/** The value of a fact; undefined: there is none with that label. */
export function fact({ facts }: ExplainedEnd, label: string): string | undefined {
  return facts.find((one) => one.label === label)?.value;
}
