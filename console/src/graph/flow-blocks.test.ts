import { expect, it } from "vitest";
import { flowBlocks } from "./flow-blocks.ts";
import { flowOrder } from "./flow-order.ts";
import type { GraphEdge, GraphNode } from "./graph-model.ts";

/** `A-B B-C` */
function blocksOf(text: string, start = "A"): string[] {
  const pairs = text.split(" ").map((pair) => pair.split("-"));
  const ids = [...new Set(pairs.flat())];
  const nodes = ids.map((id) => ({ id }) as GraphNode);
  const edges = pairs.flatMap(([source = "", target], index) =>
    target === undefined ? [] : [{ id: String(index), source, target } as GraphEdge],
  );
  const { spine, loose } = flowBlocks(flowOrder(nodes, edges, start), edges);
  const names = ({ nodes: all, edges: ways }: (typeof spine)[number]): string =>
    `${all.map(({ id }) => id).join("")}:${ways.length}`;
  return [...spine.map(names), ...(loose.nodes.length === 0 ? [] : [`loose ${names(loose)}`])];
}

it.each([
  ["a line", "A-B B-C", ["AB:1", "BC:1"]],
  ["a choice", "A-B B-C B-D C-E D-E E-F", ["AB:1", "BCDE:4", "EF:1"]],
  ["two ways to the same", "A-B A-B B-C", ["AB:2", "BC:1"]],
  ["a loop", "A-B B-C C-B C-D", ["AB:1", "BC:2", "CD:1"]],
  ["a loop over all", "A-B B-C C-A", ["ABC:3"]],
  ["a state that leads to itself", "A-B B-B", ["AB:2"]],
  ["one state", "A", ["A:0"]],
  ["what leads into the flow", "A-B B-C X-C Y-X", ["AB:1", "BYXC:3"]],
  ["what leads to the end only", "A-B B-E X-E", ["AB:1", "BXE:2"]],
  ["what has nothing to do with it", "A-B X-Y", ["AB:1", "loose XY:1"]],
])("of %s are the parts between what all ways lead through", (_, text, blocks) => {
  expect(blocksOf(text)).toEqual(blocks);
});
