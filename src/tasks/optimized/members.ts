/** Reading members of answers, whose shapes are the services'. */
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, isObject, memberOf, objectOf } from "../../json/kind.ts";

/** The value at a path of members and list positions; undefined if there is none. */
export function at(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let current = value;
  for (const step of path) {
    if (typeof step === "number") current = isArray(current) ? current[step] : undefined;
    else current = isObject(current) ? memberOf(current, step) : undefined;
  }
  return current ?? undefined;
}

/** The text at a path; undefined if there is none. */
export function textAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The object at a path; undefined if there is none. */
export function objectAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): JsonObject | undefined {
  const found = at(value, ...path);
  return isObject(found) ? found : undefined;
}

/** These members as the name of a job, unless one is missing. */
export function jobId(
  members: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(members).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return entries.length === Object.keys(members).length ? Object.fromEntries(entries) : undefined;
}

/** The object without some of its members. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return objectOf(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The object with one member changed, in its place; absent and null members stay as they are. */
export function changed(
  object: JsonObject,
  name: string,
  change: (value: Json) => Json,
): JsonObject {
  return objectOf(
    Object.entries(object).map(([key, value]) => [
      key,
      key === name && value !== null ? change(value) : value,
    ]),
  );
}
