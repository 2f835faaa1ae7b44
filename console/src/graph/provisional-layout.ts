/** A rough layout after a small change, until the real one is made: what was there stays where it was. */
import type { GraphEdge, GraphNode, MachineGraph } from "./graph-model.ts";
import { nodeSize } from "./node-size.ts";
import type { GraphLayout, PlacedEdge, PlacedNode, Point } from "./placed-graph.ts";

/** Between a new state and the one that leads to it. */
const GAP = 20;

/** `last`: the layout of the graph before the change. */
export function provisionalLayout(graph: MachineGraph, last: GraphLayout): GraphLayout {
  const known = new Map(last.nodes.map((placed) => [placed.node.id, placed]));
  const ways = new Map(last.edges.map((placed) => [wayKey(placed.edge), placed]));
  const placed = new Map<string, PlacedNode>();
  const edges: PlacedEdge[] = [];
  const place = (machine: MachineGraph, parent: string | undefined): void => {
    for (const node of machine.nodes) {
      const old = known.get(node.id);
      placed.set(
        node.id,
        old === undefined ? beside(node, machine, placed, parent) : { ...old, node },
      );
      for (const inner of node.machines) place(inner, node.id);
    }
    for (const edge of machine.edges) {
      const old = ways.get(wayKey(edge));
      edges.push(old === undefined ? straight(edge, placed) : { ...old, edge });
    }
  };
  place(graph, undefined);
  const { width, height } = last;
  return { graph, nodes: [...placed.values()], edges, width, height };
}

/** A way is the same if it has the same ends and words. */
function wayKey({ source, target, kind, label }: GraphEdge): string {
  return JSON.stringify([source, target, kind, label]);
}

/** Below what leads to it, as far as that is placed, or at the top of what it is in. */
function beside(
  node: GraphNode,
  { edges }: MachineGraph,
  placed: ReadonlyMap<string, PlacedNode>,
  parent: string | undefined,
): PlacedNode {
  const size = nodeSize(node);
  const source = edges.find(({ target }) => target === node.id)?.source;
  const above = placed.get(source ?? "");
  const around = placed.get(parent ?? "");
  const at: Point =
    above === undefined
      ? { x: (around?.x ?? 0) + GAP, y: (around?.y ?? 0) + 2 * GAP }
      : { x: above.x + (above.width - size.width) / 2 + GAP, y: above.y + above.height + GAP };
  return { node, parent, ...at, ...size };
}

function straight(edge: GraphEdge, placed: ReadonlyMap<string, PlacedNode>): PlacedEdge {
  const from = placed.get(edge.source);
  const to = placed.get(edge.target);
  if (from === undefined || to === undefined) return { edge, points: [], label: undefined };
  return {
    edge,
    points: [
      { x: from.x + from.width / 2, y: from.y + from.height },
      { x: to.x + to.width / 2, y: to.y },
    ],
    label: undefined,
  };
}
