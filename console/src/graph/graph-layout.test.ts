import { createRequire } from "node:module";
import type { ELK } from "elkjs/lib/elk-api.js";
import { expect, it } from "vitest";
import { layoutGraph } from "./graph-layout.ts";
import { readGraph } from "./read-graph.ts";

const Elk = createRequire(import.meta.url)("elkjs/lib/elk.bundled.js") as new () => ELK;

const branch = (name: string) => ({
  StartAt: name,
  States: { [name]: { Type: "Pass", End: true } },
});
const definition = {
  StartAt: "P",
  States: {
    P: { Type: "Parallel", Branches: [branch("A"), branch("B")], Next: "C" },
    C: {
      Type: "Choice",
      Choices: [{ Variable: "$.n", NumericGreaterThan: 1, Next: "P" }],
      Default: "End",
    },
    End: { Type: "Succeed" },
  },
};

it("places states below each other, and branches side by side inside of their Parallel", async () => {
  const { nodes, edges, width, height } = await layoutGraph(readGraph(definition), new Elk());
  const box = (id: string) => nodes.find(({ node }) => node.id === id)!;
  const parallel = box("/States/P");
  const [a, b] = [box("/States/P/Branches[0]/States/A"), box("/States/P/Branches[1]/States/B")];
  expect(a.parent).toBe("/States/P");
  expect(a.x + a.width).toBeLessThan(b.x);
  for (const inner of [a, b]) {
    expect(inner.x).toBeGreaterThan(parallel.x);
    expect(inner.y).toBeGreaterThan(parallel.y);
    expect(inner.x + inner.width).toBeLessThan(parallel.x + parallel.width);
    expect(inner.y + inner.height).toBeLessThan(parallel.y + parallel.height);
  }
  expect(box("/States/C").y).toBeGreaterThan(parallel.y + parallel.height);
  expect(box("#Start").y).toBeLessThan(parallel.y);
  expect(edges.every(({ points }) => points.length >= 2)).toBe(true);
  expect(edges.filter(({ label }) => label !== undefined)).toHaveLength(2);
  expect(nodes.every((one) => one.x + one.width <= width && one.y + one.height <= height)).toBe(
    true,
  );
});

it("keeps a long flow below its start", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `S${index}`);
  const states = names.map((name, index) => {
    const [next, after] = [names[index + 1], names[index + 2]];
    if (next === undefined) return [name, { Type: "Succeed" }];
    const rule = { Variable: "$.a", IsPresent: true, Next: next };
    if (index % 3 !== 0 || after === undefined) return [name, { Type: "Pass", Next: next }];
    return [name, { Type: "Choice", Choices: [rule], Default: after }];
  });
  const long = { StartAt: "S0", States: Object.fromEntries(states) };
  const { nodes, edges, width } = await layoutGraph(readGraph(long), new Elk());
  expect(width).toBeLessThan(1_800);
  // Every way ends at its state, also where parts were mirrored.
  for (const { edge, points } of edges) {
    const target = nodes.find(({ node }) => node.id === edge.target)!;
    const end = points.at(-1)!;
    expect(end.x).toBeGreaterThanOrEqual(target.x);
    expect(end.x).toBeLessThanOrEqual(target.x + target.width);
    expect(Math.abs(end.y - target.y)).toBeLessThan(1);
  }
});
