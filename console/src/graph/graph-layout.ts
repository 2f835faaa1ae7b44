/** Where everything in a graph is drawn. */
import type { ELK, ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api.js";
import { CONTAINER_BOTTOM, containerSize, nodeSize, type Size } from "./node-size.ts";
import type { GraphEdge, GraphNode, MachineGraph } from "./graph-model.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** In pixels; `x` and `y` are those of the whole graph. */
export interface PlacedNode extends Point, Size {
  readonly node: GraphNode;
  /** Id of the Parallel or Map it is in. */
  readonly parent: string | undefined;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** From the source to the target. */
  readonly points: readonly Point[];
  /** The middle of the label. */
  readonly label: Point | undefined;
}

export interface GraphLayout extends Size {
  /** Containers before what is in them. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Between the branches of a Parallel. */
const BRANCH_GAP = 28;
/** Longer labels are shown cut. */
export const MAX_LABEL = 34;
const LABEL_CHARACTER = 6.6;
const LABEL_HEIGHT = 18;

const OPTIONS: Readonly<Record<string, string>> = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.spacing.nodeNodeBetweenLayers": "32",
  "elk.spacing.nodeNode": "36",
  "elk.spacing.edgeNode": "20",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeLabel": "4",
  // Against the order of the nodes go only the edges that close a loop.
  "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.edgeLabels.sideSelection": "SMART_DOWN",
};

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
  const result = await elk.layout(elkGraph(machine, sizeOf));
  const nodes: PlacedNode[] = [];
  const edges: PlacedEdge[] = [];
  const byId = new Map(machine.nodes.map((node) => [node.id, node]));
  for (const { id, x = 0, y = 0, width = 0, height = 0 } of result.children ?? []) {
    nodes.push({ node: byId.get(id)!, parent: undefined, x, y, width, height });
    const inside = insides.get(id);
    if (inside === undefined) continue;
    const left = x + (width - inside.width) / 2;
    const top = y + (height - inside.height) - CONTAINER_BOTTOM;
    const moved = moveBy(inside, left, top);
    nodes.push(...moved.nodes.map((one) => ({ ...one, parent: one.parent ?? id })));
    edges.push(...moved.edges);
  }
  const drawn = new Map((result.edges ?? []).map((edge) => [edge.id, edge]));
  for (const edge of machine.edges) edges.push(placedEdge(edge, drawn.get(edge.id)));
  return { nodes, edges, width: result.width ?? 0, height: result.height ?? 0 };
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

function elkGraph(
  { pointer, nodes, edges }: MachineGraph,
  sizeOf: (node: GraphNode) => Size,
): ElkNode {
  const padding = pointer === "" ? 12 : 0;
  return {
    id: `root${pointer}`,
    layoutOptions: {
      ...OPTIONS,
      "elk.padding": `[top=${padding},left=${padding},bottom=${padding},right=${padding}]`,
    },
    children: nodes.map((node) => ({
      id: node.id,
      ...sizeOf(node),
      ...(node.kind === "State" ? {} : { layoutOptions: LAYER_OF[node.kind] }),
    })),
    edges: edges.map(({ id, source, target, label }) => ({
      id,
      sources: [source],
      targets: [target],
      labels: label === "" ? [] : [{ text: label, width: labelWidth(label), height: LABEL_HEIGHT }],
    })),
  };
}

const LAYER_OF = {
  Start: { "elk.layered.layering.layerConstraint": "FIRST" },
  End: { "elk.layered.layering.layerConstraint": "LAST" },
};

/** In pixels, of what is shown of a label. */
export function labelWidth(label: string): number {
  return Math.min(label.length, MAX_LABEL) * LABEL_CHARACTER + 10;
}

function placedEdge(edge: GraphEdge, drawn: ElkExtendedEdge | undefined): PlacedEdge {
  const [section] = drawn?.sections ?? [];
  const [label] = drawn?.labels ?? [];
  return {
    edge,
    points:
      section === undefined
        ? []
        : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint],
    label:
      label?.x === undefined || label.y === undefined
        ? undefined
        : { x: label.x + (label.width ?? 0) / 2, y: label.y + (label.height ?? 0) / 2 },
  };
}

function moveBy(layout: GraphLayout, dx: number, dy: number): GraphLayout {
  const move = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
  return {
    ...layout,
    nodes: layout.nodes.map((placed) => ({ ...placed, ...move(placed) })),
    edges: layout.edges.map((placed) => ({
      ...placed,
      points: placed.points.map(move),
      label: placed.label && move(placed.label),
    })),
  };
}
