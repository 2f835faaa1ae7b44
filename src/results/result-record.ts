/** What the result files say of one child execution. */
import type { ChildResult, ResultTarget } from "../interpreter/map-data.ts";
import { resultRecord } from "../interpreter/result-record.ts";
import type { Json } from "../json/json.ts";
import { isArray } from "../json/kind.ts";

/** The entries of one child: its record, or its output, or the elements of its output. */
export function resultEntries(
  child: ChildResult,
  transformation: ResultTarget["transformation"],
): readonly Json[] {
  // What is no success stays unchanged.
  if (transformation === "NONE" || child.status !== "SUCCEEDED") return [resultRecord(child)];
  const output = child.output ?? null;
  return transformation === "FLATTEN" && isArray(output) ? output : [output];
}
