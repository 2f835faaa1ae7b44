import { expect, it } from "vitest";
import { fittingViewport } from "./fitting-viewport.ts";

const place = { width: 800, height: 600 };

it("shows a small graph as it is, in the middle", () => {
  expect(fittingViewport({ width: 200, height: 400 }, place)).toEqual({ x: 300, y: 100, zoom: 1 });
});

it("makes a large one smaller", () => {
  const { zoom } = fittingViewport({ width: 400, height: 800 }, place);
  expect(zoom).toBeCloseTo(0.72);
});

it("begins at the top of one that is too large to be read", () => {
  expect(fittingViewport({ width: 400, height: 9_000 }, place)).toEqual({
    x: 300,
    y: 12,
    zoom: 0.5,
  });
});
