/** JSON text to values, without losing number literals, and refusing with AWS's words. */
import { JsonSyntaxError } from "./syntax-error.ts";
import type { Json } from "./json.ts";
import { Reader, MAX_DEPTH } from "./reader.ts";
import { rememberSource } from "./source.ts";
import { stringify } from "./stringify.ts";

/** A value, or the reason why the text is not JSON; `message` is for people, as AWS words it. */
export type Parsed =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string; readonly error: JsonSyntaxError };

/**
 * Parses JSON text. Of duplicate keys the last one counts; the key `__proto__` is plain data.
 * Refuses texts nested deeper than 500.
 */
export function parseJson(text: string): Parsed {
  if (!needsReader(text)) {
    try {
      const value: Json = JSON.parse(text);
      return { ok: true, value };
    } catch {
      // The reader below finds the same fault and has AWS's words for it.
    }
  }
  try {
    return { ok: true, value: new Reader(text).document() };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { ok: false, message: error.message, error };
  }
}

/** Like `parseJson`, but an array or object remembers the text if its compact form is another. */
export function parseSource(text: string): Parsed {
  const parsed = parseJson(text);
  if (parsed.ok && typeof parsed.value === "object" && stringify(parsed.value) !== text) {
    rememberSource(parsed.value, text);
  }
  return parsed;
}

/**
 * A number literal that `numberFromLiteral` may have to keep: an exponent, a fraction that ends in
 * zero, a tiny fraction, 16 or more characters, or minus zero. It may match inside of a string,
 * which only costs time.
 */
const UNUSUAL_NUMBER =
  /(?:^|[[,:\s])-?(?:\d+(?:\.\d+)?[eE][-+]?\d+|\d+\.\d*0|0\.000000\d*|\d[\d.]{15,}|(?<=-)0)(?=[\s,\]}]|$)/u;

function needsReader(text: string): boolean {
  return UNUSUAL_NUMBER.test(text) || isDeep(text);
}

/** Whether brackets nest deeper than the limit. Shorter texts cannot, so most are not looked at. */
function isDeep(text: string): boolean {
  if (text.length <= 2 * MAX_DEPTH) return false;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = stringEnd(text, index);
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}

/** The index of the quote that closes the string opened at `start`. */
function stringEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}
