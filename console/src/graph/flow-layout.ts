/** Lays out the states of one machine, block by block. */
import type { ELK } from "elkjs/lib/elk-api.js";
import { layoutBlock, type BlockLayout } from "./block-layout.ts";
import { flowBlocks, type FlowBlock } from "./flow-blocks.ts";
import type { GraphNode, MachineGraph } from "./graph-model.ts";
import type { Size } from "./node-size.ts";
import {
  mirrored,
  moveBy,
  type GraphLayout,
  type PlacedEdge,
  type PlacedNode,
} from "./placed-graph.ts";

/** Between the flow and what is not connected with it. */
const LOOSE_GAP = 48;

/** `sizeOf`: of a container, with what is in it. Its upper left corner is 0, 0. */
export async function layoutFlow(
  { nodes, edges }: MachineGraph,
  sizeOf: (node: GraphNode) => Size,
  elk: ELK,
): Promise<GraphLayout> {
  const { spine, loose } = flowBlocks(nodes, edges);
  const layouts = await Promise.all(
    spine.map((block, index) => {
      const isPinned = { first: true, last: index < spine.length - 1 || isEnd(block) };
      return layoutBlock(block, sizeOf, isPinned, elk);
    }),
  );
  const main = stacked(spine, layouts, sizeOf);
  if (loose.nodes.length === 0) return main;
  const beside = await layoutBlock(loose, sizeOf, { first: false, last: false }, elk);
  const other = moveBy(placedBlock(loose, beside, sizeOf), main.width + LOOSE_GAP, 0);
  return {
    nodes: [...main.nodes, ...other.nodes],
    edges: [...main.edges, ...other.edges],
    width: main.width + LOOSE_GAP + other.width,
    height: Math.max(main.height, other.height),
  };
}

function isEnd({ nodes }: FlowBlock): boolean {
  return nodes.at(-1)?.kind === "End";
}

/** Blocks that lead further to one side than this, in pixels, are mirrored: all would be a staircase. */
const MAX_DRIFT = 500;

/** The first node of each block comes to lie on the last one of the block before. */
function stacked(
  blocks: readonly FlowBlock[],
  layouts: readonly BlockLayout[],
  sizeOf: (node: GraphNode) => Size,
): GraphLayout {
  const nodes: PlacedNode[] = [];
  const edges: PlacedEdge[] = [];
  let last: PlacedNode | undefined;
  let drifted = 0;
  for (const [index, block] of blocks.entries()) {
    const drawn = placedBlock(block, layouts[index]!, sizeOf);
    const drift = middleOf(drawn.nodes.at(-1)) - middleOf(drawn.nodes[0]);
    const isTooFar = Math.abs(drifted + drift) > MAX_DRIFT && drifted * drift > 0;
    const placed = isTooFar ? mirrored(drawn) : drawn;
    drifted += isTooFar ? -drift : drift;
    const [first] = placed.nodes;
    const dx = last === undefined ? 0 : last.x - first!.x;
    const dy = last === undefined ? 0 : last.y - first!.y;
    const moved = moveBy(placed, dx, dy);
    nodes.push(...(last === undefined ? moved.nodes : moved.nodes.slice(1)));
    edges.push(...moved.edges);
    last = moved.nodes.at(-1);
  }
  return atOrigin(nodes, edges);
}

function middleOf(placed: PlacedNode | undefined): number {
  return placed === undefined ? 0 : placed.x + placed.width / 2;
}

function placedBlock(
  { nodes, edges }: FlowBlock,
  { corners, edges: ways }: BlockLayout,
  sizeOf: (node: GraphNode) => Size,
): GraphLayout {
  return atOrigin(
    nodes.map((node, index) => ({ node, parent: undefined, ...corners[index]!, ...sizeOf(node) })),
    edges.map((edge, index) => ({ edge, ...ways[index]! })),
  );
}

/** Moves everything so that it begins at 0, 0, and measures it. */
function atOrigin(nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]): GraphLayout {
  const points = [
    ...nodes.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
    ...edges.flatMap(({ points: way }) => way),
  ];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  if (points.length === 0) return { nodes, edges, width: 0, height: 0 };
  const layout = { nodes, edges, width: right - left, height: bottom - top };
  return moveBy(layout, -left, -top);
}
