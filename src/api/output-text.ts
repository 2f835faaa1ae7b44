/** The body of an answer. */
import type { Json } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";
import type { Output } from "./operation.ts";

/** The JSON text of what an operation gave; numbers that JavaScript would shorten (`1.0`) stay. */
export function outputText(output: Output): string {
  return stringify(output as { readonly [name: string]: Json });
}
