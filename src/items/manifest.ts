/** Files that list the files whose items are read. */
import type { BucketObject } from "../buckets/bucket.ts";
import { isArray, isObject, memberOf } from "../json/kind.ts";
import type { Json } from "../json/json.ts";
import { parseJson } from "../json/parse.ts";
import { decompressed } from "./compression/decompressed.ts";
import { FileFault } from "./dataset-item.ts";
import { CsvRecords } from "./text/csv-records.ts";
import { LineText } from "./text/line-text.ts";

/** Bytes of the manifest of an S3 inventory, which is held in memory. */
const MAX_INVENTORY_BYTES = 64 * 1024 * 1024;

/** A data file of an S3 inventory, in the manifest's bucket. */
export interface InventoryFile {
  readonly key: string;
  /** Names of its columns. */
  readonly headers: readonly string[];
}

/** The data files that the manifest.json of an S3 inventory names. Throws FileFault or BucketError. */
export async function* inventoryFiles(manifest: BucketObject): AsyncGenerator<InventoryFile> {
  if (manifest.size > MAX_INVENTORY_BYTES) {
    throw new FileFault(`the manifest is larger than ${MAX_INVENTORY_BYTES} bytes`);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of manifest.bytes()) chunks.push(chunk);
  const parsed = parseJson(Buffer.concat(chunks).toString("utf8"));
  if (!parsed.ok) throw new FileFault(`the manifest is not valid JSON: ${parsed.message}`);
  const format = member(parsed.value, "fileFormat");
  if (format !== "CSV") {
    throw new FileFault(
      `the manifest's fileFormat is ${JSON.stringify(format)}; only inventories in CSV can be read`,
    );
  }
  const schema = member(parsed.value, "fileSchema");
  if (typeof schema !== "string") throw new FileFault("the manifest has no fileSchema");
  const files = member(parsed.value, "files");
  if (!isArray(files)) throw new FileFault("the manifest has no list of files");
  const headers = schema.split(",").map((name) => name.trim());
  for (const [index, file] of files.entries()) {
    const key = member(file, "key");
    if (typeof key !== "string" || key === "") {
      throw new FileFault(`file ${index} of the manifest has no key`);
    }
    yield { key, headers };
  }
}

function member(value: Json, name: string): Json | undefined {
  return isObject(value) ? memberOf(value, name) : undefined;
}

export interface DataFile {
  readonly bucket: string;
  readonly key: string;
}

/**
 * The data files that the manifest of an Athena UNLOAD names: a CSV file whose first column has their
 * URIs. Throws FileFault or BucketError.
 */
export async function* athenaDataFiles(
  manifestKey: string,
  manifest: BucketObject,
): AsyncGenerator<DataFile> {
  const text = new LineText();
  const rows = new CsvRecords(",");
  rows.maxFields = 1;
  for await (const chunk of decompressed(manifestKey, manifest.bytes())) {
    yield* dataFiles(rows.push(text.push(chunk)));
  }
  yield* dataFiles([...rows.push(text.end()), ...rows.end()]);
}

function* dataFiles(records: ReturnType<CsvRecords["push"]>): Generator<DataFile> {
  for (const { fields, line } of records) {
    const uri = fields[0]?.trim() ?? "";
    const [, bucket, key] = /^s3a?:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
    if (bucket === undefined || key === undefined) {
      throw new FileFault(
        `line ${line} of the manifest is not the URI of an object, such as s3://BUCKET/KEY`,
      );
    }
    yield { bucket, key };
  }
}

/** Whether a listed object only stands for a folder, as the S3 console makes them. */
export function isFolderMarker(object: { readonly key: string; readonly size: number }): boolean {
  return object.size === 0 && object.key.endsWith("/");
}
