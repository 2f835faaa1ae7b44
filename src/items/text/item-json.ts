/** The JSON of one item, whose bytes alone do not say how long it takes to make it. */
import type { Json } from "../../json/json.ts";
import { type Parsed, parseJson } from "../../json/parse.ts";
import { FileFault } from "../dataset-item.ts";

/**
 * Values of one item. Millions of them hold up the server for a second; an item that is small enough
 * for a state's input (256 KB) cannot have so many. Ours.
 */
export const MAX_ITEM_VALUES = 150_000;

/** Throws FileFault if there are too many values; `what` names the item. */
export function parseItem(text: string, what: () => string): Parsed {
  if (hasTooManyValues(text)) {
    throw new FileFault(`${what()} has more than ${MAX_ITEM_VALUES} values`);
  }
  return parseJson(text);
}

/** The value, or a FileFault that names the item. */
export function itemValue(text: string, what: () => string): Json {
  const parsed = parseItem(text, what);
  if (!parsed.ok) throw new FileFault(`${what()} is not valid JSON: ${parsed.message}`);
  return parsed.value;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;

/** Each value but the first stands behind one of four characters. */
function hasTooManyValues(text: string): boolean {
  if (text.length < 2 * MAX_ITEM_VALUES) return false;
  let values = 1;
  let isInText = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) isInText = !isInText;
    else if (isInText) {
      if (code === BACKSLASH) index += 1;
    } else if (code === COMMA || code === COLON || code === OPEN_ARRAY || code === OPEN_OBJECT) {
      values += 1;
      if (values > MAX_ITEM_VALUES) return true;
    }
  }
  return false;
}
