/** Sequences: how results of steps and predicates are joined, picked from and settled. */
import type { Evaluate, Run } from "./run.ts";
import { booleanOf, isList, isRecord, notHere, Sequence, type Value } from "./value.ts";

/** What becomes of a result: an empty sequence is nothing, one with a single item that item. */
export function settled(value: Value, keepArray: boolean): Value {
  if (typeof value !== "object" || !(value instanceof Sequence)) return value;
  if (keepArray) value.keepSingleton = true;
  if (value.length === 0) return undefined;
  return value.length === 1 && !value.keepSingleton ? value[0] : value;
}

/** A sequence of one item. */
export function sequenceOf(value: Value): Sequence {
  const sequence = new Sequence();
  sequence.push(value);
  return sequence;
}

/** The member of an object; of a list those of its items, lists among them taken apart. */
export function lookup(run: Run, value: Value, key: string): Value {
  if (isList(value)) {
    const found = new Sequence();
    run.charge(value.length);
    for (const item of value) {
      const member = lookup(run, item, key);
      if (isList(member)) for (const part of member) found.push(part);
      else if (member !== undefined) found.push(member);
    }
    return found;
  }
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The results of a step joined to one sequence. */
export function joinedResults(
  run: Run,
  results: readonly Value[],
  last: boolean,
): readonly Value[] {
  const [only] = results;
  // An array of the data at the end of a path stays what it is.
  if (last && results.length === 1 && isList(only) && !(only instanceof Sequence)) return only;
  const flat = new Sequence();
  for (const value of results) {
    if (isList(value)) {
      run.charge(value.length);
      for (const item of value) flat.push(item);
    } else {
      flat.push(value);
    }
  }
  return flat;
}

/** The item at a position, counted from the end if negative. */
export function itemAt(value: Value, position: number): Value {
  const items = isList(value) ? value : [value];
  const item = items[indexOf(position, items)];
  if (isList(item)) return item;
  return item === undefined ? new Sequence() : sequenceOf(item);
}

/** The items that a predicate picks: by position if it gives numbers, else those for which it holds. */
export function filtered(run: Run, value: Value, predicate: Evaluate): Value {
  const items = isList(value) ? value : [value];
  run.charge(items.length);
  const picked = new Sequence();
  for (const [index, item] of items.entries()) {
    const verdict = predicate(run, item);
    const positions = typeof verdict === "number" && !Number.isNaN(verdict) ? [verdict] : verdict;
    if (isList(positions) && positions.every((part) => isPosition(part))) {
      run.charge(positions.length);
      for (const part of positions) if (indexOf(part as number, items) === index) picked.push(item);
    } else if (booleanOf(verdict) === true) {
      picked.push(item);
    }
  }
  return picked;
}

function isPosition(value: Value): boolean {
  if (value === Infinity || value === -Infinity) throw notHere;
  return typeof value === "number" && !Number.isNaN(value);
}

function indexOf(position: number, items: readonly Value[]): number {
  const index = Math.floor(position);
  return index < 0 ? items.length + index : index;
}
