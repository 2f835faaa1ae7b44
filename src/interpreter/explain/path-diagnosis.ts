/** Where a JSONPath leaves the data: the last step that is there, and what could have been meant. */
import { nearest } from "../../asl/spelling.ts";
import { keysOf as stepsOf, type Key } from "../../data/path/getter.ts";
import { parseRoute } from "../../data/path/parser.ts";
import type { Json } from "../../json/json.ts";
import { isArray, isObject, memberOf } from "../../json/kind.ts";
import { count, described, keysOf } from "./shown-value.ts";

export interface PathDiagnosis {
  /** Path of the last step that is there, e.g. `$.order`. */
  readonly existing: string;
  readonly found: Json;
  /** The member or index that is not there; undefined: the whole path is. */
  readonly missing: Key | undefined;
  /** A path that is there and may have been meant. */
  readonly instead: string | undefined;
}

/** Values looked at to find a member somewhere else. */
const MAX_SEARCHED = 2_000;

/** Follows a path through what it is about; undefined: it is none that has a single way. */
export function diagnosePath(text: string, document: Json): PathDiagnosis | undefined {
  const route = routeOf(text);
  if (route === undefined) return undefined;
  const { root, keys } = route;
  let existing = root;
  let found = document;
  for (const [index, key] of keys.entries()) {
    const next = part(found, key);
    if (next === undefined) {
      const rest = keys.slice(index + 1);
      const instead = alternative(document, root, existing, found, key, rest);
      return { existing, found, missing: key, instead };
    }
    existing += stepText(key);
    found = next;
  }
  return { existing, found, missing: undefined, instead: undefined };
}

/** The diagnosis as a sentence without its full stop. */
export function diagnosisText(diagnosis: PathDiagnosis): string {
  const { found, missing } = diagnosis;
  const existing = NAMES[diagnosis.existing] ?? diagnosis.existing;
  if (missing === undefined) return `${existing} is ${described(found)}`;
  if (typeof missing === "number") {
    return isArray(found)
      ? `${existing} has ${count(found.length, "item")}, so there is no [${missing}]`
      : `${existing} is ${described(found)}, not an array, so there is no [${missing}]`;
  }
  return isObject(found)
    ? `${existing} has no '${missing}': it has ${keysOf(found)}`
    : `${existing} is ${described(found)}, so it has no '${missing}'`;
}

/** What paths without a step are about. */
const NAMES: Readonly<Record<string, string | undefined>> = {
  $: "the input",
  $$: "the context object",
};

/** What to write instead, if something near is there. */
export function alternativeFix(diagnosis: PathDiagnosis | undefined, text: string): string[] {
  const instead = diagnosis?.instead;
  return instead === undefined ? [] : [`Write ${instead} instead of ${text}: that is there.`];
}

/** The value at the end of a path with a single way; undefined: not there. */
export function valueAt(text: string, document: Json): Json | undefined {
  const diagnosis = diagnosePath(text, document);
  return diagnosis === undefined || diagnosis.missing !== undefined ? undefined : diagnosis.found;
}

function routeOf(text: string): { root: string; keys: readonly Key[] } | undefined {
  try {
    const { root, steps } = parseRoute(text);
    const keys = stepsOf(steps);
    if (keys === undefined || root.type === "Item") return undefined;
    const start = { Input: "$", Context: "$$" };
    return { root: root.type === "Variable" ? `$${root.name}` : start[root.type], keys };
  } catch {
    return undefined;
  }
}

function part(value: Json, key: Key): Json | undefined {
  if (typeof key === "number") return isArray(value) ? value.at(key) : undefined;
  return isObject(value) ? memberOf(value, key) : undefined;
}

/** A member whose name is nearly the same, else one of that name somewhere else. */
function alternative(
  document: Json,
  root: string,
  existing: string,
  found: Json,
  key: Key,
  rest: readonly Key[],
): string | undefined {
  const end = rest.map(stepText).join("");
  if (typeof key === "number") return undefined;
  const near = isObject(found) ? nearName(key, Object.keys(found)) : undefined;
  const through = near === undefined || !isObject(found) ? undefined : memberOf(found, near);
  if (through !== undefined && near !== undefined && reaches(through, rest)) {
    return existing + stepText(near) + end;
  }
  return elsewhere(document, root, key, rest);
}

function nearName(name: string, names: readonly string[]): string | undefined {
  const guess = nearest(name, names);
  if (guess !== undefined) return guess;
  const plain = name.toLowerCase().replaceAll(/[_-]/gu, "");
  return names.find((one) => {
    const other = one.toLowerCase().replaceAll(/[_-]/gu, "");
    const [short, long] = plain.length < other.length ? [plain, other] : [other, plain];
    return (
      other === plain || (short.length >= 2 && (long.endsWith(short) || long.startsWith(short)))
    );
  });
}

/** The member nearest to the top from which the rest of the path can be followed. */
function elsewhere(
  document: Json,
  root: string,
  key: string,
  rest: readonly Key[],
): string | undefined {
  const open: { path: string; value: Json }[] = [{ path: root, value: document }];
  let looked = 0;
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { path, value } = next;
    if (!isObject(value)) continue;
    const member = memberOf(value, key);
    if (member !== undefined && reaches(member, rest)) {
      return path + stepText(key) + rest.map(stepText).join("");
    }
    for (const [name, inner] of Object.entries(value)) {
      if (++looked > MAX_SEARCHED) return undefined;
      open.push({ path: path + stepText(name), value: inner });
    }
  }
  return undefined;
}

function reaches(start: Json, keys: readonly Key[]): boolean {
  let value: Json | undefined = start;
  for (const key of keys) {
    value = part(value, key);
    if (value === undefined) return false;
  }
  return true;
}

function stepText(key: Key): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(key) ? `.${key}` : `['${key}']`;
}
