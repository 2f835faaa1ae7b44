import { createHash } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ItemQuery } from "../interpreter/map-data.ts";
import type { Json } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";
import { BUCKET, type DatasetWorld, openDatasetWorld, readAll } from "./testing/dataset-world.ts";

let world: DatasetWorld;
beforeAll(async () => {
  world = await openDatasetWorld();
});
afterAll(() => world.remove());

const URI = `s3://${BUCKET}`;

function object(Key: string): Pick<ItemQuery, "parameters"> {
  return { parameters: { Bucket: BUCKET, Key } };
}

describe("listObjectsV2", () => {
  it("has what S3 says of each object", async () => {
    await world.put("list/b.txt", "hello");
    await world.put("list/a/c.txt", "");
    const query = {
      operation: "listObjectsV2",
      parameters: { Bucket: BUCKET, Prefix: "list/" },
    } as const;
    const items = await world.items(query);
    const seconds = Math.floor((await stat(join(world.folder, "list/b.txt"))).mtimeMs / 1000);
    const etag = createHash("md5").update("hello").digest("hex");
    expect(items[1]).toMatchObject({ key: undefined, source: URI });
    // The number is written as recorded from AWS: 1.790204286E9.
    const digits = String(seconds).slice(1).replace(/0+$/, "");
    expect(stringify(items[1]!.value)).toBe(
      `{"Etag":"\\"${etag}\\"","Key":"list/b.txt","LastModified":1.${digits || "0"}E9,` +
        '"Size":5,"StorageClass":"STANDARD"}',
    );
    expect(items.map(({ value }) => (value as { Key: string }).Key)).toEqual([
      "list/a/c.txt",
      "list/b.txt",
    ]);
    expect(await world.items({ ...query, maxItems: 1 })).toHaveLength(1);
  });

  it("has the items of all objects with LOAD_AND_FLATTEN", async () => {
    await world.put("flat/1.jsonl", "1\n2\n");
    await world.put("flat/2.jsonl.gz", gzipSync("3\n"));
    await world.put("flat/3/4.jsonl", "");
    await world.put("flat/3/5.jsonl", "4\n");
    const items = await world.items({
      operation: "listObjectsV2",
      parameters: { Bucket: BUCKET, Prefix: "flat/" },
      inputType: "JSONL",
      transformation: "LOAD_AND_FLATTEN",
    });
    expect(items.map(({ value, source }) => [value, source])).toEqual([
      [1, `${URI}/flat/1.jsonl`],
      [2, `${URI}/flat/1.jsonl`],
      [3, `${URI}/flat/2.jsonl.gz`],
      [4, `${URI}/flat/3/5.jsonl`],
    ]);
  });

  it("names the object that cannot be read", async () => {
    await world.put("bad/1.json", "[1]");
    await world.put("bad/2.json", "{");
    const reading = world.items({
      operation: "listObjectsV2",
      parameters: { Bucket: BUCKET, Prefix: "bad/" },
      inputType: "JSON",
      transformation: "LOAD_AND_FLATTEN",
    });
    await expect(reading).rejects.toThrow(`${URI}/bad/2.json: the file is not valid JSON`);
  });
});

