import type { ChoiceRule, ChoiceState, Test } from "../../asl/definition.ts";
import { compareWith, isOperator } from "../../data/compare.ts";
import type { Scope } from "../../data/evaluation.ts";
import type { Path } from "../../data/path.ts";
import type { Json } from "../../json/json.ts";
import { applyInputPath, type Halted } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { exitWithInput } from "../exit.ts";
import { fail } from "../failure.ts";
import { halt } from "../halt.ts";
import { scopeOf } from "../scope.ts";
import { runtimeFailure, stateFailure, type Turn } from "../turn.ts";
import { typedPayload } from "./typed-payload.ts";

/** Choice: the first rule that holds says where to go, else Default. */
export function runChoice(turn: Turn, frame: Frame, state: ChoiceState): void {
  const input = applyInputPath(turn, frame, state.inputPath);
  if (!input.ok) return halt(turn, frame, input);
  const scope = scopeOf(turn, frame, input.value);
  for (const [index, rule] of state.choices.entries()) {
    const verdict = verdictOf(turn, frame, rule, scope, index);
    if (typeof verdict !== "boolean") return halt(turn, frame, verdict);
    if (verdict) return leave(turn, frame, state, rule, input.value, rule.next);
  }
  if (state.default !== undefined) {
    return leave(turn, frame, state, state, input.value, state.default);
  }
  const cause =
    "Failed to transition out of the state. No choice rule matched and the state has no Default.";
  fail(turn, frame, stateFailure(frame, { error: "States.NoChoiceMatched", cause }));
}

/** `taken` is the rule, or the state itself for Default. */
function leave(
  turn: Turn,
  frame: Frame,
  { outputPath }: ChoiceState,
  { output, assign }: ChoiceRule | ChoiceState,
  input: Json,
  next: string,
): void {
  exitWithInput(turn, frame, { outputPath, output, assign }, input, next);
}

function verdictOf(
  turn: Turn,
  frame: Frame,
  rule: ChoiceRule,
  scope: Scope,
  index: number,
): boolean | Halted {
  if (rule.test.type === "Condition") {
    const field = `Choices[${index}]/Condition`;
    const stage = typedPayload(turn, frame, rule.test.condition, field, "boolean");
    return stage.ok ? stage.value === true : stage;
  }
  const verdict = holds(rule.test, scope);
  if (typeof verdict === "boolean") return verdict;
  const cause = `Invalid path '${verdict.path.text}': The choice state's condition path references an invalid value.`;
  return { ok: false, failure: runtimeFailure(frame, cause) };
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
