import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { Json } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";
import { BUCKET, type DatasetWorld, openDatasetWorld } from "./testing/dataset-world.ts";

let world: DatasetWorld;
beforeAll(async () => {
  world = await openDatasetWorld();
});
afterAll(() => world.remove());

const URI = `s3://${BUCKET}`;
const MB = 1024 * 1024;

async function put(name: string, content: string | Uint8Array): Promise<string> {
  await world.put(name, content);
  return name;
}

describe("JSON Lines", () => {
  const read = async (content: string | Uint8Array, name = "lines"): Promise<Json[]> =>
    world.values(await put(name, content), { inputType: "JSONL" });

  test.each<[string, string, Json[]]>([
    ["lines", '{"n":1}\n{"n":2}\n', [{ n: 1 }, { n: 2 }]],
    ["a last line without a line feed", "1\n2", [1, 2]],
    ["carriage returns", '"a"\r\n"b"\r\n', ["a", "b"]],
    ["blank lines", "\n1\n \t\r\n\n2\n\n", [1, 2]],
    ["a byte order mark", "\ufeff1\n2\n", [1, 2]],
    ["any kind of value", 'null\ntrue\n[1,[]]\n"ü😀"\n', [null, true, [1, []], "ü😀"]],
    ["nothing", "", []],
  ])("has %s", async (_, content, values) => {
    expect(await read(content)).toEqual(values);
  });

  it("keeps numbers as they are written", async () => {
    const values = await read('{"a":1.0,"b":12345678901234567890,"c":1e5}\n');
    expect(values.map(stringify)).toEqual(['{"a":1.0,"b":12345678901234567890,"c":1e5}']);
  });

  it("names the line that is not JSON", async () => {
    await expect(read('{"n":1}\n\n{"n":}\n')).rejects.toMatchObject({
      name: "ItemsUnreadable",
      message: expect.stringMatching(
        /^s3:\/\/datasets\/lines: line 3, column 7 is not valid JSON: Unexpected character/,
      ),
    });
  });

  it("names the line that is not UTF-8", async () => {
    const content = Buffer.concat([Buffer.from("1\n2\n"), Buffer.from([0x22, 0xff, 0x22, 0x0a])]);
    await expect(read(content)).rejects.toThrow(`${URI}/lines: line 3 is not UTF-8`);
  });

  it("refuses an item of so many values that it would hold up the server", async () => {
    await expect(read(`1\n[${"0,".repeat(150_000)}0]\n`)).rejects.toThrow(
      "line 2 has more than 150000 values",
    );
    expect(await read(`[${"0,".repeat(149_998)}0]\n`)).toHaveLength(1);
  });

  it("refuses an item of more than 8 MB, with and without an end", async () => {
    const text = `"${"x".repeat(8 * MB)}"`;
    await expect(read(`1\n${text}\n`)).rejects.toThrow("line 2 is larger than 8388608 bytes");
    await expect(read(`1\n${text.repeat(3)}`)).rejects.toThrow("line 2 is larger than");
    expect(await read(`${text.slice(0, -3)}"\n`)).toHaveLength(1);
  });
});

