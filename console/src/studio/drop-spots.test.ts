import { createRequire } from "node:module";
import type { ELK } from "elkjs/lib/elk-api.js";
import { expect, it } from "vitest";
import { layoutGraph } from "../graph/graph-layout.ts";
import { readEditGraph } from "../workflow/edit-graph.ts";
import { dropSpots, nearestSpot } from "./drop-spots.ts";

const Elk = createRequire(import.meta.url)("elkjs/lib/elk.bundled.js") as new () => ELK;

const branch = { StartAt: "B", States: { B: { Type: "Pass", End: true } } };
const DEFINITION = {
  StartAt: "P",
  States: {
    P: { Type: "Parallel", Branches: [branch, { States: {} }], Next: "C" },
    C: { Type: "Choice", Choices: [{ Next: "S" }] },
    S: { Type: "Succeed" },
  },
};

it("there is one spot for every place of the flow", async () => {
  const graph = readEditGraph(DEFINITION);
  const spots = dropSpots(await layoutGraph(graph.graph, new Elk()), graph);
  expect(spots.map(({ place }) => place.path.join("/")).toSorted()).toEqual([
    "StartAt",
    "States/C/Choices/0/Next",
    "States/C/Default",
    "States/P/Branches/0/StartAt",
    "States/P/Branches/0/States/B/Next",
    "States/P/Branches/1/StartAt",
    "States/P/Next",
  ]);
  expect(new Set(spots.map(({ x, y }) => `${x} ${y}`)).size).toBe(spots.length);
});

it("the nearest one is taken, within reach", () => {
  const spots = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ];
  expect(nearestSpot(spots, { x: 60, y: 10 }, 90)).toBe(spots[1]);
  expect(nearestSpot(spots, { x: 0, y: 200 }, 90)).toBeUndefined();
});
