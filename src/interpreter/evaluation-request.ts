/** Asking the guarded evaluator for what may not be evaluated in this process. */
import type { Evaluated, PendingExpression } from "../data/evaluation.ts";
import type { Json } from "../json/json.ts";
import { setMember } from "../json/kind.ts";
import type { Blocked } from "./data-flow.ts";
import { variableOf, type Frame } from "./execution.ts";
import { contextOf, statesOf } from "./scope.ts";
import type { EvaluationId } from "./signal.ts";
import type { Turn } from "./turn.ts";

/** The frame waits; when the results are there, its state runs again and finds them. */
export function requestEvaluation(turn: Turn, frame: Frame, { pending, extras }: Blocked): void {
  const afterEventId = turn.execution.lastEventId;
  const results = frame.evaluation?.results ?? new Map();
  frame.evaluation = { afterEventId, isOpen: true, expressions: pending, results };
  turn.commands.push({
    type: "Evaluate",
    id: { frame: frame.id, afterEventId },
    expressions: pending,
    states: { ...statesOf(frame, extras), context: contextOf(turn, frame, extras) },
    variables: variablesOf(frame, pending),
  });
}

/** The variables that the expressions may read. */
function variablesOf(
  frame: Frame,
  expressions: readonly PendingExpression[],
): { [name: string]: Json } {
  const variables: { [name: string]: Json } = {};
  for (const name of new Set(expressions.flatMap((expression) => expression.variables))) {
    const value = variableOf(frame, name);
    if (value !== undefined) setMember(variables, name, value);
  }
  return variables;
}

/** Takes the answer; late ones, for a stage that is over, change nothing. */
export function receiveEvaluation(
  turn: Turn,
  id: EvaluationId,
  results: ReadonlyMap<string, Evaluated>,
): void {
  const frame = turn.execution.frames.get(id.frame);
  const evaluation = frame?.evaluation;
  if (frame === undefined || evaluation?.isOpen !== true) return;
  if (evaluation.afterEventId !== id.afterEventId) return;
  if (!evaluation.expressions.every(({ field }) => results.has(field))) return;
  evaluation.isOpen = false;
  for (const [field, result] of results) evaluation.results.set(field, result);
  turn.evaluated = frame;
  turn.work.push(frame);
}
