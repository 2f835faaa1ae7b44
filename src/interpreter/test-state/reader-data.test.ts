import { expect, it } from "vitest";
import type { ItemReader } from "../../asl/definition.ts";
import { readReaderData } from "./reader-data.ts";

const reader = (changes: Partial<ItemReader>): ItemReader => ({
  resource: "arn:aws:states:::s3:getObject",
  parameters: undefined,
  inputType: undefined,
  csvHeaderLocation: undefined,
  csvHeaders: undefined,
  csvDelimiter: undefined,
  itemsPointer: undefined,
  manifestType: undefined,
  transformation: undefined,
  maxItems: undefined,
  ...changes,
});

it("reads a JSON array", () => {
  expect(readReaderData("[1, 2]", reader({}))).toEqual({ items: [1, 2], pointed: false });
});

it("takes the members of an object for items", () => {
  expect(readReaderData('{"a": 1}', reader({ inputType: "JSON" }))).toEqual({
    items: [{ Key: "a", Value: 1 }],
    pointed: false,
  });
});

it("follows a pointer", () => {
  const data = '{"a/b": [0, {"~": [7]}]}';
  expect(readReaderData(data, reader({ itemsPointer: "/a~1b/1/~0" }))).toEqual({
    items: [7],
    pointed: true,
  });
  for (const itemsPointer of ["/x", "/a~1b/9", "/a~1b/01", "/a~1b/0", "/__proto__"]) {
    expect(readReaderData(data, reader({ itemsPointer }))).toHaveProperty("problem");
  }
});

it("reads lines of JSON", () => {
  expect(readReaderData('{"a":1}\r\n\n2', reader({ inputType: "JSONL" }))).toEqual({
    items: [{ a: 1 }, 2],
    pointed: false,
  });
  expect(readReaderData("1\n{", reader({ inputType: "JSONL" }))).toEqual({
    problem: expect.stringContaining("line 2 is not JSON"),
  });
});

it("says what is wrong with the data", () => {
  expect(readReaderData("[", reader({}))).toHaveProperty("problem");
  expect(readReaderData("1", reader({}))).toHaveProperty("problem");
});

it("knows nothing about other formats", () => {
  expect(readReaderData("a,b", reader({ inputType: "CSV" }))).toBeUndefined();
});
