import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { StoreUnavailable } from "../../engine/ports.ts";
import { stringify } from "../../json/stringify.ts";
import { parquetRows } from "./parquet-rows.ts";
import { writeParquet } from "./testing/write-parquet.ts";
import { BUCKET, type DatasetWorld, openDatasetWorld } from "../testing/dataset-world.ts";

let world: DatasetWorld;
beforeAll(async () => {
  world = await openDatasetWorld();
});
afterAll(() => world.remove());

function fixture(name: string): Promise<Buffer> {
  return readFile(new URL(`./testing/${name}.parquet`, import.meta.url));
}

async function read(content: Uint8Array): Promise<readonly string[]> {
  await world.put("rows.parquet", content);
  const values = await world.values("rows.parquet", { inputType: "PARQUET" });
  return values.map(stringify);
}

describe("Parquet files", () => {
  it("have values of all types", async () => {
    const rows = (await read(await fixture("types"))).map((row) => JSON.parse(row) as object);
    expect(rows[1]).toEqual({
      ...Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, null])),
      id: 9007199254740992,
      u32: 0,
      u64: 0,
      f: 1,
      d: 2,
      big: 0,
      nested: [],
    });
    const [first] = await read(await fixture("types"));
    const members = [
      '"id":1',
      '"small":1',
      '"u32":4294967295',
      '"u64":18446744073709551615',
      '"f":0.1',
      '"d":0.1',
      '"h":1.5',
      '"b":true',
      '"s":"héllo 😀"',
      '"bin":"AP8="',
      '"fix":"AP8="',
      '"dec":123.45',
      '"big":12345678901234567890123.4567890',
      '"day":"2026-11-23"',
      '"ts_ms":"2026-11-23T01:02:03.456Z"',
      '"ts_us":"2026-11-23T01:02:03.456789"',
      '"ts_ns":"2026-11-23T01:02:03.123456789Z"',
      '"time":"01:02:03.000004"',
      '"list":[1,2,null]',
      '"nested":[["a"],[]]',
      '"struct":{"x":1,"y":"z"}',
      '"structs":[{"when":"2020-01-01"}]',
    ];
    for (const member of members) expect(first).toContain(member);
    expect(first).toMatch(/"map":\{.*"k":1\.50.*\}/);
  });

  it("have exact integers, dates before 1970, and numbers that JSON has not", async () => {
    const [, second, third] = await read(await fixture("types"));
    expect(second).toContain('"id":9007199254740993');
    expect(second).toContain('"f":1.0');
    expect(second).toContain('"big":0.0000000');
    const members = [
      '"id":-5',
      '"d":"NaN"',
      '"bin":"x"',
      '"dec":-0.50',
      '"day":"1969-12-31"',
      '"ts_ms":"1969-12-31T23:59:59.999Z"',
      '"ts_us":"2026-01-01T00:00:00"',
      '"h":-0.25',
      '"list":[]',
      '"struct":{"x":null,"y":"w"}',
      '"map":{}',
    ];
    for (const member of members) expect(third).toContain(member);
  });

  it("have the older kind of timestamps", async () => {
    expect(await read(await fixture("int96"))).toEqual(['{"at":"2026-11-23T01:02:03.456789Z"}']);
  });

  test.each(["snappy", "gzip", "zstd", "none"])(
    "have many row groups and pages, compressed with %s",
    async (codec) => {
      const rows = await read(await fixture(`rows-${codec}`));
      expect(rows).toEqual(
        Array.from({ length: 5000 }, (_, index) => `{"n":${index},"t":"text ${index % 7}"}`),
      );
    },
  );

  it("can be empty", async () => {
    expect(await read(await fixture("empty"))).toEqual([]);
  });

  it("are decoded a few at a time, the others wait", async () => {
    await world.put("rows.parquet", await fixture("rows-zstd"));
    const query = {
      parameters: { Bucket: BUCKET, Key: "rows.parquet" },
      inputType: "PARQUET",
    } as const;
    const sources = Array.from({ length: 5 }, () => world.open(query));
    const pages = await Promise.allSettled(sources.map((source) => source.read(0, 1)));
    // Threads of tests before may still be ending.
    const refused = pages.flatMap((page) => (page.status === "rejected" ? [page.reason] : []));
    expect(refused.length).toBeGreaterThanOrEqual(1);
    for (const reason of refused) expect(reason).toBeInstanceOf(StoreUnavailable);
    const waiting = sources.find((_source, index) => pages[index]?.status === "rejected");
    for (const source of sources) if (source !== waiting) source.close();
    await expect.poll(() => waiting?.read(0, 1).catch(() => undefined)).toBeDefined();
    waiting?.close();
  });

  it("name the object as their source", async () => {
    await world.put("rows.parquet", await fixture("rows-gzip"));
    const [item] = await world.items({
      parameters: { Bucket: BUCKET, Key: "rows.parquet" },
      inputType: "PARQUET",
      maxItems: 1,
    });
    expect(item).toEqual({
      value: { n: 0, t: "text 0" },
      key: undefined,
      source: `s3://${BUCKET}/rows.parquet`,
    });
  });
});

