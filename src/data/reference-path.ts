/** Reference paths: places in a value that can be written, for `ResultPath`. */
import type { Json, JsonArray, JsonObject } from "../json/json.ts";
import { isArray, isObject, memberOf } from "../json/kind.ts";
import { withoutSource } from "../json/source.ts";
import { keysOf, type Key } from "./path/getter.ts";
import { parseRoute } from "./path/parser.ts";
import { PathSyntaxError } from "./path/syntax-error.ts";

/** A place in a value. */
export interface ReferencePath {
  /** As it was written. */
  readonly text: string;
  /**
   * A copy of `root` with `value` at this place; what did not change is shared. Objects on the way
   * are made if they are not there; items of arrays must be there. undefined if the path cannot be
   * applied, because something on the way is neither (AWS: States.ResultPathMatchFailure).
   */
  write(root: Json, value: Json): Json | undefined;
}

/** Compiles a reference path: only `.name`, `['name']` and `[0]` after `$`. */
export function compileReferencePath(text: string): ReferencePath | { readonly problem: string } {
  try {
    const { root, steps } = parseRoute(text);
    const keys = keysOf(steps);
    if (root.type !== "Input" || keys === undefined || keys.some(isNegative)) {
      return { problem: `'${text}' is not a reference path` };
    }
    if (keys.length === 0) return { text, write: (_, value) => value };
    return { text, write: (input, value) => write(input, keys, 0, withoutSource(value)) };
  } catch (error) {
    if (error instanceof PathSyntaxError) return { problem: error.message };
    throw error;
  }
}

function isNegative(key: Key): boolean {
  return typeof key === "number" && key < 0;
}

/** The node with `value` at keys[depth...]; `node` is undefined where nothing is yet. */
function write(
  node: Json | undefined,
  keys: readonly Key[],
  depth: number,
  value: Json,
): Json | undefined {
  const key = keys[depth];
  if (key === undefined) return value;
  if (typeof key === "number") {
    if (!isArray(node) || key >= node.length) return undefined;
    const item = write(node[key], keys, depth + 1, value);
    return item === undefined ? undefined : withItem(node, key, item);
  }
  const object = node === undefined ? EMPTY : node;
  if (!isObject(object)) return undefined;
  const member = write(memberOf(object, key), keys, depth + 1, value);
  return member === undefined ? undefined : withMember(object, key, member);
}

const EMPTY: JsonObject = {};

function withItem(array: JsonArray, index: number, item: Json): JsonArray {
  return array.with(index, item);
}

// Spreading and computed keys define own members: "__proto__" is data here like any other key.
function withMember(object: JsonObject, key: string, value: Json): JsonObject {
  return { ...object, [key]: value };
}
