/** Readers of the fields that are written in JSONata. */
import type { Payload } from "../data/evaluation.ts";
import { compileJsonataTemplate } from "../data/jsonata/template.ts";
import type { Amount, FailText } from "./definition.ts";
import type { Fields, Range } from "./fields.ts";
import { checkStates, checkTexts, isMeantAsExpression, type Visible } from "./jsonata-check.ts";

/**
 * Any JSON value with expressions in it. `state` is the state's own object, from which failures name
 * the field: `Output/total`, `Catch[0]/Output`.
 */
export function readJsonata(
  state: Fields,
  fields: Fields,
  name: string,
  visible: Visible = "nothing else",
): Payload | undefined {
  const value = fields.get(name);
  if (value === undefined) return undefined;
  const { report } = fields;
  const location = fields.at(name);
  const errors = report.errors;
  checkTexts(value, location, report);
  const template = compileJsonataTemplate(value, location.slice(state.pointer.length + 1));
  if ("problems" in template) {
    for (const { code, problem, field } of template.problems) {
      report.error(code, problem, state.at(field));
    }
  } else {
    checkStates(value, template, location, visible, report);
  }
  return "problems" in template || report.errors > errors ? undefined : template;
}

/** A number, or an expression that gives one. */
export function readJsonataAmount(
  state: Fields,
  fields: Fields,
  name: string,
  range: Range,
  kind: "integer" | "number",
): Amount | undefined {
  if (isMeantAsExpression(fields.get(name))) {
    const payload = readJsonata(state, fields, name);
    return payload === undefined ? undefined : { type: "Expression", payload };
  }
  const value = fields[kind](name, range);
  return value === undefined ? undefined : { type: "Literal", value };
}

/** `Error` or `Cause` of a Fail state: text, or an expression that gives it. */
export function readJsonataText(state: Fields, name: string): FailText | undefined {
  if (isMeantAsExpression(state.get(name))) {
    const payload = readJsonata(state, state, name);
    return payload === undefined ? undefined : { type: "Expression", payload };
  }
  const value = state.string(name);
  return value === undefined ? undefined : { type: "Literal", value };
}
