/** Warnings about values that look like a path but are taken as plain text. */
import type { Json } from "../json/json.ts";
import { isArray, isObject } from "../json/kind.ts";
import type { Report } from "./diagnostic.ts";
import type { Fields } from "./fields.ts";

/** `$.a`, `$['a']`, `$$.Task.Token`, `States.UUID()`; not the price `$5` and not `$LATEST`. */
const LOOKS_DYNAMIC = /^(?:\$\$?(?:\.\w|\[)|\$\$$|States\.\w+\(.*\)$)/s;

export function looksDynamic(value: Json): value is string {
  return typeof value === "string" && LOOKS_DYNAMIC.test(value);
}

/** Fields of a payload template that probably lack the `.$` at the end of their name. */
export function warnOfMissingDollars(template: Json, location: string, report: Report): void {
  forEachMember(template, location, (name, value, at) => {
    if (name.endsWith(".$") || !looksDynamic(value)) return;
    report.warning(
      "NO_DOLLAR",
      `The value of '${name}' looks like a path or an intrinsic function, but is passed on as ` +
        `text; name the field '${name}.$' to have it evaluated`,
      at,
    );
  });
}

/** A text field that has a `...Path` form and probably was meant to be that. */
export function warnOfMissingPath(value: string, name: string, fields: Fields): void {
  if (!looksDynamic(value)) return;
  fields.report.warning(
    "NO_PATH",
    `The value of '${name}' looks like a path, but is taken as text; use '${name}Path' to have ` +
      `it evaluated`,
    fields.at(name),
  );
}

/** A Pass state's `Result`, in which nothing is ever evaluated. */
export function warnOfDynamicResult(result: Json, location: string, report: Report): void {
  const warn = (at: string) =>
    report.warning(
      "PASS_RESULT_IS_STATIC",
      "The Result of a Pass state is static: paths and intrinsic functions in it are not " +
        "evaluated; use 'Parameters' instead",
      at,
    );
  if (looksDynamic(result)) warn(location);
  forEachMember(result, location, (_name, value, at) => {
    if (looksDynamic(value)) warn(at);
  });
}

function forEachMember(
  value: Json,
  location: string,
  visit: (name: string, value: Json, location: string) => void,
): void {
  if (isArray(value)) {
    for (const [index, element] of value.entries()) {
      forEachMember(element, `${location}[${index}]`, visit);
    }
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      visit(name, member, `${location}/${name}`);
      forEachMember(member, `${location}/${name}`, visit);
    }
  }
}
