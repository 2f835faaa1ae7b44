/** The graph of a definition's text. */
import { parseJson } from "../../../src/json/parse.ts";
import type { MachineGraph } from "./graph-model.ts";
import { readGraph } from "./read-graph.ts";

/** Undefined: the text is no JSON. */
export function definitionGraph(text: string): MachineGraph | undefined {
  const parsed = parseJson(text);
  return parsed.ok ? readGraph(parsed.value) : undefined;
}
