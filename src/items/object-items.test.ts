import { expect, it } from "vitest";
import type { Bucket, BucketObject } from "../buckets/bucket.ts";
import { objectItems } from "./object-items.ts";

function bucketOf(content: Buffer): Bucket {
  const object: BucketObject = {
    size: content.length,
    version: "1",
    bytes: async function* () {
      yield content;
    },
    slice: (start, end) => Promise.resolve(content.subarray(start, end)),
    close: () => {},
  };
  const unused = (): never => {
    throw new Error("not in this test");
  };
  return { name: "b", open: () => Promise.resolve(object), list: unused, upload: unused };
}

it.each([
  ["JSON", `[${"0,".repeat(200_000)}0]`],
  ["JSONL", "0\n".repeat(200_001)],
  ["CSV", `h\n${"0\n".repeat(200_001)}`],
] as const)("makes few items at a time of %s, however small they are", async (inputType, text) => {
  const bucket = bucketOf(Buffer.from(text));
  const { signal } = new AbortController();
  const format = {
    inputType,
    csvDelimiter: undefined,
    csvHeaderLocation: undefined,
    csvHeaders: undefined,
    itemsPointer: undefined,
  };
  const lengths: number[] = [];
  for await (const batch of objectItems({ bucket, key: "k", signal }, format)) {
    lengths.push(batch.length);
  }
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(200_001);
  expect(Math.max(...lengths)).toBeLessThan(20_000);
});
