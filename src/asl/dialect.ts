/** Readers of the fields that both languages have, each in its own way. */
import type { Payload } from "../data/evaluation.ts";
import type { Amount, FailText, InputOutput, ResultPathField } from "./definition.ts";
import type { Fields, Range } from "./fields.ts";
import type { Visible } from "./jsonata-check.ts";
import { readJsonata, readJsonataAmount, readJsonataText } from "./jsonata-fields.ts";
import {
  type AmountForm,
  readFailText as readJsonPathText,
  readInputOutput as readPaths,
  readAmount as readJsonPathAmount,
  readResultPath as readReferencePath,
  readTemplate,
} from "./jsonpath-fields.ts";
import type { StateSource } from "./source.ts";

/** What every reader needs of the state that the field is in. */
export type Dialect = Pick<StateSource, "language" | "fields">;

/** A field with the same name in both languages, such as Assign; `fields` may be inside the state. */
export function readPayload(
  state: Dialect,
  fields: Fields,
  name: string,
  visible: Visible = "nothing else",
): Payload | undefined {
  return state.language === "JSONata"
    ? readJsonata(state.fields, fields, name, visible)
    : readTemplate(fields, name);
}

/** `Parameters`, or in JSONata `Arguments`. */
export function readParameters(state: Dialect, fields: Fields): Payload | undefined {
  return readPayload(state, fields, state.language === "JSONata" ? "Arguments" : "Parameters");
}

/** A field that only JSONata has. */
export function readJsonataOnly(
  state: Dialect,
  fields: Fields,
  name: string,
  visible: Visible = "nothing else",
): Payload | undefined {
  return state.language === "JSONata"
    ? readJsonata(state.fields, fields, name, visible)
    : undefined;
}

/** `ResultSelector`. */
export function readResultSelector({ language, fields }: Dialect): Payload | undefined {
  return language === "JSONata" ? undefined : readTemplate(fields, "ResultSelector");
}

/** `InputPath` and `OutputPath`, or in JSONata `Output`. */
export function readInputOutput(state: Dialect, visible: Visible = "nothing else"): InputOutput {
  if (state.language === "JSONPath") return { ...readPaths(state.fields), output: undefined };
  const output = readJsonata(state.fields, state.fields, "Output", visible);
  return { inputPath: undefined, outputPath: undefined, output };
}

/** `ResultPath` of a state or a catcher. */
export function readResultPath({ language }: Dialect, fields: Fields): ResultPathField {
  return language === "JSONata" ? undefined : readReferencePath(fields);
}

/** A number: literal, with a path (`name` + `Path`), or in JSONata with an expression. */
export function readAmount(
  state: Dialect,
  fields: Fields,
  name: string,
  range: Range,
  form: AmountForm = {},
): Amount | undefined {
  return state.language === "JSONata"
    ? readJsonataAmount(state.fields, fields, name, range, form.kind ?? "integer")
    : readJsonPathAmount(fields, name, range, form);
}

/** `Error` or `Cause` of a Fail state. */
export function readFailText({ language, fields }: Dialect, name: string): FailText | undefined {
  return language === "JSONata" ? readJsonataText(fields, name) : readJsonPathText(fields, name);
}