describe("manifests", () => {
  const inventory = (changes: object = {}): string =>
    JSON.stringify({
      sourceBucket: "source",
      destinationBucket: `arn:aws:s3:::${BUCKET}`,
      fileFormat: "CSV",
      fileSchema: "Bucket, Key, Size",
      files: [{ key: "inventory/data/1.csv.gz" }, { key: "inventory/data/2.csv" }],
      ...changes,
    });

  it("of S3 inventories have the rows of the data files", async () => {
    await world.put("inventory/manifest.json", inventory());
    await world.put(
      "inventory/data/1.csv.gz",
      gzipSync('"source","a%20b","5"\n"source","c","0"\n'),
    );
    await world.put("inventory/data/2.csv", '"source","d","7"\n');
    for (const query of [{ inputType: "MANIFEST" }, { manifestType: "S3_INVENTORY" }] as const) {
      expect(await world.values("inventory/manifest.json", query)).toEqual([
        { Bucket: "source", Key: "a%20b", Size: "5" },
        { Bucket: "source", Key: "c", Size: "0" },
        { Bucket: "source", Key: "d", Size: "7" },
      ]);
    }
  });

  it.each([
    ["[", "the manifest is not valid JSON"],
    ["[]", "the manifest's fileFormat is undefined"],
    [inventory({ fileFormat: "ORC" }), 'the manifest\'s fileFormat is "ORC"'],
    [inventory({ fileSchema: 1 }), "the manifest has no fileSchema"],
    [inventory({ files: {} }), "the manifest has no list of files"],
    [inventory({ files: [{}] }), "file 0 of the manifest has no key"],
  ])("of S3 inventories are refused: %s", async (content, message) => {
    await world.put("broken.json", content);
    await expect(world.values("broken.json", { inputType: "MANIFEST" })).rejects.toThrow(
      `${URI}/broken.json: ${message}`,
    );
  });

  it("of S3 inventories name a data file that is missing", async () => {
    await world.put("lost.json", inventory({ files: [{ key: "lost.csv" }] }));
    await expect(world.values("lost.json", { inputType: "MANIFEST" })).rejects.toThrow(
      `${URI}/lost.csv: NoSuchKey: The specified key does not exist.`,
    );
  });

  it("of Athena have the items of the data files", async () => {
    await world.put("unload/1.gz", gzipSync("1\n2\n"));
    await world.put("unload/2", "3\n");
    await world.put("unload-manifest.csv", `${URI}/unload/1.gz\n"${URI}/unload/2"\n`);
    const items = await world.items({
      ...object("unload-manifest.csv"),
      manifestType: "ATHENA_DATA",
      inputType: "JSONL",
    });
    expect(items.map(({ value, source }) => [value, source])).toEqual([
      [1, `${URI}/unload/1.gz`],
      [2, `${URI}/unload/1.gz`],
      [3, `${URI}/unload/2`],
    ]);
  });

  it("of Athena are refused where a line is no URI", async () => {
    await world.put("unload-manifest.csv", `${URI}/unload/2\nunload/1\n`);
    const query = { manifestType: "ATHENA_DATA", inputType: "JSONL" } as const;
    await expect(world.values("unload-manifest.csv", query)).rejects.toThrow(
      `${URI}/unload-manifest.csv: line 2 of the manifest is not the URI of an object`,
    );
  });
});

describe("parameters", () => {
  it.each<[Partial<ItemQuery>, string]>([
    [{ parameters: { Key: "a" } }, "The ItemReader's parameter Bucket is missing or empty"],
    [{ parameters: { Bucket: BUCKET } }, "The ItemReader's parameter Key is missing or empty"],
    [{ parameters: { Bucket: BUCKET, Key: 1 } }, "The ItemReader's parameter Key must be a string"],
    [
      { parameters: { Bucket: BUCKET, Key: "a", Prefix: "b" } },
      "The ItemReader's parameter Prefix is not supported; getObject takes Bucket, Key, VersionId, ExpectedBucketOwner",
    ],
    [{ parameters: { Bucket: "none", Key: "a" } }, "NoSuchBucket: there is no bucket none"],
    [object("none"), `${URI}/none: NoSuchKey: The specified key does not exist.`],
    [object("../x"), `${URI}/../x: the key "../x" cannot be a file of a folder`],
    [{ ...object("a"), inputType: undefined }, "The ItemReader does not say what is in the files"],
  ])("are checked: %j", async (query, message) => {
    const reading = world.items({ inputType: "JSON", ...query });
    await expect(reading).rejects.toMatchObject({ name: "ItemsUnreadable" });
    await expect(reading).rejects.toThrow(message);
  });
});

