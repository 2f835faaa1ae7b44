import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../json/json.ts";
import { stringify } from "../../json/stringify.ts";
import type { DatasetItem, FileReader } from "../dataset-item.ts";
import { CsvReader } from "./csv-items.ts";
import { JsonItemsReader } from "./json-items.ts";
import { JsonLinesReader } from "./json-lines.ts";

/** What a reader gives for bytes that come in pieces of these lengths, over and over. */
function read(reader: FileReader, bytes: Uint8Array, lengths: readonly number[]): string {
  const items: DatasetItem[] = [];
  try {
    for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
      const end = start + lengths[turn % lengths.length]!;
      // A piece may be overwritten once it was taken.
      const piece = Uint8Array.from(bytes.subarray(start, end));
      items.push(...reader.push(piece));
      piece.fill(0x5d);
      start = end;
    }
    items.push(...reader.end());
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return stringify(items.map(({ item }) => [item.key ?? null, item.value]));
}

const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 });
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => stringify(value as Json));
/** Files that are well-formed, and such as nobody would write. */
const junk = fc.string({
  unit: fc.constantFrom(
    '"',
    "\\",
    ",",
    ":",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\r",
    " ",
    "a",
    "1",
    "ü",
    "😀",
    "null",
  ),
  maxLength: 60,
});

describe.each<[string, () => FileReader, fc.Arbitrary<string>]>([
  ["JSON", () => new JsonItemsReader("s3://b/k"), fc.oneof(json, junk)],
  [
    "JSON behind a pointer",
    () => new JsonItemsReader("s3://b/k", "/a/1"),
    fc.oneof(
      json.map((value) => `{"b":${value},"a":[${value},${value}],"c":${value}}`),
      junk.map((text) => `{"a":[${text}`),
    ),
  ],
  [
    "JSON Lines",
    () => new JsonLinesReader("s3://b/k"),
    fc.oneof(
      fc.array(json).map((all) => all.join("\n")),
      junk,
    ),
  ],
  ["CSV", () => new CsvReader("s3://b/k", { headers: ["a", "b"], delimiter: "COMMA" }), junk],
])("%s", (_, open, files) => {
  it("is the same in whatever pieces it comes", () => {
    fc.assert(
      fc.property(files, lengths, (file, pieces) => {
        const bytes = Buffer.from(file);
        const whole = read(open(), bytes, [Math.max(1, bytes.length)]);
        expect(read(open(), bytes, pieces)).toBe(whole);
        expect(read(open(), bytes, [1])).toBe(whole);
      }),
      { numRuns: 500 },
    );
  });
});
