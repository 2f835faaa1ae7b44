/**
 * The order of an item's members when AWS makes it from a row: recorded items have that of a Java
 * HashMap, so `{"0", "{}", "True"}` for the headers `0,True,{}`.
 */

const FIRST_CAPACITY = 16;
const LOAD_FACTOR = 0.75;

/** Indexes of the names in that order. */
export function hashOrder(names: readonly string[]): number[] {
  let capacity = FIRST_CAPACITY;
  while (names.length > capacity * LOAD_FACTOR) capacity *= 2;
  const buckets = names.map((name) => spread(hashCode(name)) & (capacity - 1));
  // Names of one bucket stay in the order in which they came.
  return names.map((_, index) => index).toSorted((a, b) => buckets[a]! - buckets[b]!);
}

function hashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}
