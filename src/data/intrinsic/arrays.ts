/** The intrinsic functions over arrays. */
import type { Json, JsonArray } from "../../json/json.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import { arrayArgument, integerArgument, InvalidArguments } from "./arguments.ts";
import { uniqueInJavaOrder } from "./java-set.ts";

/** `States.ArrayRange` makes at most this many items. */
const MAX_RANGE = 1000;

/** States.Array(...values) */
export function array(values: JsonArray): Json {
  return values;
}

/** States.ArrayPartition(array, size): chunks of that size, the last one may be shorter. */
export function arrayPartition([list, chunk]: JsonArray): Json {
  const items = arrayArgument(list);
  const size = integerArgument(chunk);
  if (size < 1) throw new InvalidArguments();
  const chunks: Json[] = [];
  for (let index = 0; index < items.length; index += size) {
    chunks.push(items.slice(index, index + size));
  }
  return chunks;
}

/**
 * States.ArrayContains(array, value). AWS compares the texts: objects with another order of keys
 * differ, and `true` is found in `["true"]`.
 */
export function arrayContains([list, value]: JsonArray): Json {
  const wanted = textOf(value!);
  return arrayArgument(list).some((item) => textOf(item) === wanted);
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : stringifyCompact(value);
}

/** States.ArrayRange(start, end, step): both ends included, at most 1,000 items. */
export function arrayRange([first, last, by]: JsonArray): Json {
  const [start, end, step] = [integerArgument(first), integerArgument(last), integerArgument(by)];
  if (step === 0) throw new InvalidArguments();
  const count = Math.max(0, Math.floor((end - start) / step) + 1);
  if (count > MAX_RANGE) throw new InvalidArguments();
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** States.ArrayGetItem(array, index), counted from 0. An empty array has null everywhere. */
export function arrayGetItem([list, position]: JsonArray): Json {
  const items = arrayArgument(list);
  const index = integerArgument(position);
  if (items.length === 0) return null;
  const item = index < 0 ? undefined : items[index];
  if (item === undefined) throw new InvalidArguments();
  return item;
}

/** States.ArrayLength(array) */
export function arrayLength([list]: JsonArray): Json {
  return arrayArgument(list).length;
}

/** States.ArrayUnique(array): without duplicates, in the order AWS gives them back. */
export function arrayUnique([list]: JsonArray): Json {
  return uniqueInJavaOrder(arrayArgument(list));
}
