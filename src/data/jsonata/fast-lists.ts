/** `$append`, `$merge`, `$keys`, ...: functions of lists and objects. */
import { setMember } from "../../json/kind.ts";
import {
  asList,
  asText,
  entry,
  type FunctionEntry,
  isFiniteNumber,
  isText,
  listOf,
  unary,
} from "./fast-function.ts";
import type { Run } from "./run.ts";
import { lookup } from "./sequences.ts";
import { deepEquals, isList, isRecord, notHere, Sequence, type Value } from "./value.ts";

/** Longer lists are made elsewhere. */
const MAX_LENGTH = 100_000;

function append([first, second]: readonly Value[], run: Run): Value {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const [left, right] = [asList(first), asList(second)];
  if (left.length + right.length > MAX_LENGTH) throw notHere;
  run.charge(left.length + right.length);
  return [...left, ...right];
}

function keys(value: Value, run: Run): Sequence {
  const found = new Sequence();
  if (isList(value)) {
    const all: { [key: string]: true } = Object.create(null);
    for (const item of value) for (const key of keys(item, run)) all[key as string] = true;
    for (const key of Object.keys(all)) found.push(key);
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) found.push(key);
  }
  run.charge(found.length);
  return found;
}

function merge(list: readonly { readonly [key: string]: Value }[], run: Run): Value {
  const merged: { [key: string]: never } = {};
  for (const object of list) {
    const names = Object.keys(object);
    run.charge(names.length);
    for (const name of names) setMember(merged, name, object[name] as never);
  }
  return merged;
}

function distinct(value: Value, run: Run): Value {
  if (!isList(value) || value.length <= 1) return value;
  const found: Value[] = value instanceof Sequence ? new Sequence() : [];
  for (const item of value) {
    if (!found.some((other) => deepEquals(item, other, (units) => run.charge(units)))) {
      found.push(item);
    }
  }
  return found;
}

/** Numbers or texts in ascending order; a comparison function is not for here. */
function sort(value: Value, run: Run): Value {
  const list = isList(value) ? value : [value];
  if (list.length <= 1) return list;
  if (!list.every(isFiniteNumber) && !list.every(isText)) throw notHere;
  run.charge(list.length * Math.ceil(Math.log2(list.length)));
  const order = (left: Value, right: Value): number => {
    if (left! > right!) return 1;
    return left! < right! ? -1 : 0;
  };
  return Array.from<Value>(list).toSorted(order);
}

function typeOf(value: Value): Value {
  if (value === null) return "null";
  if (isList(value)) return "array";
  if (typeof value === "number" && !Number.isFinite(value)) throw notHere;
  return value === undefined ? undefined : typeof value;
}

export const LIST_FUNCTIONS: readonly FunctionEntry[] = [
  entry("append", 2, 2, append),
  entry("keys", 1, 1, ([arg], run) => keys(arg, run)),
  entry("lookup", 2, 2, ([value, key], run) => lookup(run, value, asText(key))),
  unary("merge", (arg, run) => merge(listOf(arg, isRecord, run), run)),
  unary("reverse", (arg, run) => {
    const list = asList(arg);
    run.charge(list.length);
    return list.length <= 1 ? list : Array.from(list).toReversed();
  }),
  unary("distinct", distinct),
  unary("sort", sort),
  entry("type", 1, 1, ([arg]) => typeOf(arg)),
];