describe("CSV", () => {
  const read = async (
    content: string | Uint8Array,
    options: Parameters<DatasetWorld["values"]>[1] = {},
  ): Promise<Json[]> => world.values(await put("rows", content), { inputType: "CSV", ...options });

  // Recorded from AWS.
  const recorded =
    "Value1,Value2,Value3\nValue4,Value5,Value6\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   \n";

  it("takes the headers from the first row", async () => {
    const values = await read(`Col1,Col2,Col3\n${recorded}`, { csvHeaderLocation: "FIRST_ROW" });
    expect(stringify(values)).toBe(
      '[{"Col1":"Value1","Col2":"Value2","Col3":"Value3"},' +
        '{"Col1":"Value4","Col2":"Value5","Col3":"Value6"},{"Col1":"","Col2":"","Col3":""},' +
        '{"Col1":"true","Col2":"1","Col3":"\'HelloWorld\'"},{"Col1":"Null","Col2":"None","Col3":""},' +
        '{"Col1":"   ","Col2":"","Col3":""}]',
    );
  });

  it("takes given headers", async () => {
    const given = { csvHeaderLocation: "GIVEN", csvHeaders: ["H1", "H2", "H3"] } as const;
    const values = await read(recorded, given);
    expect(values[0]).toEqual({ H1: "Value1", H2: "Value2", H3: "Value3" });
    expect(values).toHaveLength(6);
  });

  it("orders members as AWS does", async () => {
    const typed = await read("0,True,{}\nValue4,Value5,Value6\n");
    expect(stringify(typed)).toBe('[{"0":"Value4","{}":"Value6","True":"Value5"}]');
    const piped = await read('id|text|blank\r\n1|"one|pipe"|\r\n', { csvDelimiter: "PIPE" });
    expect(stringify(piped)).toBe('[{"blank":"","id":"1","text":"one|pipe"}]');
  });

  test.each<[string, string, string[][]]>([
    [
      "quoted delimiters and line breaks",
      '"a,b","c\nd"\r\n"e\r\nf",g\n',
      [
        ["a,b", "c\nd"],
        ["e\r\nf", "g"],
      ],
    ],
    ["doubled quotes", '"two ""quoted""",x\n', [['two "quoted"', "x"]]],
    ["doubled quotes in an unquoted field", '{""k"":""v""},x\n', [['{"k":"v"}', "x"]]],
    ["empty quoted fields", '"",""\n', [["", ""]]],
    ["a lone quote in a field", '3" pipe,x\n', [['3" pipe', "x"]]],
    ["text behind a closing quote", '"a"b,x\n', [["ab", "x"]]],
    ["escaped backslashes", "C:\\\\Program Files\\\\App,x\n", [["C:\\Program Files\\App", "x"]]],
    ["escaped delimiters and quotes", 'a\\,b,\\"x\\"\n', [["a,b", '"x"']]],
    ["a backslash before anything else", "a\\bc,x\\\n", [["abc", "x"]]],
    [
      "short and long rows",
      "a\nb,c,d\n",
      [
        ["a", ""],
        ["b", "c"],
      ],
    ],
    [
      "empty lines",
      "\na,b\n\r\n\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["a quoted field at the end", 'a,"b\n"', [["a", "b\n"]]],
  ])("has %s", async (_, content, rows) => {
    const given = { csvHeaderLocation: "GIVEN", csvHeaders: ["x", "y"] } as const;
    const values = (await read(content, given)) as { x: string; y: string }[];
    expect(values.map(({ x, y }) => [x, y])).toEqual(rows);
  });

  test.each([
    ["COMMA", ","],
    ["PIPE", "|"],
    ["SEMICOLON", ";"],
    ["SPACE", " "],
    ["TAB", "\t"],
  ] as const)("has the delimiter %s", async (csvDelimiter, delimiter) => {
    expect(await read(`a${delimiter}b\n1${delimiter}2\n`, { csvDelimiter })).toEqual([
      { a: "1", b: "2" },
    ]);
  });

  it("leaves out a byte order mark", async () => {
    expect(await read("\ufeffa,b\n1,2\n")).toEqual([{ a: "1", b: "2" }]);
  });

  it("takes hostile headers for data", async () => {
    const [item] = await read("__proto__,constructor\nx,y\n");
    expect(stringify(item!)).toBe('{"__proto__":"x","constructor":"y"}');
  });

  it("refuses duplicate headers in AWS's words", async () => {
    const cause = "CSV headers cannot contain duplicates.";
    const given = { csvHeaderLocation: "GIVEN", csvHeaders: ["a", "a"] } as const;
    await expect(read("1,2\n", given)).rejects.toMatchObject({
      name: "ItemsUnreadable",
      message: cause,
    });
    await expect(read("a,b,a\n1,2\n")).rejects.toMatchObject({ message: cause });
  });

  it("refuses headers of more than 10 KB", async () => {
    const header = (length: number): string => `${"x".repeat(length - 1)},y\n`;
    await expect(read(header(10 * 1024 + 1))).rejects.toThrow(
      "the CSV headers are larger than 10240",
    );
    expect(await read(header(10 * 1024))).toEqual([]);
  });

  it("names the line of a quoted field without an end", async () => {
    await expect(read('a,b\n1,2\n3,"4\n5,6\n')).rejects.toThrow(
      `${URI}/rows: line 3 begins a quoted field that has no end`,
    );
  });

  it("does not fill the memory with short rows below many headers", async () => {
    const headers = Array.from({ length: 3000 }, (_, index) => index.toString(36)).join();
    const file = await put("rows", `${headers}\n${"x\n".repeat(200_000)}`);
    const source = world.open({ parameters: { Bucket: BUCKET, Key: file }, inputType: "CSV" });
    const { items } = await source.read(0, 1_000_000);
    source.close();
    expect(items.length).toBeLessThan((4 * MB) / 3000);
    expect(items.length).toBeGreaterThan(50);
  });

  it("refuses a row of more than 8 MB", async () => {
    await expect(read(`a,b\n1,"${"x\n".repeat(4 * MB + 10)}"\n`)).rejects.toThrow(
      "the row in line 2 is larger than 8388608 bytes",
    );
    await expect(read(`a,b\n1,"${"x\n".repeat(10 * MB)}`)).rejects.toThrow(
      "the row in line 2 is larger",
    );
  });

  it("reads long fields full of quotes and backslashes", async () => {
    const rows = `a,b\n"${'""'.repeat(MB)}",1\n"${'\\"'.repeat(MB)}x",2\n`;
    expect(await read(rows)).toEqual([
      { a: '"'.repeat(MB), b: "1" },
      { a: `${'"'.repeat(MB)}x`, b: "2" },
    ]);
  });

  it("drops the fields of a row that no header is for, and refuses too many headers", async () => {
    const commas = ",".repeat(7 * MB);
    expect(await read(`a,b\n1,2${commas}\n"3",4${commas}\n`)).toEqual([
      { a: "1", b: "2" },
      { a: "3", b: "4" },
    ]);
    await expect(read(`a${commas}\n1\n`)).rejects.toThrow("cannot contain duplicates");
  });

  it("reads a long quoted field that comes in many pieces", async () => {
    const field = "x\ny".repeat(MB);
    expect(await read(`a\n"${field}"\nz\n`)).toEqual([{ a: field }, { a: "z" }]);
  });
});

describe("JSON", () => {
  const read = async (content: string | Uint8Array, itemsPointer?: string): Promise<Json[]> =>
    world.values(await put("document", content), { inputType: "JSON", itemsPointer });

  test.each<[string, string, string | undefined, Json[]]>([
    [
      "an array",
      '[{"a":1}, "b" ,[3]\n,null,true,-1.5]',
      undefined,
      [{ a: 1 }, "b", [3], null, true, -1.5],
    ],
    ["an empty array", " [ ] ", undefined, []],
    [
      "brackets and quotes in texts",
      '["]\\"}","\\\\",{"[":"{"}]',
      undefined,
      [']"}', "\\", { "[": "{" }],
    ],
    ["a byte order mark", "\ufeff[1]", undefined, [1]],
    ["nested items", '{"x":[0],"data":{"y":"}","items":[1,2],"z":3}}', "/data/items", [1, 2]],
    ["items in an array", "[[0],[1,2]]", "/1", [1, 2]],
    ["names that need escapes", '{"a/b":{"~":[7]}}', "/a~1b/~0", [7]],
    ["names written with escapes", '{"\\u0061":[8]}', "/a", [8]],
    ["nothing in the nested object", '{"a":{}}', "/a", []],
  ])("has %s", async (_, content, pointer, values) => {
    expect(await read(content, pointer)).toEqual(values);
  });

  it("has the members of an object, in their order and with their names", async () => {
    await put("document", '{"b":{"n":1.0},"a":[2],"__proto__":3}');
    const items = await world.items({
      parameters: { Bucket: BUCKET, Key: "document" },
      inputType: "JSON",
    });
    expect(items.map(({ key, value, source }) => [key, stringify(value), source])).toEqual([
      ["b", '{"n":1.0}', `${URI}/document`],
      ["a", "[2]", `${URI}/document`],
      ["__proto__", "3", `${URI}/document`],
    ]);
  });

  test.each([
    ["[1,2", undefined, "the file is not valid JSON: it ends too early (at byte 4)"],
    ["", undefined, "the file is not valid JSON: it ends too early (at byte 0)"],
    ['["abc', undefined, "it ends too early"],
    ["[1 2]", undefined, "found 2 instead of a comma or ] (at byte 3)"],
    ["[1,]", undefined, "item 1 (at byte 3) is not valid JSON: No content to map"],
    ["[1] x", undefined, "found x instead of the end of the file (at byte 4)"],
    ["[1,nul]", undefined, "item 1 (at byte 3) is not valid JSON: Unrecognized token 'nul'"],
    ['[{"a":[1}]', undefined, "item 0 (at byte 1) is not valid JSON"],
    ["{1:2}", undefined, "found 1 instead of the name of a member (at byte 1)"],
    ['{"a" 1}', undefined, "found 1 instead of a colon (at byte 5)"],
    ['"text"', undefined, "the file is neither a JSON array nor a JSON object (at byte 0)"],
    ['{"a":1}', "/a", "what ItemsPointer /a names is neither a JSON array nor a JSON object"],
    ['{"a":1}', "/b", "ItemsPointer /b names nothing in the file"],
    ["[[1]]", "/1", "ItemsPointer /1 names nothing in the file"],
    ["[[1]]", "/x", "ItemsPointer /x names nothing in the file"],
    ["{}", "/x", "ItemsPointer /x names nothing in the file"],
    ["[1]", "a", 'ItemsPointer "a" is not a JSON Pointer; write one such as /data/items'],
    [Buffer.from([0x5b, 0x22, 0xc3, 0x22, 0x5d]), undefined, "item 0 (at byte 1) is not UTF-8"],
  ])("refuses %j", async (content, pointer, message) => {
    const reading = read(content, pointer);
    await expect(reading).rejects.toMatchObject({ name: "ItemsUnreadable" });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(`${URI}/document: `);
  });

  it("refuses an item of more than 8 MB", async () => {
    await expect(read(`[1,"${"x".repeat(8 * MB)}"]`)).rejects.toThrow(
      "item 1 (at byte 3) is larger than 8388608 bytes (8 MB)",
    );
    await expect(read(`[1,[${'"x",'.repeat(4 * MB)}`)).rejects.toThrow("is larger than");
  });

  it("refuses an item of so many values that it would hold up the server", async () => {
    const values = '"a,[b\\",c",'.repeat(149_998);
    await expect(read(`[1,[${values}0,0,0]]`)).rejects.toThrow(
      "item 1 (at byte 3) has more than 150000 values",
    );
    expect(await read(`[[${values}0]]`)).toHaveLength(1);
  });

  it("skips what is not asked for, however big and deep", async () => {
    const skipped = `"big":"${"x".repeat(20 * MB)}","deep":${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    expect(await read(`{${skipped},"items":[1]}`, "/items")).toEqual([1]);
  });

  it("refuses an item that is nested too deep", async () => {
    await expect(read(`[${"[".repeat(600)}${"]".repeat(600)}]`)).rejects.toThrow(/nesting depth/);
  });
});

describe("compressed files", () => {
  it("are decompressed by their name", async () => {
    const content = gzipSync('{"n":1}\n{"n":2}\n');
    await put("lines.jsonl.gz", content);
    expect(await world.values("lines.jsonl.gz", { inputType: "JSONL" })).toEqual([
      { n: 1 },
      { n: 2 },
    ]);
    const two = Buffer.concat([gzipSync("1\n"), gzipSync("2\n")]);
    await put("two.gz", two);
    expect(await world.values("two.gz", { inputType: "JSONL" })).toEqual([1, 2]);
  });

  it("are refused if they are cut off or no such files", async () => {
    const content = gzipSync("1\n".repeat(1000));
    await put("cut.gz", content.subarray(0, content.length - 10));
    await put("no.gz", "1\n2\n");
    for (const key of ["cut.gz", "no.gz"]) {
      const reading = world.values(key, { inputType: "JSONL" });
      await expect(reading).rejects.toMatchObject({ name: "ItemsUnreadable" });
      await expect(reading).rejects.toThrow(`${URI}/${key}: it is not valid gzip data`);
    }
  });

  it("do not fill the memory however much they hold", async () => {
    // 200 MB of one line.
    await put("bomb.gz", gzipSync(Buffer.alloc(200 * MB, 0x20)));
    const before = process.memoryUsage().arrayBuffers;
    await expect(world.values("bomb.gz", { inputType: "JSONL" })).rejects.toThrow(
      "line 1 is larger than",
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * MB);
  });
});
