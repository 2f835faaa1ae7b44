/** Parquet files. */
import type { BucketObject } from "../../buckets/bucket.ts";
import { type DatasetItem, FileFault } from "../dataset-item.ts";

export async function* parquetItems(
  _object: BucketObject,
  _source: string,
): AsyncGenerator<readonly DatasetItem[]> {
  throw new FileFault("not yet");
}
