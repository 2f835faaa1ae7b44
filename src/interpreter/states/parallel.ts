import type { ParallelState } from "../../asl/definition.ts";
import { applyInputPath, applyPayload } from "../data-flow.ts";
import type { ForkPhase, Frame } from "../execution.ts";
import { fail } from "../failure.ts";
import { halt } from "../halt.ts";
import { emit, sizeFailure, type Turn } from "../turn.ts";

/** Parallel: every branch gets the same input. */
export function runParallel(turn: Turn, frame: Frame, state: ParallelState): void {
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  const parameters = applyPayload(turn, frame, state.parameters, input.value);
  if (!parameters.ok) return halt(turn, frame, parameters);
  if (parameters.value !== frame.input) {
    const tooBig = sizeFailure(turn, parameters.value, state.name);
    if (tooBig !== undefined) return fail(turn, frame, tooBig);
  }
  if (turn.probe?.runFork !== undefined) return turn.probe.runFork(turn, frame, state);
  emit(turn, { kind: "ParallelStarted", frame: frame.id, input: parameters.value });
  for (const child of (frame.phase as ForkPhase).children.values()) turn.work.push(child);
}
