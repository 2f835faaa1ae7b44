import { expect, it } from "vitest";
import { fittingViewport } from "./fitting-viewport.ts";

const place = { width: 800, height: 600 };

it("shows a small graph as it is, in the middle", () => {
  expect(fittingViewport({ width: 200, height: 400 }, place)).toEqual({ x: 300, y: 100, zoom: 1 });
});

it("makes a large one smaller", () => {
  expect(fittingViewport({ width: 400, height: 800 }, place)).toMatchObject({ y: 12, zoom: 0.72 });
});

it("begins at the top of one that is too large to be read", () => {
  const viewport = fittingViewport({ width: 500, height: 9_000 }, place);
  expect(viewport).toEqual({ x: 250, y: 12, zoom: 0.6 });
});

it("has what is of interest in the middle, unless the graph ends before", () => {
  const graph = { width: 500, height: 9_000 };
  expect(fittingViewport(graph, place, { x: 250, y: 5_000 }).y).toBe(300 - 3_000);
  expect(fittingViewport(graph, place, { x: 250, y: 9_000 }).y).toBe(600 - 5_400 - 12);
});
