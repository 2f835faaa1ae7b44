import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { stringify } from "../../json/stringify.ts";
import { parquetRows } from "./parquet-rows.ts";
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