describe("pages", () => {
  it("hold no more than 4 MB, but at least one item", async () => {
    const items = [3_000_000, 3_000_000, 1, 5_000_000, 1].map((size) => "x".repeat(size));
    await world.put("big.jsonl", items.map((item) => `${JSON.stringify(item)}\n`).join(""));
    const source = world.open({ ...object("big.jsonl"), inputType: "JSONL" });
    const lengths: number[] = [];
    let from = 0;
    for (let isLast = false; !isLast;) {
      const page = await source.read(from, 100);
      lengths.push(page.items.length);
      from += page.items.length;
      isLast = page.isLast;
    }
    source.close();
    expect(lengths).toEqual([1, 2, 1, 1]);
  });

  it("tell when no item comes behind them", async () => {
    await world.put("two.jsonl", "1\n2\n");
    const query = { ...object("two.jsonl"), inputType: "JSONL" } as const;
    const source = world.open(query);
    expect(await source.read(0, 1)).toMatchObject({ isLast: false });
    expect(await source.read(1, 1)).toMatchObject({ items: [{ value: 2 }], isLast: true });
    expect(await source.read(2, 1)).toEqual({ items: [], isLast: true });
    expect(await source.read(7, 1)).toEqual({ items: [], isLast: true });
    expect(await source.read(0, 5)).toMatchObject({ isLast: true });
    source.close();
    const first = world.open({ ...query, maxItems: 1 });
    expect(await first.read(0, 5)).toMatchObject({ items: [{ value: 1 }], isLast: true });
    expect(await first.read(1, 5)).toEqual({ items: [], isLast: true });
    first.close();
    // Recorded from AWS: 0 is no limit.
    expect(await world.items({ ...query, maxItems: 0 })).toHaveLength(2);
  });

  it("come from one object, not from what replaced it", async () => {
    await world.put("changing.jsonl", "1\n2\n3\n");
    const source = world.open({ ...object("changing.jsonl"), inputType: "JSONL" });
    await source.read(0, 2);
    await rm(join(world.folder, "changing.jsonl"));
    await writeFile(join(world.folder, "changing.jsonl"), "4\n5\n6\n");
    await expect(source.read(0, 2)).rejects.toMatchObject({
      name: "ItemsUnreadable",
      message: `${URI}/changing.jsonl: the object was changed while it was read`,
    });
    source.close();
  });

  it("are the same items whatever their sizes and wherever reading starts again", async () => {
    const values = fc.array(
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ maxLength: 200 })),
      {
        maxLength: 60,
      },
    );
    const reads = fc.array(fc.tuple(fc.nat(70), fc.integer({ min: 1, max: 25 })), { maxLength: 8 });
    const formats = fc.constantFrom("JSON", "JSONL", "CSV", "OBJECT" as const);
    await fc.assert(
      fc.asyncProperty(
        values,
        reads,
        formats,
        fc.boolean(),
        async (all, plan, format, isZipped) => {
          const { content, expected, query } = written(all as Json[], format);
          const name = `any${isZipped ? ".gz" : ""}`;
          await world.put(name, isZipped ? gzipSync(content) : content);
          const source = world.open({ ...object(name), ...query });
          try {
            for (const [from, limit] of plan) {
              const { items, isLast } = await source.read(from, limit);
              expect(items.map(({ value }) => stringify(value))).toEqual(
                expected.slice(from, from + limit),
              );
              expect(isLast).toBe(from + limit >= expected.length);
            }
            const items = await readAll(source, 7);
            expect(items.map(({ value }) => stringify(value))).toEqual(expected);
          } finally {
            source.close();
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  function written(
    values: readonly Json[],
    format: "JSON" | "JSONL" | "CSV" | "OBJECT",
  ): { content: string; expected: string[]; query: Partial<ItemQuery> } {
    const texts = values.map(stringify);
    switch (format) {
      case "JSONL":
        return { content: texts.join("\n"), expected: texts, query: { inputType: "JSONL" } };
      case "JSON":
        return {
          content: ` [${texts.join(" ,\n")}] `,
          expected: texts,
          query: { inputType: "JSON" },
        };
      case "OBJECT":
        return {
          content: `{"in":[{"it":{${texts.map((text, index) => `"${index}":${text}`).join()}}}]}`,
          expected: texts,
          query: { inputType: "JSON", itemsPointer: "/in/0/it" },
        };
      default:
        return {
          content: texts
            .map((text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '""')}"\r\n`)
            .join(""),
          expected: texts.map((text) => `{"json":${JSON.stringify(text)}}`),
          query: { inputType: "CSV", csvHeaderLocation: "GIVEN", csvHeaders: ["json"] },
        };
    }
  }
});

describe("a long dataset", () => {
  it("takes no more memory than a short one", async () => {
    const lines = 1_000_000;
    const line = (index: number): string => `{"n":${index},"text":"item ${index}"}\n`;
    const pieces: string[] = [];
    for (let index = 0; index < lines; index += 1) pieces.push(line(index));
    await world.put("long.jsonl", pieces.join(""));
    pieces.length = 0;
    const source = world.open({ ...object("long.jsonl"), inputType: "JSONL" });
    let from = 0;
    let most = 0;
    let least = Infinity;
    for (let isLast = false; !isLast;) {
      const page = await source.read(from, 1000);
      from += page.items.length;
      isLast = page.isLast;
      if (from % 100_000 !== 0) continue;
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      most = Math.max(most, heapUsed + arrayBuffers);
      least = Math.min(least, heapUsed + arrayBuffers);
    }
    source.close();
    expect(from).toBe(lines);
    expect(most - least).toBeLessThan(100 * 1024 * 1024);
  }, 60_000);
});
