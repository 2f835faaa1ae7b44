/** How a JSON field is written in its form: as it is, but a JSONata expression without quotes. */
import { JsonSource } from "../document/json-source.ts";

const EXPRESSION = /^\{%[^]*%\}$/;

/** What the form shows for the source of a field. */
export function payloadText(source: JsonSource): string {
  return typeof source.value === "string" && EXPRESSION.test(source.value)
    ? source.value
    : source.text;
}

/** Undefined: it is neither JSON nor an expression. */
export function readPayload(text: string): JsonSource | undefined {
  const trimmed = text.trim();
  return EXPRESSION.test(trimmed)
    ? JsonSource.read(JSON.stringify(trimmed))
    : JsonSource.read(trimmed);
}
