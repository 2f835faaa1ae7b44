import type { ChoiceState, Test } from "../../asl/definition.ts";
import { compareWith, isOperator } from "../../data/compare.ts";
import type { Scope } from "../../data/evaluation.ts";
import type { Path } from "../../data/path.ts";
import type { Json } from "../../json/json.ts";
import { applyPath } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { exitWithOutput } from "../exit.ts";
import { fail } from "../failure.ts";
import { scopeOf } from "../scope.ts";
import { runtimeFailure, stateFailure, type Turn } from "../turn.ts";

/** Choice: the first rule that holds says where to go, else Default. */
export function runChoice(turn: Turn, frame: Frame, state: ChoiceState): void {
  const input = applyPath(turn, frame, state.inputPath, frame.input);
  if (!input.ok) return fail(turn, frame, input.failure);
  const scope = scopeOf(turn, frame, input.value);
  for (const rule of state.choices) {
    if (rule.test.type === "Condition") throw new Error("a JSONata rule in a JSONPath state");
    const verdict = holds(rule.test, scope);
    if (typeof verdict !== "boolean") {
      const cause = `Invalid path '${verdict.path.text}': The choice state's condition path references an invalid value.`;
      return fail(turn, frame, runtimeFailure(frame, cause));
    }
    if (verdict) return leave(turn, frame, state, rule.assign, input.value, rule.next);
  }
  if (state.default !== undefined) {
    return leave(turn, frame, state, state.assign, input.value, state.default);
  }
  const cause =
    "Failed to transition out of the state. No choice rule matched and the state has no Default.";
  fail(turn, frame, stateFailure(frame, { error: "States.NoChoiceMatched", cause }));
}

function leave(
  turn: Turn,
  frame: Frame,
  state: ChoiceState,
  assign: ChoiceState["assign"],
  input: Json,
  next: string,
): void {
  exitWithOutput(turn, frame, { outputPath: state.outputPath, assign }, input, input, next);
}

/** A path that a rule reads has no value. */
interface Missing {
  readonly path: Path;
}

function holds(test: Test, scope: Scope): boolean | Missing {
  switch (test.type) {
    case "And":
      return firstDecisive(test.tests, scope, false);
    case "Or":
      return firstDecisive(test.tests, scope, true);
    case "Not": {
      const verdict = holds(test.test, scope);
      return typeof verdict === "boolean" ? !verdict : verdict;
    }
    case "Is": {
      const value = test.variable.read(scope);
      if (value === undefined) {
        return test.operator === "IsPresent" ? !test.expected : { path: test.variable };
      }
      return isOperator(test.operator, value) === test.expected;
    }
    case "Compare": {
      const value = test.variable.read(scope);
      if (value === undefined) return { path: test.variable };
      if (test.operand.type === "Literal") {
        return compareWith(test.operator, value, test.operand.value);
      }
      const operand = test.operand.path.read(scope);
      if (operand === undefined) return { path: test.operand.path };
      return compareWith(test.operator, value, operand);
    }
  }
}

/** And ends at the first false, Or at the first true; what comes after it is not looked at. */
function firstDecisive(tests: readonly Test[], scope: Scope, decisive: boolean): boolean | Missing {
  for (const test of tests) {
    const verdict = holds(test, scope);
    if (verdict !== !decisive) return verdict;
  }
  return !decisive;
}
