/** Payloads of functions as JSON text and back. */
import type { Json } from "../../json/json.ts";
import { parseJson } from "../../json/parse.ts";
import { stringify } from "../../json/stringify.ts";

/** JSON text of an event. */
export function payloadText(value: Json): string {
  return stringify(value);
}

/**
 * The `Payload` parameter of `lambda:invoke` as a request body. Recorded from AWS: a string that is
 * JSON text is sent as it is, so the function sees the value that the text stands for.
 */
export function invokePayload(value: Json): string {
  if (typeof value === "string" && parseJson(value).ok) return value;
  return payloadText(value);
}

/**
 * Parses a function's answer. A text that is no JSON document (a custom runtime may return one)
 * becomes a JSON string; an empty one `""`. Whether it is too big for a payload is decided where the
 * result is recorded.
 */
export function parsePayload(text: string): Json {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : text;
}
