import { expect, it } from "vitest";
import { rowAfterKey, scrollTopFor, visibleRows } from "./visible-rows.ts";

it("only rows in sight are drawn, however long the list is", () => {
  expect(visibleRows(25_000, 30, 0, 300)).toEqual({ first: 0, end: 18 });
  expect(visibleRows(25_000, 30, 600_000, 300)).toEqual({ first: 19_992, end: 20_018 });
  expect(visibleRows(25_000, 30, 25_000 * 30, 300)).toEqual({ first: 24_992, end: 25_000 });
  expect(visibleRows(3, 30, 0, 300)).toEqual({ first: 0, end: 3 });
  // The list got shorter while it was scrolled far.
  expect(visibleRows(3, 30, 9_000, 300)).toEqual({ first: 3, end: 3 });
});

it("keys move through the list and stop at its ends", () => {
  expect(rowAfterKey("ArrowDown", undefined, 10, 5)).toBe(0);
  expect(rowAfterKey("ArrowDown", 3, 10, 5)).toBe(4);
  expect(rowAfterKey("ArrowUp", 0, 10, 5)).toBe(0);
  expect(rowAfterKey("PageDown", 3, 10, 5)).toBe(8);
  expect(rowAfterKey("End", 3, 10, 5)).toBe(9);
  expect(rowAfterKey("Home", 3, 10, 5)).toBe(0);
  expect(rowAfterKey("a", 3, 10, 5)).toBeUndefined();
  expect(rowAfterKey("End", undefined, 0, 5)).toBeUndefined();
});

it("a row is brought into sight with the shortest way", () => {
  expect(scrollTopFor(5, 30, 0, 300)).toBe(0);
  expect(scrollTopFor(20, 30, 0, 300)).toBe(330);
  expect(scrollTopFor(2, 30, 330, 300)).toBe(60);
});
