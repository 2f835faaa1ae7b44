import { expect, it } from "vitest";
import type { Json } from "../../../src/json/json.ts";
import { allNodes } from "../graph/graph-model.ts";
import { readEditGraph } from "./edit-graph.ts";

function placesOf(definition: Json): string[] {
  const { graph, places } = readEditGraph(definition);
  return [...allNodes(graph)]
    .filter(({ kind }) => kind === "Place")
    .map(({ id }) => places.get(id)!.path.join("/"));
}

const branch = { StartAt: "A", States: { A: { Type: "Pass", End: true } } };

it.each([
  ["an empty definition", { States: {} }, ["StartAt"]],
  ["no definition", {}, ["StartAt"]],
  ["a start that is not there", { StartAt: "B", States: branch.States }, ["StartAt"]],
  ["a whole flow", branch, []],
  [
    "ways of a Choice",
    { StartAt: "C", States: { C: { Type: "Choice", Choices: [{}, { Next: "C" }] } } },
    ["States/C/Choices/0/Next", "States/C/Default"],
  ],
  [
    "a state that leads nowhere, or to no state",
    {
      StartAt: "A",
      States: {
        A: { Type: "Task", Catch: [{ Next: "Gone" }], Next: "B" },
        B: { Type: "Pass" },
        C: { Type: "Succeed" },
      },
    },
    ["States/A/Catch/0/Next", "States/B/Next"],
  ],
  [
    "empty branches and processors",
    {
      StartAt: "P",
      States: {
        P: { Type: "Parallel", Branches: [{ States: {} }, branch], Next: "M" },
        M: { Type: "Map", ItemProcessor: { States: {} }, End: true },
      },
    },
    ["States/P/Branches/0/StartAt", "States/M/ItemProcessor/StartAt"],
  ],
])("there are places to fill in %s", (_, definition, expected) => {
  expect(placesOf(definition as Json).toSorted()).toEqual(expected.toSorted());
});

it("every edge that can be led elsewhere knows its field", () => {
  const { graph, places } = readEditGraph({
    StartAt: "A",
    States: {
      A: { Type: "Pass", Next: "C" },
      C: { Type: "Choice", Choices: [{ Next: "E" }], Default: "S" },
      E: { Type: "Pass", End: true },
      S: { Type: "Succeed" },
    },
  });
  expect(graph.edges.map(({ id, kind }) => [kind, places.get(id)?.path.join("/")])).toEqual([
    ["Next", "States/A/Next"],
    ["Choice", "States/C/Choices/0/Next"],
    ["Default", "States/C/Default"],
    ["End", "States/E/Next"],
    ["End", undefined],
    ["Start", "StartAt"],
  ]);
});

it("the ends of inner machines are places, too", () => {
  const { ends, states } = readEditGraph({
    StartAt: "P",
    States: { P: { Type: "Parallel", Branches: [branch], End: true } },
  });
  const inside = ["States", "P", "Branches", 0];
  expect(ends.map(({ side, place }) => [side, place.path])).toEqual([
    ["above", [...inside, "StartAt"]],
    ["below", [...inside, "States", "A", "Next"]],
  ]);
  expect(states.get(ends[0]!.nodeId)).toEqual([...inside, "States", "A"]);
});
