/** `$uppercase`, `$split`, ...: functions of texts. Patterns are texts here, never regular expressions. */
import {
  asText,
  entry,
  type FunctionEntry,
  isText,
  listOf,
  optionalNumber,
  unary,
} from "./fast-function.ts";
import { chargeText } from "./fast-operators.ts";
import type { Run } from "./run.ts";
import { notHere, stringOf, type Value } from "./value.ts";

const SURROGATE = /[\uD800-\uDFFF]/u;
const ANY_SURROGATE = /[\uD800-\uDBFF][\uDC00-\uDFFF]/;

/** A function whose first argument is a text; nothing for nothing. The result is paid for. */
function ofText(
  name: string,
  least: number,
  most: number,
  call: (text: string, args: readonly Value[], run: Run) => Value,
): FunctionEntry {
  return entry(name, least, most, ([first, ...rest], run) => {
    // Nothing for nothing, unless another argument is of a wrong type.
    if (first === undefined && rest.length === 0) return undefined;
    const text = asText(first);
    chargeText(run, text);
    return call(text, rest, run);
  });
}

/** Counted in characters, not in UTF-16 units. */
function substring(text: string, [first, count]: readonly Value[]): Value {
  const from = optionalNumber(first);
  const length = optionalNumber(count);
  const units = ANY_SURROGATE.test(text) ? Array.from(text) : text;
  const start = from !== undefined && units.length + from < 0 ? 0 : from;
  if (length === undefined) return joined(units.slice(start));
  if (length <= 0) return "";
  const end =
    start === undefined || start >= 0
      ? (start ?? Number.NaN) + length
      : units.length + start + length;
  return joined(units.slice(start, end));
}

function joined(units: string | readonly string[]): string {
  return typeof units === "string" ? units : units.join("");
}

function trim(text: string): string {
  const single = text.replaceAll(/[ \t\n\r]+/gu, " ");
  const from = single.startsWith(" ") ? 1 : 0;
  const to = single.length > from && single.endsWith(" ") ? -1 : single.length;
  return single.slice(from, to);
}

function contains(text: string, [token]: readonly Value[]): Value {
  return token === undefined ? undefined : text.includes(asText(token));
}

function split(text: string, [separator, most]: readonly Value[], run: Run): Value {
  const limit = optionalNumber(most);
  if (limit !== undefined && limit < 0) throw notHere;
  const parts = limit !== undefined && limit <= 0 ? [] : text.split(asText(separator), limit);
  run.charge(parts.length);
  return parts;
}

function replace(text: string, [pattern, replacement, most]: readonly Value[], run: Run): Value {
  const [wanted, put] = [asText(pattern), asText(replacement)];
  const limit = optionalNumber(most) ?? Infinity;
  if (wanted === "" || limit < 0) throw notHere;
  let result = "";
  let position = 0;
  let count = 0;
  for (let at = text.indexOf(wanted); at !== -1 && count < limit; count += 1) {
    result += text.slice(position, at) + put;
    run.charge(1 + put.length / 32);
    position = at + wanted.length;
    at = text.indexOf(wanted, position);
  }
  return result + text.slice(position);
}

function join([texts, between]: readonly Value[], run: Run): Value {
  if (texts === undefined && between === undefined) return undefined;
  if (texts === undefined) throw notHere;
  const list = listOf(texts, isText, run);
  const separator = between === undefined ? "" : asText(between);
  run.charge((list.length * separator.length) / 32);
  const text = list.join(separator);
  chargeText(run, text);
  return text;
}

export const TEXT_FUNCTIONS: readonly FunctionEntry[] = [
  unary("string", (arg, run) => {
    const text = stringOf(arg);
    chargeText(run, text);
    return text;
  }),
  ofText("length", 1, 1, (text) =>
    SURROGATE.test(text) || ANY_SURROGATE.test(text) ? Array.from(text).length : text.length,
  ),
  ofText("substring", 2, 3, substring),
  ofText("substringBefore", 2, 2, (text, [token]) => {
    const at = text.indexOf(asText(token));
    return at === -1 ? text : text.slice(0, at);
  }),
  ofText("substringAfter", 2, 2, (text, [token]) => {
    const at = text.indexOf(asText(token));
    return at === -1 ? text : text.slice(at + asText(token).length);
  }),
  ofText("lowercase", 1, 1, (text) => text.toLowerCase()),
  ofText("uppercase", 1, 1, (text) => text.toUpperCase()),
  ofText("trim", 1, 1, trim),
  ofText("contains", 2, 2, contains),
  ofText("split", 2, 3, split),
  ofText("replace", 3, 4, replace),
  entry("join", 1, 2, join),
];
