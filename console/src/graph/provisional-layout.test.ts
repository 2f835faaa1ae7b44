import { createRequire } from "node:module";
import type { ELK } from "elkjs/lib/elk-api.js";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/json.ts";
import { layoutGraph } from "./graph-layout.ts";
import { provisionalLayout } from "./provisional-layout.ts";
import { readGraph } from "./read-graph.ts";

const Elk = createRequire(import.meta.url)("elkjs/lib/elk.bundled.js") as new () => ELK;

const machine = (states: JsonObject) => ({ StartAt: "A", States: states });
const branch = (states: JsonObject) => ({ StartAt: "I", States: states });
const I = { I: { Type: "Pass", End: true } };

it("leaves what was there, and puts what is new below what leads to it", async () => {
  const before = await layoutGraph(
    readGraph(machine({ A: { Type: "Pass", Next: "B" }, B: { Type: "Succeed" } })),
    new Elk(),
  );
  const after = readGraph(
    machine({
      A: { Type: "Pass", Next: "New" },
      New: { Type: "Parallel", Branches: [branch(I)], Next: "B" },
      B: { Type: "Succeed" },
    }),
  );
  const { graph, nodes, edges } = provisionalLayout(after, before);
  const at = (id: string) => nodes.find(({ node }) => node.id === id)!;
  expect(graph).toBe(after);
  expect(at("/States/B")).toMatchObject({ y: before.nodes.at(-2)!.y });
  expect(at("/States/New").y).toBeGreaterThan(at("/States/A").y);
  expect(at("/States/New/Branches[0]/States/I").parent).toBe("/States/New");
  expect(edges).toHaveLength(4);
  expect(edges.every(({ points }) => points.length >= 2)).toBe(true);
  expect(nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
});
