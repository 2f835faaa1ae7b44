import type { ParallelState } from "../../asl/definition.ts";
import { applyPath, applyTemplate } from "../data-flow.ts";
import type { ForkPhase, Frame } from "../execution.ts";
import { fail } from "../failure.ts";
import { emit, sizeFailure, type Turn } from "../turn.ts";

/** Parallel: every branch gets the same input. */
export function runParallel(turn: Turn, frame: Frame, state: ParallelState): void {
  const input = applyPath(turn, frame, state.inputPath, frame.input);
  if (!input.ok) return fail(turn, frame, input.failure);
  const parameters = applyTemplate(turn, frame, state.parameters, input.value);
  if (!parameters.ok) return fail(turn, frame, parameters.failure);
  if (parameters.value !== frame.input) {
    const tooBig = sizeFailure(turn, parameters.value, state.name);
    if (tooBig !== undefined) return fail(turn, frame, tooBig);
  }
  emit(turn, { kind: "ParallelStarted", frame: frame.id, input: parameters.value });
  for (const child of (frame.phase as ForkPhase).children.values()) turn.work.push(child);
}
