/** A JSON value given as the text that it shall stand as, so that its layout and literals survive. */
import { parseJson } from "../../../src/json/parse.ts";
import type { Json } from "../../../src/json/json.ts";

export class JsonSource {
  /** Its lines are not indented but for what is inside of it. */
  readonly text: string;
  readonly value: Json;

  private constructor(text: string, value: Json) {
    this.text = text;
    this.value = value;
  }

  /** Undefined: the text is no JSON. */
  static read(text: string): JsonSource | undefined {
    const trimmed = text.trim();
    const parsed = parseJson(trimmed);
    return parsed.ok ? new JsonSource(trimmed, parsed.value) : undefined;
  }
}

/** What can be written into a document. */
export type Writable = Json | JsonSource;

export function valueOf(written: Writable): Json {
  return written instanceof JsonSource ? written.value : written;
}
