/** How an ItemBatcher groups items (Developer Guide, "ItemBatcher"). */
import type { Json, JsonArray, JsonObject } from "../../json/json.ts";
import { utf8Length } from "../../json/size.ts";
import { stringify } from "../../json/stringify.ts";

export interface BatchBounds {
  /** 0 or undefined: no bound. */
  readonly items: number | undefined;
  /** Bytes of one batch as JSON; 0 or undefined: no bound. */
  readonly bytes: number | undefined;
}

/** The inputs of the child executions. A batch has one item at least, even if that is too big. */
export function batchItems(
  items: JsonArray,
  bounds: BatchBounds,
  batchInput: Json | undefined,
): JsonObject[] {
  const maxItems = bounds.items || Infinity;
  const maxBytes = bounds.bytes || Infinity;
  const head: JsonObject = batchInput === undefined ? {} : { BatchInput: batchInput };
  const emptyBytes = utf8Length(stringify({ ...head, Items: [] }));
  const batches: JsonObject[] = [];
  let batch: Json[] = [];
  let bytes = emptyBytes;
  for (const item of items) {
    // One more for the comma.
    const itemBytes = utf8Length(stringify(item)) + 1;
    if (batch.length > 0 && (batch.length >= maxItems || bytes + itemBytes > maxBytes)) {
      batches.push({ ...head, Items: batch });
      batch = [];
      bytes = emptyBytes;
    }
    batch.push(item);
    bytes += itemBytes;
  }
  if (batch.length > 0) batches.push({ ...head, Items: batch });
  return batches;
}
