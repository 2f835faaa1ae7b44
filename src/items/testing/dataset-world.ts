/** Datasets in a folder of their own, for tests. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createBuckets } from "../../buckets/buckets.ts";
import type { ItemSource } from "../../engine/ports.ts";
import type { ItemQuery, SourceItem } from "../../interpreter/map-data.ts";
import type { Json } from "../../json/json.ts";
import { createItemSources } from "../item-sources.ts";

export const BUCKET = "datasets";

export interface DatasetWorld {
  /** Folder of the bucket. */
  readonly folder: string;
  put(key: string, content: string | Uint8Array): Promise<void>;
  open(query: Partial<ItemQuery>): ItemSource;
  /** All items, read in pages of `limit`. */
  items(query: Partial<ItemQuery>, limit?: number): Promise<SourceItem[]>;
  /** The values of all items of one object. */
  values(key: string, query: Partial<ItemQuery>): Promise<Json[]>;
  remove(): Promise<void>;
}

export async function openDatasetWorld(): Promise<DatasetWorld> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "stepwell-datasets-")));
  const folder = join(directory, BUCKET);
  await mkdir(folder);
  const buckets = createBuckets({ directory, environment: {}, region: "us-east-1" });
  const sources = createItemSources({ buckets });
  const open: DatasetWorld["open"] = (query) => sources.open(itemQuery(query));
  const items: DatasetWorld["items"] = async (query, limit = 1000) => {
    const source = open(query);
    try {
      return await readAll(source, limit);
    } finally {
      source.close();
    }
  };
  return {
    folder,
    async put(key, content) {
      const path = join(folder, key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    },
    open,
    items,
    async values(key, query) {
      const found = await items({ parameters: { Bucket: BUCKET, Key: key }, ...query });
      return found.map(({ value }) => value);
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A query with what a test does not say left open. */
export function itemQuery(query: Partial<ItemQuery>): ItemQuery {
  return {
    operation: "getObject",
    parameters: { Bucket: BUCKET, Key: "items" },
    inputType: undefined,
    csvHeaderLocation: undefined,
    csvHeaders: undefined,
    csvDelimiter: undefined,
    itemsPointer: undefined,
    manifestType: undefined,
    transformation: undefined,
    maxItems: undefined,
    ...query,
  };
}

export async function readAll(source: ItemSource, limit: number): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for (;;) {
    const page = await source.read(items.length, limit);
    items.push(...page.items);
    if (page.isLast) return items;
  }
}
