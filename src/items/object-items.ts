/** The items of one object, whatever its format. */
import { type Bucket, BucketError, type BucketObject } from "../buckets/bucket.ts";
import { ItemsUnreadable } from "../engine/ports.ts";
import type { ItemQuery } from "../interpreter/map-data.ts";
import { decompressed } from "./compression/decompressed.ts";
import { type DatasetItem, FileFault, type FileReader, MAX_FILE_BYTES } from "./dataset-item.ts";
import { parquetItems } from "./parquet/parquet-items.ts";
import { CsvReader } from "./text/csv-items.ts";
import { JsonItemsReader } from "./text/json-items.ts";
import { JsonLinesReader } from "./text/json-lines.ts";

/** Bytes of items that are made at a time. */
const BATCH_BYTES = 512 * 1024;

/** Bytes that are read at a time: small items take much longer to make than to read. */
const PIECE_BYTES = 32 * 1024;

/** How the objects of a dataset are read. */
export type ObjectFormat = Pick<
  ItemQuery,
  "csvDelimiter" | "csvHeaderLocation" | "csvHeaders" | "itemsPointer"
> & { readonly inputType: "JSON" | "JSONL" | "CSV" | "PARQUET" };

export interface ObjectToRead {
  readonly bucket: Bucket;
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly expectedOwner?: string | undefined;
  readonly signal: AbortSignal;
  /** Is told which object it is that was opened; may throw. */
  readonly opened?: (object: BucketObject) => void;
}

/** Throws ItemsUnreadable or BucketError that name the object. */
export function objectItems(
  object: ObjectToRead,
  format: ObjectFormat,
): AsyncGenerator<readonly DatasetItem[]> {
  const source = sourceUri(object.bucket.name, object.key);
  return naming(source, itemsOf(object, source, format));
}

async function* itemsOf(
  { bucket, key, opened, ...options }: ObjectToRead,
  source: string,
  format: ObjectFormat,
): AsyncGenerator<readonly DatasetItem[]> {
  const object = await bucket.open(key, options);
  try {
    opened?.(object);
    if (object.size > MAX_FILE_BYTES) {
      throw new FileFault(`it is larger than ${MAX_FILE_BYTES} bytes (10 GB)`);
    }
    if (format.inputType === "PARQUET") yield* parquetItems(object, source);
    else yield* textItems(decompressed(key, object.bytes()), textReader(source, format));
  } finally {
    object.close();
  }
}

/** The URI of an object as AWS gives it in `$$.Map.Item.Source`. */
export function sourceUri(bucket: string, key?: string): string {
  return key === undefined ? `s3://${bucket}` : `s3://${bucket}/${key}`;
}

/** Adds the URI of an object to what is wrong with it. */
export async function* naming<Item>(
  source: string,
  items: AsyncIterable<Item>,
): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    if (error instanceof FileFault) throw new ItemsUnreadable(`${source}: ${error.message}`);
    if (error instanceof BucketError) {
      throw new BucketError(error.kind, `${source}: ${error.message}`);
    }
    throw error;
  }
}

async function* textItems(
  bytes: AsyncIterable<Uint8Array>,
  reader: FileReader,
): AsyncGenerator<readonly DatasetItem[]> {
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      yield* batches(reader.push(chunk.subarray(start, start + PIECE_BYTES)));
    }
  }
  yield* batches(reader.end());
}

function* batches(items: Iterable<DatasetItem>): Generator<readonly DatasetItem[]> {
  let batch: DatasetItem[] = [];
  let bytes = 0;
  for (const item of items) {
    batch.push(item);
    bytes += item.bytes;
    if (bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  yield batch;
}

function textReader(source: string, format: ObjectFormat): FileReader {
  switch (format.inputType) {
    case "JSONL":
      return new JsonLinesReader(source);
    case "CSV":
      return new CsvReader(source, {
        headers: format.csvHeaderLocation === "GIVEN" ? format.csvHeaders : undefined,
        delimiter: format.csvDelimiter,
      });
    default:
      return new JsonItemsReader(source, format.itemsPointer);
  }
}
