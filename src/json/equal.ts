/** Deep equality of JSON values. */
import type { Json } from "./json.ts";
import { isArray, isObject } from "./kind.ts";
import { compareNumbers, isNumber } from "./number.ts";

/** Whether two values are the same JSON: the order of keys does not count, `1` equals `1.0`. */
export function jsonEquals(a: Json, b: Json): boolean {
  // A list of pairs instead of recursion: values can be nested deeper than the stack.
  const pairs: [Json, Json][] = [[a, b]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [left, right] = pair;
    if (left === right) continue;
    if (isNumber(left)) {
      if (!isNumber(right) || compareNumbers(left, right) !== 0) return false;
    } else if (isArray(left)) {
      if (!isArray(right) || left.length !== right.length) return false;
      for (const [index, item] of left.entries()) pairs.push([item, right[index]!]);
    } else if (isObject(left)) {
      if (!isObject(right)) return false;
      const keys = Object.keys(left);
      if (keys.length !== Object.keys(right).length) return false;
      for (const key of keys) {
        if (!Object.hasOwn(right, key)) return false;
        pairs.push([left[key]!, right[key]!]);
      }
    } else {
      return false;
    }
  }
  return true;
}
