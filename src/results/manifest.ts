/** The manifest.json that names the result files of a Map Run. */
import type { Bucket } from "../buckets/bucket.ts";
import { BucketError } from "../buckets/bucket.ts";
import type { Json } from "../json/json.ts";
import { isArray, isObject, memberOf } from "../json/kind.ts";
import { parseJson } from "../json/parse.ts";
import { stringify } from "../json/stringify.ts";
import type { ResultFile } from "./result-file-series.ts";

/** Bytes of a manifest that is read; each file takes about 150 of them and holds up to 5 GB. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

export interface Manifest {
  readonly bucket: string;
  readonly mapRunArn: string;
  readonly files: {
    readonly FAILED: readonly ResultFile[];
    readonly PENDING: readonly ResultFile[];
    readonly SUCCEEDED: readonly ResultFile[];
  };
}

/** Throws BucketError. */
export async function writeManifest(
  bucket: Bucket,
  key: string,
  manifest: Manifest,
): Promise<void> {
  const { FAILED, PENDING, SUCCEEDED } = manifest.files;
  const text = stringify({
    DestinationBucket: manifest.bucket,
    MapRunArn: manifest.mapRunArn,
    ResultFiles: {
      FAILED: FAILED.map(fileEntry),
      PENDING: PENDING.map(fileEntry),
      SUCCEEDED: SUCCEEDED.map(fileEntry),
    },
  });
  const upload = bucket.upload(key);
  try {
    await upload.write(Buffer.from(text));
    await upload.finish();
  } catch (error) {
    await upload.abort();
    throw error;
  }
}

/** The SUCCEEDED files of a manifest; none if there is no manifest. Throws BucketError. */
export async function succeededFiles(bucket: Bucket, key: string): Promise<readonly ResultFile[]> {
  const text = await readText(bucket, key);
  if (text === undefined) return [];
  const parsed = parseJson(text);
  const files = parsed.ok ? member(member(parsed.value, "ResultFiles"), "SUCCEEDED") : undefined;
  return isArray(files) ? files.flatMap(readFileEntry) : [];
}

async function readText(bucket: Bucket, key: string): Promise<string | undefined> {
  try {
    const object = await bucket.open(key, { signal: new AbortController().signal });
    try {
      if (object.size > MAX_MANIFEST_BYTES) return undefined;
      const chunks: Uint8Array[] = [];
      for await (const chunk of object.bytes()) chunks.push(chunk);
      return Buffer.concat(chunks).toString("utf8");
    } finally {
      object.close();
    }
  } catch (error) {
    if (error instanceof BucketError && error.kind === "Missing") return undefined;
    throw error;
  }
}

function fileEntry({ Key, Size }: ResultFile): Json {
  return { Key, Size };
}

function readFileEntry(entry: Json): ResultFile[] {
  const Key = member(entry, "Key");
  const Size = member(entry, "Size");
  return typeof Key === "string" && typeof Size === "number" ? [{ Key, Size }] : [];
}

function member(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? memberOf(value, name) : undefined;
}
