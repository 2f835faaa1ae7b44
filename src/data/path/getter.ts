/** Straight getters for the paths that nearly all definitions use: `$.a.b[0]`. */
import type { Json } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { withoutSource } from "../../json/source.ts";
import type { Step } from "./syntax.ts";

/** Reads a value inside a value; undefined if it is not there. */
export type Getter = (value: Json) => Json | undefined;

/** A member's name or an item's index (negative: from the end). */
export type Key = string | number;

/** The names and indexes of a path that has nothing else, or undefined. */
export function keysOf(steps: readonly Step[]): readonly Key[] | undefined {
  const keys: Key[] = [];
  for (const step of steps) {
    if (step.type === "Members" && step.names.length === 1) keys.push(step.names[0]!);
    else if (step.type === "Indexes" && step.indexes.length === 1) keys.push(step.indexes[0]!);
    else return undefined;
  }
  return keys;
}

/** Makes a getter that reads own data only, never what a prototype has. */
export function getterOf(keys: readonly Key[]): Getter {
  const [first, second] = keys;
  if (first === undefined) return (value) => value;
  if (second === undefined) return (value) => part(read(value, first));
  if (keys.length === 2) return (value) => part(read(read(value, first), second));
  return (value) => {
    let found: Json | undefined = value;
    for (const key of keys) {
      found = read(found, key);
      if (found === undefined) return undefined;
    }
    return part(found);
  };
}

/** What was taken out of a value is printed anew, not verbatim (the context has verbatim parts). */
function part(value: Json | undefined): Json | undefined {
  return typeof value === "object" ? withoutSource(value) : value;
}

function read(value: Json | undefined, key: Key): Json | undefined {
  if (typeof key === "number") return isArray(value) ? value.at(key) : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
