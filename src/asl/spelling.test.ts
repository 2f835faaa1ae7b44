import { expect, test } from "vitest";
import { nearest } from "./spelling.ts";

test.each([
  ["resultpath", "ResultPath"],
  ["ResultPah", "ResultPath"],
  ["RsultPaht", undefined],
  ["Nxt", undefined],
  ["next", "Next"],
  ["Netx", "Next"],
  ["Owner", undefined],
  ["", undefined],
])("%j was meant to be %j", (word, expected) => {
  expect(nearest(word, ["Next", "End", "ResultPath", "Retry"])).toBe(expected);
});
