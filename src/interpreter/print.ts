/**
 * Printing payloads once: a decision first measures an output and then writes it into its row.
 * Values are immutable, so the value printed last can be recognised by identity.
 */
import type { Json } from "../json/json.ts";
import { stringifyTracked, type Printed } from "../json/stringify.ts";

let lastValue: Json | undefined;
let lastPrinted: Printed | undefined;

/** Like `stringifyTracked`, and free for the value that was printed last. */
export function print(value: Json): Printed {
  if (typeof value !== "object" || value === null) return stringifyTracked(value);
  if (value === lastValue && lastPrinted !== undefined) return lastPrinted;
  lastPrinted = stringifyTracked(value);
  lastValue = value;
  return lastPrinted;
}
