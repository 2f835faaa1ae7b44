import { readChoiceRule } from "../choice-rules.ts";
import type { ChoiceState } from "../definition.ts";
import { readBase } from "../flow.ts";
import { readInputOutput } from "../dialect.ts";
import type { StateSource } from "../source.ts";
import { readTarget } from "../target.ts";
import { readAssign } from "../variables.ts";

/** A state that branches. */
export function readChoice(source: StateSource): ChoiceState {
  const { name, fields } = source;
  fields.require("Choices");
  const rules = fields.nonEmptyChildren("Choices") ?? [];
  const state: ChoiceState = {
    type: "Choice",
    ...readBase(source),
    ...readInputOutput(source),
    choices: rules.flatMap((rule) => readChoiceRule(source, rule) ?? []),
    default: readTarget(source, fields, "Default"),
    assign: readAssign(source, fields),
  };
  if (!fields.has("Default")) {
    fields.report.warning(
      "MISSING_DEFAULT",
      `Choice state '${name}' has no 'Default': an input that matches none of its rules fails ` +
        `the execution with States.NoChoiceMatched; add 'Default' with the state to go to`,
      fields.location,
    );
  }
  return state;
}
