/** From an ItemReader to its items: which objects are read, and how. */
import type { Bucket, BucketObject, ListedObject } from "../buckets/bucket.ts";
import type { Buckets } from "../buckets/buckets.ts";
import { ItemsUnreadable } from "../engine/ports.ts";
import type { ItemQuery } from "../interpreter/map-data.ts";
import type { DatasetItem } from "./dataset-item.ts";
import { type ItemParameters, itemParameters } from "./item-parameters.ts";
import { listingItem } from "./listing-items.ts";
import { athenaDataFiles, type DataFile, inventoryFiles, isFolderMarker } from "./manifest.ts";
import { naming, objectItems, type ObjectFormat, sourceUri } from "./object-items.ts";

type Batches = AsyncGenerator<readonly DatasetItem[]>;

/** One dataset, whose items can be read again from the beginning. */
export class Dataset {
  readonly #query: ItemQuery;
  readonly #buckets: Buckets;
  /** Of the object that the ItemReader names, when it was read for the first time. */
  #version: string | undefined;

  constructor(query: ItemQuery, buckets: Buckets) {
    this.#query = query;
    this.#buckets = buckets;
  }

  /** Throws ItemsUnreadable or BucketError. */
  async *items(signal: AbortSignal): Batches {
    const query = this.#query;
    const parameters = itemParameters(query);
    const bucket = await this.#buckets.find(parameters.bucket);
    if (query.operation === "listObjectsV2") {
      yield* query.transformation === "LOAD_AND_FLATTEN"
        ? this.#itemsOfListed(bucket, parameters, signal)
        : listing(bucket, parameters, signal);
    } else if (isInventory(query)) {
      yield* this.#inventory(bucket, parameters, signal);
    } else if (query.manifestType === "ATHENA_DATA") {
      yield* this.#itemsOfAthena(bucket, parameters, signal);
    } else {
      const opened = this.#sameAsBefore;
      yield* objectItems({ ...parameters, bucket, signal, opened }, objectFormat(query));
    }
  }

  async *#itemsOfListed(bucket: Bucket, parameters: ItemParameters, signal: AbortSignal): Batches {
    const format = objectFormat(this.#query);
    const { expectedOwner } = parameters;
    for await (const page of listed(bucket, parameters, signal, false)) {
      for (const object of page) {
        if (isFolderMarker(object)) continue;
        yield* objectItems({ bucket, key: object.key, expectedOwner, signal }, format);
      }
    }
  }

  async *#inventory(bucket: Bucket, parameters: ItemParameters, signal: AbortSignal): Batches {
    for await (const { headers, key } of this.#manifest(
      bucket,
      parameters,
      signal,
      inventoryFiles,
    )) {
      const format = {
        ...this.#query,
        inputType: "CSV",
        csvHeaderLocation: "GIVEN",
        csvHeaders: headers,
        csvDelimiter: "COMMA",
      } as const;
      yield* objectItems({ bucket, key, signal }, format);
    }
  }

  async *#itemsOfAthena(bucket: Bucket, parameters: ItemParameters, signal: AbortSignal): Batches {
    const format = objectFormat(this.#query);
    const files = (manifest: BucketObject): AsyncGenerator<DataFile> =>
      athenaDataFiles(parameters.key, manifest);
    for await (const file of this.#manifest(bucket, parameters, signal, files)) {
      const itsBucket = await this.#buckets.find(file.bucket);
      yield* objectItems({ bucket: itsBucket, key: file.key, signal }, format);
    }
  }

  /** What the object that the ItemReader names lists. */
  #manifest<File>(
    bucket: Bucket,
    parameters: ItemParameters,
    signal: AbortSignal,
    read: (manifest: BucketObject) => AsyncGenerator<File>,
  ): AsyncGenerator<File> {
    const sameAsBefore = this.#sameAsBefore;
    const files = async function* (): AsyncGenerator<File> {
      const manifest = await bucket.open(parameters.key, { ...parameters, signal });
      try {
        sameAsBefore(manifest);
        yield* read(manifest);
      } finally {
        manifest.close();
      }
    };
    return naming(sourceUri(bucket.name, parameters.key), files());
  }

  /** Items that were read before would have other numbers in an object that was replaced. */
  readonly #sameAsBefore = ({ version }: BucketObject): void => {
    this.#version ??= version;
    if (this.#version !== version) {
      const { bucket, key } = itemParameters(this.#query);
      throw new ItemsUnreadable(
        `${sourceUri(bucket, key)}: the object was changed while it was read`,
      );
    }
  };
}

function isInventory({ inputType, manifestType }: ItemQuery): boolean {
  return (
    manifestType === "S3_INVENTORY" || (inputType === "MANIFEST" && manifestType === undefined)
  );
}

async function* listing(
  bucket: Bucket,
  parameters: ItemParameters,
  signal: AbortSignal,
): AsyncGenerator<readonly DatasetItem[]> {
  const source = sourceUri(bucket.name);
  for await (const page of listed(bucket, parameters, signal, true)) {
    yield page.map((object) => listingItem(object, source));
  }
}

function listed(
  bucket: Bucket,
  { prefix, expectedOwner }: ItemParameters,
  signal: AbortSignal,
  etags: boolean,
): AsyncGenerator<readonly ListedObject[]> {
  const pages = bucket.list({ prefix, expectedOwner, etags, signal });
  return naming(sourceUri(bucket.name), pages);
}

function objectFormat(query: ItemQuery): ObjectFormat {
  const { inputType } = query;
  if (inputType === undefined || inputType === "MANIFEST") {
    throw new ItemsUnreadable(
      "The ItemReader does not say what is in the files: give ReaderConfig the InputType JSON, JSONL, CSV or PARQUET",
    );
  }
  return { ...query, inputType };
}
