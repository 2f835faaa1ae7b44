/**
 * The order of `States.ArrayUnique`. AWS puts the items into a Java HashSet, so they come back
 * ordered by the low bits of their hash codes: `[true,false]` becomes `[false,true]`, small
 * integers are sorted. Duplicates are equal values of one Java type: `1` and `1.0` both stay.
 */
import type { Json, JsonArray } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { isNumber, numberText, type JsonNumber } from "../../json/number.ts";

/** The items without duplicates, in the order in which a HashSet iterates over them. */
export function uniqueInJavaOrder(items: JsonArray): JsonArray {
  const unique = new Map<string, { readonly item: Json; readonly hash: number }>();
  for (const item of items) {
    const identity = identityOf(item);
    if (unique.has(identity)) continue;
    const hash = hashOf(item);
    unique.set(identity, { item, hash: hash ^ (hash >>> 16) });
  }
  const buckets = bucketsFor(unique.size);
  return [...unique.values()]
    .toSorted((a, b) => (a.hash & (buckets - 1)) - (b.hash & (buckets - 1)))
    .map(({ item }) => item);
}

/** The size of the table that holds so many items: it doubles when it is three quarters full. */
function bucketsFor(count: number): number {
  let buckets = 16;
  while (count > buckets * 0.75) buckets *= 2;
  return buckets;
}

/** Equal for values that are equal in Java: the order of keys does not count. */
function identityOf(value: Json): string {
  if (isNumber(value)) return `${isIntegral(value) ? "i" : "d"}${valueText(value)}`;
  if (isArray(value)) return `[${value.map(identityOf).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${identityOf(value[key]!)}`);
  return `{${members.join(",")}}`;
}

function valueText(value: number | JsonNumber): string {
  return isIntegral(value)
    ? BigInt(numberText(value)).toString()
    : String(Number(numberText(value)));
}

/** Whether Java reads the literal as a whole number. */
function isIntegral(value: number | JsonNumber): boolean {
  return /^-?\d+$/u.test(numberText(value));
}

/** The value's Java hash code, a signed 32-bit number. */
function hashOf(value: Json): number {
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 1231 : 1237;
  if (typeof value === "string") return hashOfText(value);
  if (isNumber(value)) return hashOfNumber(value);
  if (isArray(value)) {
    return value.reduce<number>((hash, item) => (Math.imul(hash, 31) + hashOf(item)) | 0, 1);
  }
  return Object.entries(value).reduce(
    (hash, [key, member]) => (hash + (hashOfText(key) ^ hashOf(member))) | 0,
    0,
  );
}

function hashOfText(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

function hashOfNumber(value: number | JsonNumber): number {
  if (!isIntegral(value)) {
    const [low, high] = new Int32Array(new Float64Array([Number(numberText(value))]).buffer);
    return low! ^ high!;
  }
  const whole = BigInt(numberText(value));
  // Integer, else Long (and whatever is longer still, cut to it).
  if (whole === BigInt.asIntN(32, whole)) return Number(whole);
  return Number(BigInt.asIntN(32, whole)) ^ Number(BigInt.asIntN(32, whole >> 32n));
}
