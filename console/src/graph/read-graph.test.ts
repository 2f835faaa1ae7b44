import { expect, it } from "vitest";
import { allNodes, type MachineGraph } from "./graph-model.ts";
import { readGraph } from "./read-graph.ts";

const edges = ({ edges: all }: MachineGraph): string[] =>
  all.map(({ source, target, kind, label }) =>
    [source, kind === "Next" ? "->" : `-${kind}->`, target, label].join(" ").trim(),
  );

it("draws the way from start to end", () => {
  const graph = readGraph({
    StartAt: "A",
    States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Succeed" } },
  });
  expect(graph.nodes.map(({ id, type, caption }) => [id, type, caption])).toEqual([
    ["#Start", undefined, "Start"],
    ["/States/A", "Pass", "Pass state"],
    ["/States/B", "Succeed", "Succeed state"],
    ["#End", undefined, "End"],
  ]);
  expect(edges(graph)).toEqual([
    "/States/A -> /States/B",
    "/States/B -End-> #End",
    "#Start -Start-> /States/A",
  ]);
});

it("labels choices with their conditions, or with the comment that says more", () => {
  const graph = readGraph({
    StartAt: "C",
    States: {
      C: {
        Type: "Choice",
        Choices: [
          { Variable: "$.n", NumericGreaterThan: 1, Next: "X" },
          { Variable: "$.n", NumericEquals: 1, Comment: "just one", Next: "X" },
        ],
        Default: "X",
      },
      X: { Type: "Pass", End: true },
    },
  });
  expect(edges(graph).slice(0, 3)).toEqual([
    "/States/C -Choice-> /States/X $.n > 1",
    "/States/C -Choice-> /States/X just one",
    "/States/C -Default-> /States/X Default",
  ]);
});

it("draws catchers with their errors", () => {
  const graph = readGraph({
    StartAt: "T",
    States: {
      T: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Catch: [{ ErrorEquals: ["A", "B"], Next: "X" }],
        Next: "X",
      },
      X: { Type: "Fail" },
    },
  });
  expect(edges(graph)).toContain("/States/T -Catch-> /States/X Catch A, B");
});

it("puts branches and item processors into their states, without start and end", () => {
  const branch = (name: string) => ({
    StartAt: name,
    States: { [name]: { Type: "Pass", End: true } },
  });
  const graph = readGraph({
    StartAt: "P",
    States: {
      P: { Type: "Parallel", Branches: [branch("A"), branch("B")], Next: "M" },
      M: { Type: "Map", ItemProcessor: branch("I"), Next: "L" },
      L: { Type: "Map", Iterator: branch("J"), End: true },
    },
  });
  expect([...allNodes(graph)].map(({ id }) => id)).toEqual([
    "#Start",
    "/States/P",
    "/States/P/Branches[0]/States/A",
    "/States/P/Branches[1]/States/B",
    "/States/M",
    "/States/M/ItemProcessor/States/I",
    "/States/L",
    "/States/L/Iterator/States/J",
    "#End",
  ]);
});

it("orders states by the flow, whatever their order in the text", () => {
  const graph = readGraph({
    StartAt: "C",
    States: {
      Join: { Type: "Pass", Next: "C" },
      B: { Type: "Pass", Next: "Join" },
      A: { Type: "Pass", Next: "Join" },
      Alone: { Type: "Pass", Next: "Join" },
      C: { Type: "Choice", Choices: [{ Next: "A" }, { Next: "B" }] },
    },
  });
  expect(graph.nodes.map(({ name }) => name)).toEqual(["", "C", "A", "B", "Join", "Alone", ""]);
});

it.each([
  [null],
  [{}],
  [{ States: [] }],
  [{ StartAt: "Gone", States: { A: null, B: { Type: "Odd", Next: "Gone" }, C: { Choices: 1 } } }],
])("makes what it can of %j", (definition) => {
  const graph = readGraph(definition);
  const ids = new Set(graph.nodes.map(({ id }) => id));
  expect(graph.edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual(
    [],
  );
});
