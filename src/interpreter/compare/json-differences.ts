/** Which members of two JSON values differ. */
import type { Json } from "../../json/json.ts";
import { jsonEquals } from "../../json/equal.ts";
import { isArray, isObject, memberOf } from "../../json/kind.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import { cut } from "../explain/explanation.ts";

export interface JsonDifference {
  /** JSON pointer; "" is the whole value. */
  readonly pointer: string;
  /** JSON text, cut; undefined: not there. */
  readonly first: string | undefined;
  readonly second: string | undefined;
}

export interface JsonDifferences {
  readonly members: readonly JsonDifference[];
  /** Whether there are more than are told. */
  readonly isCut: boolean;
}

/** Differing members that are told. */
const MAX_MEMBERS = 50;
/** Characters of a value that are told. */
const MAX_VALUE = 200;

/** In the order of the first value's members; those that only the second has come last. */
export function jsonDifferences(first: Json, second: Json): JsonDifferences {
  const members: JsonDifference[] = [];
  // A list instead of recursion: values can be nested deeper than the stack.
  const open: { pointer: string; a: Json | undefined; b: Json | undefined }[] = [
    { pointer: "", a: first, b: second },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { pointer, a, b } = next;
    if (a !== undefined && b !== undefined) {
      if (jsonEquals(a, b)) continue;
      const parts = partsOf(a, b);
      if (parts !== undefined) {
        for (const { key, left, right } of parts.toReversed()) {
          open.push({ pointer: `${pointer}/${escaped(key)}`, a: left, b: right });
        }
        continue;
      }
    }
    if (members.length >= MAX_MEMBERS) return { members, isCut: true };
    members.push({ pointer, first: text(a), second: text(b) });
  }
  return { members, isCut: false };
}

interface Part {
  readonly key: string;
  readonly left: Json | undefined;
  readonly right: Json | undefined;
}

/** Undefined: not two objects or two arrays. */
function partsOf(a: Json, b: Json): Part[] | undefined {
  if (isArray(a) && isArray(b)) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => ({
      key: String(index),
      left: a[index],
      right: b[index],
    }));
  }
  if (!isObject(a) || !isObject(b)) return undefined;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].map((key) => ({ key, left: memberOf(a, key), right: memberOf(b, key) }));
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function text(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : cut(stringifyCompact(value), MAX_VALUE);
}