describe("broken Parquet files", () => {
  /** What reading it fails with, without the name of the object. */
  const fault = async (content: Uint8Array): Promise<string> => {
    const error: unknown = await read(content).then(
      () => new Error("it was read"),
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: "ItemsUnreadable" });
    return (error as Error).message.replace(`s3://${BUCKET}/rows.parquet: `, "");
  };

  it("are refused with what is wrong", async () => {
    const whole = await fixture("rows-snappy");
    expect(await fault(Buffer.alloc(0))).toMatch("it is no Parquet file: it is too short");
    expect(await fault(Buffer.from("n,t\n1,text and more\n"))).toMatch("it does not end with PAR1");
    expect(await fault(whole.subarray(0, whole.length - 20))).toMatch("it does not end with PAR1");
    expect(await fault(Buffer.concat([whole.subarray(0, 4), whole.subarray(-1200)]))).toMatch(
      /not a valid Parquet/,
    );
    expect(await fault(await fixture("brotli"))).toMatch(
      "parquet unsupported compression codec: BROTLI",
    );
  });

  it("are refused when the footer is too big or beyond the file", async () => {
    const tail = (length: number): Buffer => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32LE(length);
      bytes.write("PAR1", 4);
      return Buffer.concat([Buffer.from("PAR1"), bytes]);
    };
    expect(await fault(tail(5 * 1024 * 1024 + 1))).toMatch(
      "its footer is larger than 5242880 bytes (5 MB)",
    );
    expect(await fault(tail(1000))).toMatch("it is not a valid Parquet file");
  });

  it("are refused when a row group has too many values", async () => {
    const bytes = Uint8Array.from(await fixture("rows-gzip"));
    const file = {
      byteLength: bytes.length,
      slice: (start: number, end?: number) => bytes.slice(start, end).buffer,
    };
    await expect(parquetRows(file, 1999).next()).rejects.toThrow(
      "row group 0 has more than 1999 values",
    );
    expect((await parquetRows(file, 2000).next()).value).toEqual({ n: 0, t: "text 0" });
  });

  it("are refused when a page says that it has more values than its row group", async () => {
    expect(await read(writeParquet({ values: 1 }))).toEqual(['{"n":1}']);
    expect(await fault(writeParquet({ values: 2 ** 27 }))).toMatch(
      "its pages have more values than its row groups",
    );
  });

  it("are refused when a column says that it is bigger than a row group may be", async () => {
    expect(await fault(writeParquet({ values: 1, columnBytes: 2 ** 33 }))).toMatch(
      "row group 0 is larger than 268435456 bytes (256 MB)",
    );
  });

  it("are refused when decimals have more digits than there is room for", async () => {
    expect(await read(writeParquet({ values: 1, scale: 3 }))).toEqual(['{"n":0.001}']);
    expect(await fault(writeParquet({ values: 1, scale: 100_000_000 }))).toBe(
      "the decimals of n have a scale of 100000000",
    );
  });

  it("fail alone, wherever a byte is wrong", async () => {
    const whole = await fixture("types");
    // Some are still readable; none ends the process or hangs.
    for (let at = 4; at < whole.length; at += 500) {
      const broken = Buffer.from(whole);
      broken[at] = broken[at]! ^ 0xff;
      await read(broken).catch((error: unknown) => {
        expect(error).toMatchObject({ name: "ItemsUnreadable" });
      });
    }
  }, 60_000);
});
