import { expect, it } from "vitest";
import { batchItems } from "./item-batches.ts";

const NO_BOUNDS = { items: undefined, bytes: undefined };

it("makes one batch without bounds", () => {
  expect(batchItems([1, 2], NO_BOUNDS, undefined)).toEqual([{ Items: [1, 2] }]);
});

it("makes no batch of nothing", () => {
  expect(batchItems([], NO_BOUNDS, { a: 1 })).toEqual([]);
});

it("bounds the number of items and hands the batch input to each", () => {
  expect(batchItems([1, 2, 3], { items: 2, bytes: 0 }, { a: 1 })).toEqual([
    { BatchInput: { a: 1 }, Items: [1, 2] },
    { BatchInput: { a: 1 }, Items: [3] },
  ]);
});

it("bounds the bytes, but puts one item into a batch at least", () => {
  const items = ["1234567890", "ab", "cd", "ef"];
  expect(batchItems(items, { items: undefined, bytes: 22 }, undefined)).toEqual([
    { Items: ["1234567890"] },
    { Items: ["ab", "cd"] },
    { Items: ["ef"] },
  ]);
});
