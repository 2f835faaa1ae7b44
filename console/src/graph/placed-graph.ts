/** A graph with the place of everything in it. */
import type { GraphEdge, GraphNode, MachineGraph } from "./graph-model.ts";
import type { Size } from "./node-size.ts";

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
  /** What was laid out. */
  readonly graph?: MachineGraph;
  /** Containers before what is in them. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export function moveBy(layout: GraphLayout, dx: number, dy: number): GraphLayout {
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

/** The middle of the upper side of the first node: where somebody begins to read. */
export function beginningOf({ nodes }: GraphLayout): Point {
  const first = nodes.find(({ node }) => node.kind === "Start") ?? nodes[0];
  return first === undefined ? { x: 0, y: 0 } : { x: first.x + first.width / 2, y: first.y };
}

/** The mirror image: what is left comes to be right. */
export function mirrored(layout: GraphLayout): GraphLayout {
  const flip = ({ x, y }: Point): Point => ({ x: layout.width - x, y });
  return {
    ...layout,
    nodes: layout.nodes.map((placed) => ({
      ...placed,
      x: layout.width - placed.x - placed.width,
    })),
    edges: layout.edges.map((placed) => ({
      ...placed,
      points: placed.points.map(flip),
      label: placed.label && flip(placed.label),
    })),
  };
}
