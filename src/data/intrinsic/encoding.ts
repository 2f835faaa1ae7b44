/** States.Base64Encode, States.Base64Decode and States.Hash. */
import type { Json, JsonArray } from "../../json/json.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import type { HashAlgorithm, Scope } from "../evaluation.ts";
import { InvalidArguments, stringArgument } from "./arguments.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

/** Characters that these functions take. */
const MAX_CHARACTERS = 10_000;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES: ReadonlyMap<string, number> = new Map([
  ...Array.from(ALPHABET, (char, value) => [char, value] as const),
  // The alphabet for URLs is understood, too.
  ["-", 62],
  ["_", 63],
]);

const ALGORITHMS: ReadonlySet<Json | undefined> = new Set<HashAlgorithm>([
  "MD5",
  "SHA-1",
  "SHA-256",
  "SHA-384",
  "SHA-512",
]);

/** States.Base64Encode(text) */
export function base64Encode([text]: JsonArray): Json {
  const bytes = encodeUtf8(stringArgument(text, MAX_CHARACTERS));
  let encoded = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b, c] = bytes.slice(index, index + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    encoded += ALPHABET[bits >> 18]! + ALPHABET[(bits >> 12) & 63]!;
    encoded += b === undefined ? "=" : ALPHABET[(bits >> 6) & 63]!;
    encoded += c === undefined ? "=" : ALPHABET[bits & 63]!;
  }
  return encoded;
}

/**
 * States.Base64Decode(text). As lenient as AWS: skips characters that are not of the alphabet,
 * does without padding, and stops at it.
 */
export function base64Decode([text]: JsonArray): Json {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of stringArgument(text, MAX_CHARACTERS)) {
    if (char === "=") break;
    const value = VALUES.get(char);
    if (value === undefined) continue;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return decodeUtf8(bytes);
}

/** States.Hash(data, algorithm); data that is no string is hashed as JSON text. */
export function hash([data, algorithm]: JsonArray, scope: Scope): Json {
  const text = typeof data === "string" ? data : stringifyCompact(data!);
  if (text.length > MAX_CHARACTERS || !isAlgorithm(algorithm)) throw new InvalidArguments();
  return scope.hash(algorithm, text);
}

function isAlgorithm(value: Json | undefined): value is HashAlgorithm {
  return ALGORITHMS.has(value);
}
