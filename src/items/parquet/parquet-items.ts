/** Parquet files: each row is an object. */
import type { BucketObject } from "../../buckets/bucket.ts";
import type { DatasetItem } from "../dataset-item.ts";
import { JsonLinesReader } from "../text/json-lines.ts";
import { ParquetThread } from "./parquet-thread.ts";

/** Throws FileFault or BucketError. */
export async function* parquetItems(
  object: BucketObject,
  source: string,
): AsyncGenerator<readonly DatasetItem[]> {
  const thread = new ParquetThread(object);
  const rows = new JsonLinesReader(source);
  try {
    for (;;) {
      const lines = await thread.next();
      if (lines === undefined) return;
      yield [...rows.push(lines)];
    }
  } finally {
    thread.close();
  }
}
