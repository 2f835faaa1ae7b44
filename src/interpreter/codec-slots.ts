/** Payloads and texts as fields of an encoded event; see `codec.ts`. */
import { parseSource } from "../json/parse.ts";
import type { Json, JsonArray, JsonObject } from "../json/json.ts";
import { print } from "./print.ts";

/** One element of a journal row. */
export type EncodedEvent = readonly [code: number, ...fields: Field[]];

export type Field = number | string | null | readonly [Json] | { readonly key: string };

/** A payload; the known value is meant by 0, the other known one by 1. */
export function slot(value: Json, known: Json | undefined, otherKnown: Json | undefined): string {
  if (value === known) return "0";
  if (value === otherKnown) return "1";
  const { text: json, exact } = print(value);
  return exact ? `[${json}]` : JSON.stringify(json);
}

/** Reads what `slot` wrote. Throws if the row is corrupt. */
export function payload(
  field: Field | undefined,
  known: Json | undefined,
  otherKnown: Json | undefined,
): Json {
  if (field === 0 && known !== undefined) return known;
  if (field === 1 && otherKnown !== undefined) return otherKnown;
  if (Array.isArray(field)) return (field as readonly [Json])[0];
  if (typeof field === "string") {
    const parsed = parseSource(field);
    if (parsed.ok) return parsed.value;
  }
  throw new Error("the journal holds a payload that cannot be read");
}

/** Items are most often the Map's input or one member of it: then only the member's key is written. */
export function itemsSlot(items: JsonArray | JsonObject, input: Json): string {
  if (items !== input && typeof input === "object" && input !== null && !Array.isArray(input)) {
    for (const [key, value] of Object.entries(input)) {
      if (value === items) return JSON.stringify({ key });
    }
  }
  return slot(items, input, undefined);
}

/** Reads what `itemsSlot` wrote. */
export function readItems(field: Field | undefined, input: Json): JsonArray | JsonObject {
  if (typeof field === "object" && field !== null && "key" in field) {
    return (input as JsonObject)[field.key] as JsonArray | JsonObject;
  }
  return payload(field, input, undefined) as JsonArray | JsonObject;
}

/** A text or null. */
export function text(value: string | undefined): string {
  return value === undefined ? "null" : JSON.stringify(value);
}

/** Reads what `text` wrote. */
export function optional(field: Field | undefined): string | undefined {
  return typeof field === "string" ? field : undefined;
}
