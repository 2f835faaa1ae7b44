import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBuckets } from "../buckets/buckets.ts";
import { type BreakingProxy, startBreakingProxy } from "../buckets/testing/breaking-proxy.ts";
import { isMotoMissing, type MotoServer, startMoto } from "../buckets/testing/moto-server.ts";
import type { ItemSource, ItemSources } from "../engine/ports.ts";
import type { ItemQuery } from "../interpreter/map-data.ts";
import { createItemSources } from "./item-sources.ts";
import { itemQuery, readAll } from "./testing/dataset-world.ts";

const LINES = 200_000;

describe.skipIf(isMotoMissing)("datasets in S3", () => {
  let moto: MotoServer;
  let proxy: BreakingProxy;
  let sources: ItemSources;

  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startBreakingProxy(moto.port);
    sources = sourcesAt(proxy.url);
    await moto.client.send(new CreateBucketCommand({ Bucket: "orders" }));
    await put("lines.jsonl", lines(LINES));
  }, 60_000);
  afterAll(async () => {
    await proxy.close();
    await moto.close();
  });

  function sourcesAt(endpoint: string): ItemSources {
    const environment = { AWS_ENDPOINT_URL: endpoint };
    return createItemSources({
      buckets: createBuckets({ directory: undefined, environment, region: "us-east-1" }),
    });
  }

  async function put(Key: string, Body: string | Uint8Array): Promise<void> {
    await moto.client.send(new PutObjectCommand({ Bucket: "orders", Key, Body }));
  }

  function lines(count: number): string {
    return Array.from({ length: count }, (_, index) => `{"n":${index}}\n`).join("");
  }

  function open(Key: string, query: Partial<ItemQuery> = { inputType: "JSONL" }): ItemSource {
    return sources.open(itemQuery({ parameters: { Bucket: "orders", Key }, ...query }));
  }

  it("are read through connections that break", async () => {
    proxy.breakAfter(500_000, 4);
    const source = open("lines.jsonl");
    const items = await readAll(source, 5000);
    source.close();
    expect(proxy.breaksLeft).toBe(0);
    expect(items).toHaveLength(LINES);
    expect(items.every(({ value }, index) => (value as { n: number }).n === index)).toBe(true);
    expect(items[7]!.source).toBe("s3://orders/lines.jsonl");
  });

  it("are read in parts if they are Parquet", async () => {
    const fixture = new URL("./parquet/testing/rows-zstd.parquet", import.meta.url);
    await put("rows.parquet", await readFile(fixture));
    const source = open("rows.parquet", { inputType: "PARQUET" });
    expect(await readAll(source, 999)).toHaveLength(5000);
    source.close();
  });

  it("are listed and flattened", async () => {
    for (const name of ["flat/a", "flat/b", "flat/c/"])
      await put(name, name.endsWith("/") ? "" : "1\n2\n");
    const query = {
      operation: "listObjectsV2",
      parameters: { Bucket: "orders", Prefix: "flat/" },
    } as const;
    const listed = sources.open(itemQuery(query));
    const [first, , marker] = await readAll(listed, 10);
    listed.close();
    expect(first).toMatchObject({
      value: {
        Etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        Key: "flat/a",
        Size: 4,
        StorageClass: "STANDARD",
      },
      source: "s3://orders",
    });
    expect(marker).toMatchObject({ value: { Key: "flat/c/", Size: 0 } });
    const flattened = sources.open(
      itemQuery({ ...query, transformation: "LOAD_AND_FLATTEN", inputType: "JSONL" }),
    );
    expect((await readAll(flattened, 10)).map(({ value }) => value)).toEqual([1, 2, 1, 2]);
    flattened.close();
  });

  it("name what is missing", async () => {
    await expect(open("none").read(0, 1)).rejects.toMatchObject({
      name: "ItemsUnreadable",
      message: "s3://orders/none: NoSuchKey: The specified key does not exist.",
    });
    const query = itemQuery({ parameters: { Bucket: "none", Key: "a" }, inputType: "JSON" });
    await expect(sources.open(query).read(0, 1)).rejects.toThrow("s3://none/a: NoSuchBucket: ");
  });

  it("are not mixed with what replaced them", async () => {
    await put("replaced.jsonl", lines(10));
    const source = open("replaced.jsonl");
    await source.read(0, 5);
    await put("replaced.jsonl", lines(11));
    await expect(source.read(0, 5)).rejects.toMatchObject({
      name: "ItemsUnreadable",
      message: "s3://orders/replaced.jsonl: the object was changed while it was read",
    });
    source.close();
  });

  it("can be asked for again when S3 cannot be reached now", async () => {
    const gone = await startBreakingProxy(moto.port);
    await gone.close();
    const source = sourcesAt(gone.url).open(
      itemQuery({ parameters: { Bucket: "orders", Key: "lines.jsonl" }, inputType: "JSONL" }),
    );
    await expect(source.read(0, 1)).rejects.toMatchObject({
      name: "StoreUnavailable",
      message: expect.stringContaining("s3://orders/lines.jsonl: "),
    });
    source.close();
  });

  it("end what is under way when they are closed", async () => {
    const source = open("lines.jsonl");
    await source.read(0, 10);
    const reading = source.read(LINES - 1, 10);
    source.close();
    await expect(reading).rejects.toThrow(/closed|aborted/i);
    await expect(source.read(0, 1)).rejects.toThrow("the source of items is closed");
  });
});
