/** Which language the paths and expressions of a state are written in. */
import type { QueryLanguage } from "./definition.ts";
import type { Fields } from "./fields.ts";

const LANGUAGES: readonly QueryLanguage[] = ["JSONPath", "JSONata"];

/** Fields that only JSONata states have. */
const JSONATA_FIELDS: readonly string[] = ["Arguments", "Output", "Items", "Condition"];
/** Fields that only JSONPath states have, beside those whose names end in `Path`. */
const JSONPATH_FIELDS: readonly string[] = ["Parameters", "ResultSelector", "Result", "Variable"];

/** The language of the whole state machine, by default JSONPath. */
export function machineLanguage(definition: Fields): QueryLanguage {
  return readLanguage(definition) ?? "JSONPath";
}

/**
 * The language of a state: its own or the whole machine's (not that of the state around it).
 * Undefined if it cannot be used here; then the reason is reported.
 */
export function effectiveLanguage(
  state: Fields,
  machine: QueryLanguage,
): QueryLanguage | undefined {
  const errors = state.report.errors;
  const own = readLanguage(state);
  if (state.report.errors > errors) return undefined;
  if (machine === "JSONata" && own === "JSONPath") {
    state.report.schema(
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      state.location,
    );
    return undefined;
  }
  return own ?? machine;
}

/** The only language that has a field of this name; undefined if both or neither have. */
export function languageOfField(name: string): QueryLanguage | undefined {
  if (JSONATA_FIELDS.includes(name)) return "JSONata";
  return JSONPATH_FIELDS.includes(name) || name.endsWith("Path") ? "JSONPath" : undefined;
}

/** Reports those of `names` that an object has although they are of the other language. */
export function refuseForeignFields(
  fields: Fields,
  language: QueryLanguage,
  ...names: readonly string[]
): void {
  for (const name of names) {
    if (fields.has(name) && isForeign(name, language)) refuseForeignField(fields, name, language);
  }
}

/** Whether a field belongs to the other language only. */
export function isForeign(name: string, language: QueryLanguage): boolean {
  return (languageOfField(name) ?? language) !== language;
}

/** Reports a field of the other language. */
export function refuseForeignField(fields: Fields, name: string, language: QueryLanguage): void {
  fields.report.schema(
    `The QueryLanguage is set to '${language}', but field '${name}' is only supported for the ` +
      `'${language === "JSONata" ? "JSONPath" : "JSONata"}' QueryLanguage`,
    fields.location,
  );
}

function readLanguage(fields: Fields): QueryLanguage | undefined {
  const text = fields.string("QueryLanguage");
  const language = LANGUAGES.find((candidate) => candidate === text);
  if (text !== undefined && language === undefined) {
    fields.report.schema(
      `Value should be one of the following: [${LANGUAGES.join(", ")}]`,
      fields.at("QueryLanguage"),
    );
  }
  return language;
}
