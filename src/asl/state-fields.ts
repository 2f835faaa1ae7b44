/** Which fields each type of state has, and what becomes of the others. */
import type { QueryLanguage, StateType } from "./definition.ts";
import type { Fields } from "./fields.ts";
import { isForeign, languageOfField, refuseForeignField } from "./query-language.ts";
import { nearest } from "./spelling.ts";

const COMMON = "Type Comment QueryLanguage";
const DATA = `${COMMON} InputPath OutputPath Output`;
const STEP = `${DATA} Next End Assign`;
const WORK = `${STEP} ResultSelector ResultPath Retry Catch`;
const CALL = `${WORK} Parameters Arguments`;
const TIMES = "TimeoutSeconds TimeoutSecondsPath HeartbeatSeconds HeartbeatSecondsPath";
const ITEMS = "ItemsPath Items Parameters ItemSelector ItemReader ItemBatcher ResultWriter Label";
const LIMITS = "MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage".replace(
  /\w+/gu,
  "$& $&Path",
);

/** In either language. */
const OF_TYPE: Readonly<Record<StateType, readonly string[]>> = {
  Task: words(CALL, "Resource Credentials", TIMES),
  Parallel: words(CALL, "Branches"),
  Map: words(WORK, "ItemProcessor Iterator", ITEMS, LIMITS),
  Pass: words(STEP, "Parameters Result ResultPath"),
  Wait: words(STEP, "Seconds SecondsPath Timestamp TimestampPath"),
  Choice: words(DATA, "Choices Default Assign"),
  // End says what the type says already; AWS's guide calls it unneeded.
  Succeed: words(DATA, "End"),
  Fail: words(COMMON, "End Error ErrorPath Cause CausePath"),
};

function words(...lists: readonly string[]): readonly string[] {
  return lists.flatMap((list) => list.split(" "));
}

export const STATE_TYPES: readonly StateType[] = [
  "Task",
  "Wait",
  "Pass",
  "Succeed",
  "Fail",
  "Choice",
  "Parallel",
  "Map",
];

/** Names of the fields that states of a type have, in either language; none if there is no such type. */
export function fieldsOfType(type: string): readonly string[] {
  return STATE_TYPES.flatMap((known) => (known === type ? OF_TYPE[known] : []));
}

const ALL_FIELDS = new Set(Object.values(OF_TYPE).flat());

/**
 * Reports the fields that a state of this type and language does not have. AWS refuses the language's
 * own fields in the wrong state, because they would have no effect. Names the language does not know
 * are tolerated, but one that looks like a misspelt field is a warning.
 */
export function checkStateFields(fields: Fields, type: StateType, language: QueryLanguage): void {
  const allowed = OF_TYPE[type].filter((name) => !isForeign(name, language));
  for (const name of Object.keys(fields.object)) {
    if (allowed.includes(name)) continue;
    if (ALL_FIELDS.has(name) || languageOfField(name) === "JSONata") {
      if (isForeign(name, language)) refuseForeignField(fields, name, language);
      else fields.report.schema(`Field '${name}' is not supported`, fields.location);
    } else {
      warnOfMisspelling(fields, name, allowed);
    }
  }
}

/** Warns if an unknown field, which has no effect, is nearly the name of one that has. */
export function warnOfMisspelling(fields: Fields, name: string, known: readonly string[]): void {
  const meant = nearest(name, known);
  if (meant === undefined) return;
  fields.report.warning(
    "UNKNOWN_FIELD",
    `The field '${name}' is unknown and has no effect; did you mean '${meant}'?`,
    fields.at(name),
  );
}
