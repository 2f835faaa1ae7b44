/** Where everything in a graph is drawn. */
import type { ELK } from "elkjs/lib/elk-api.js";
import { layoutFlow } from "./flow-layout.ts";
import { CONTAINER_BOTTOM, containerSize, nodeSize, type Size } from "./node-size.ts";
import type { GraphNode, MachineGraph } from "./graph-model.ts";
import { moveBy, type GraphLayout, type PlacedEdge, type PlacedNode } from "./placed-graph.ts";

/** Between the branches of a Parallel. */
const BRANCH_GAP = 28;
/** Around the whole graph. */
const PADDING = 12;

/**
 * Lays out from the inside to the outside: no transition leaves its machine, so each machine is a
 * plain graph, and a container a box of the size of what is in it.
 */
export async function layoutGraph(machine: MachineGraph, elk: ELK): Promise<GraphLayout> {
  const insides = new Map<string, GraphLayout>();
  for (const node of machine.nodes) {
    if (node.machines.length > 0) insides.set(node.id, await layoutInside(node, elk));
  }
  const sizeOf = (node: GraphNode): Size => {
    const inside = insides.get(node.id);
    return inside === undefined ? nodeSize(node) : containerSize(node, inside);
  };
  const flow = await layoutFlow(machine, sizeOf, elk);
  const padding = machine.pointer === "" ? PADDING : 0;
  const nodes: PlacedNode[] = [];
  const edges: PlacedEdge[] = [];
  for (const placed of flow.nodes) {
    const { node, x, y, width, height } = placed;
    nodes.push({ ...placed, x: x + padding, y: y + padding });
    const inside = insides.get(node.id);
    if (inside === undefined) continue;
    const left = x + padding + (width - inside.width) / 2;
    const top = y + padding + (height - inside.height) - CONTAINER_BOTTOM;
    const moved = moveBy(inside, left, top);
    nodes.push(...moved.nodes.map((one) => ({ ...one, parent: one.parent ?? node.id })));
    edges.push(...moved.edges);
  }
  edges.push(...moveBy({ ...flow, nodes: [] }, padding, padding).edges);
  const [width, height] = [flow.width + 2 * padding, flow.height + 2 * padding];
  return { graph: machine, nodes, edges, width, height };
}

/** The machines of a container side by side. */
async function layoutInside(node: GraphNode, elk: ELK): Promise<GraphLayout> {
  const nodes: PlacedNode[] = [];
  const edges: PlacedEdge[] = [];
  let width = 0;
  let height = 0;
  for (const machine of node.machines) {
    const layout = await layoutGraph(machine, elk);
    const moved = moveBy(layout, width === 0 ? 0 : width + BRANCH_GAP, 0);
    nodes.push(...moved.nodes);
    edges.push(...moved.edges);
    width = (width === 0 ? 0 : width + BRANCH_GAP) + layout.width;
    height = Math.max(height, layout.height);
  }
  return { nodes, edges, width, height };
}
