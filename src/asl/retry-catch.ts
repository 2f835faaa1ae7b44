/** `Retry` and `Catch` of Task, Parallel and Map. */
import type { Catcher, Retrier } from "./definition.ts";
import type { Fields } from "./fields.ts";
import { readJsonataOnly, readResultPath } from "./dialect.ts";
import { isForeign, refuseForeignFields } from "./query-language.ts";
import type { StateSource } from "./source.ts";
import { nearest } from "./spelling.ts";
import { warnOfMisspelling } from "./state-fields.ts";
import { readTarget } from "./target.ts";
import { readAssign } from "./variables.ts";

/** The largest count and delay in seconds the language allows. */
const MAX = 99_999_999;
/** A year of 366 days. */
const MAX_DELAY = 31_622_400;

const RETRIER_FIELDS = [
  "ErrorEquals",
  "IntervalSeconds",
  "MaxAttempts",
  "BackoffRate",
  "MaxDelaySeconds",
  "JitterStrategy",
  "Comment",
];
const CATCHER_FIELDS = ["ErrorEquals", "Next", "ResultPath", "Output", "Assign", "Comment"];

/** The names that start with `States.` and occur as errors. */
export const PREDEFINED_ERRORS: readonly string[] = [
  "States.ALL",
  "States.BranchFailed",
  "States.DataLimitExceeded",
  "States.ExceedToleratedFailureThreshold",
  "States.HeartbeatTimeout",
  "States.Http.Socket",
  "States.IntrinsicFailure",
  "States.ItemReaderFailed",
  "States.NoChoiceMatched",
  "States.ParameterPathFailure",
  "States.Permissions",
  "States.QueryEvaluationError",
  "States.ResultPathMatchFailure",
  "States.ResultWriterFailed",
  "States.Runtime",
  "States.TaskFailed",
  "States.Timeout",
];

/** An absent `Retry` is an empty one. */
export function readRetriers(fields: Fields): readonly Retrier[] {
  const retriers = fields.children("Retry") ?? [];
  checkWildcards("Retry", retriers);
  return retriers.map(readRetrier);
}

function readRetrier(fields: Fields): Retrier {
  checkNames(fields, RETRIER_FIELDS);
  const retrier: Retrier = {
    errorEquals: readErrorNames(fields),
    intervalSeconds: fields.integer("IntervalSeconds", { min: 1, max: MAX }) ?? 1,
    maxAttempts: fields.integer("MaxAttempts", { min: 0, max: MAX }) ?? 3,
    backoffRate: fields.number("BackoffRate", { min: 1 }) ?? 2,
    maxDelaySeconds: fields.integer("MaxDelaySeconds", { min: 1, max: MAX_DELAY }),
    jitter: fields.oneOf("JitterStrategy", ["FULL", "NONE"]) ?? "NONE",
  };
  const { maxDelaySeconds, intervalSeconds } = retrier;
  if (maxDelaySeconds !== undefined && maxDelaySeconds <= intervalSeconds) {
    fields.report.schema(
      `'MaxDelaySeconds' (${maxDelaySeconds}) must be greater than 'IntervalSeconds' ` +
        `(${intervalSeconds})`,
      fields.location,
    );
  }
  return retrier;
}

/** An absent `Catch` is an empty one. */
export function readCatchers(source: StateSource): readonly Catcher[] {
  const catchers = source.fields.children("Catch") ?? [];
  checkWildcards("Catch", catchers);
  return catchers.map((fields) => {
    const { language } = source;
    checkNames(
      fields,
      CATCHER_FIELDS.filter((name) => !isForeign(name, language)),
    );
    refuseForeignFields(fields, language, "Output", "ResultPath");
    fields.require("Next");
    return {
      errorEquals: readErrorNames(fields),
      next: readTarget(source, fields, "Next") ?? "",
      resultPath: readResultPath(source, fields),
      output: readJsonataOnly(source, fields, "Output", "errorOutput"),
      assign: readAssign(source, fields, "errorOutput"),
    };
  });
}

function readErrorNames(fields: Fields): readonly string[] {
  fields.require("ErrorEquals");
  const names = fields.array("ErrorEquals");
  if (names?.length === 0) fields.empty("ErrorEquals");
  return (names ?? []).flatMap((name, index) => {
    const location = `${fields.at("ErrorEquals")}[${index}]`;
    if (typeof name === "string") {
      warnOfDeadName(fields, name, location);
      return [name];
    }
    fields.report.schema("Expected value of type [STRING]", location);
    return [];
  });
}

/** Names under `States.` are the language's own; others of that kind are never raised. */
function warnOfDeadName(fields: Fields, name: string, location: string): void {
  if (!name.startsWith("States.") || name.startsWith("States.Http.StatusCode.")) return;
  if (name === "States.Runtime") {
    fields.report.warning(
      "ERROR_NEVER_MATCHES",
      "States.Runtime is never retried nor caught; it always fails the execution",
      location,
    );
  } else if (!PREDEFINED_ERRORS.includes(name)) {
    const meant = nearest(name, PREDEFINED_ERRORS);
    const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
    fields.report.warning(
      "ERROR_NEVER_MATCHES",
      `There is no predefined error '${name}', so this never matches${hint}`,
      location,
    );
  }
}

/** `States.ALL` stands alone and comes last, because nothing after it could match. */
function checkWildcards(field: "Retry" | "Catch", elements: readonly Fields[]): void {
  for (const [index, element] of elements.entries()) {
    const names = element.get("ErrorEquals");
    if (!Array.isArray(names) || !names.includes("States.ALL")) continue;
    if (names.length > 1) {
      element.report.schema(
        "'States.ALL' must be the only error name in 'ErrorEquals': it matches the others, too",
        element.at("ErrorEquals"),
      );
    }
    if (index < elements.length - 1) {
      element.report.schema(
        `'States.ALL' is only allowed in the last element of '${field}': those after it would ` +
          `never be reached`,
        element.at("ErrorEquals"),
      );
    }
  }
}

function checkNames(fields: Fields, known: readonly string[]): void {
  for (const name of Object.keys(fields.object)) {
    if (!known.includes(name) && !CATCHER_FIELDS.includes(name))
      warnOfMisspelling(fields, name, known);
  }
}
