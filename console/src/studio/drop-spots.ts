/** Where on the canvas states can be put, in pixels of the graph. */
import type { GraphLayout, PlacedEdge, Point } from "../graph/placed-graph.ts";
import type { EditGraph } from "../workflow/edit-graph.ts";
import type { Reference } from "../workflow/references.ts";

export interface DropSpot extends Point {
  readonly id: string;
  readonly place: Reference;
  /** Id of the Place node that it is; undefined: it lies on a way or beside a state. */
  readonly nodeId: string | undefined;
}

/** From the end of a way with words at it. */
const BEFORE_END = 20;
/** From the state that a spot is beside. */
const BESIDE = 10;

export function dropSpots(layout: GraphLayout, { places, ends }: EditGraph): DropSpot[] {
  const boxes = new Map(layout.nodes.map((placed) => [placed.node.id, placed]));
  const onEdges = layout.edges.flatMap((placed): DropSpot[] => {
    const place = places.get(placed.edge.id);
    const point = pointOn(placed);
    if (place === undefined || point === undefined) return [];
    return [{ id: `edge ${placed.edge.id}`, ...point, place, nodeId: undefined }];
  });
  const inPlaces = layout.nodes.flatMap(({ node, x, y, width, height }): DropSpot[] => {
    const place = node.kind === "Place" ? places.get(node.id) : undefined;
    if (place === undefined) return [];
    return [
      { id: `place ${node.id}`, x: x + width / 2, y: y + height / 2, place, nodeId: node.id },
    ];
  });
  const atEnds = ends.flatMap(({ nodeId, side, place }): DropSpot[] => {
    const box = boxes.get(nodeId);
    if (box === undefined) return [];
    const y = side === "above" ? box.y - BESIDE : box.y + box.height + BESIDE;
    return [{ id: `${side} ${nodeId}`, x: box.x + box.width / 2, y, place, nodeId: undefined }];
  });
  return [...onEdges, ...inPlaces, ...atEnds];
}

/** The middle of a way; of one with a label a point near its end. */
function pointOn({ points, label }: PlacedEdge): Point | undefined {
  const lengths = points.slice(1).map((point, index) => distance(points[index]!, point));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total === 0) return undefined;
  let left = label === undefined ? total / 2 : total - Math.min(BEFORE_END, total / 2);
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [points[index]!, points[index + 1]!];
    if (left > length && index < lengths.length - 1) {
      left -= length;
      continue;
    }
    const part = length === 0 ? 0 : left / length;
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  }
  return undefined;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The nearest one, if it is not further than `reach`. */
export function nearestSpot<Spot extends Point>(
  spots: readonly Spot[],
  point: Point,
  reach: number,
): Spot | undefined {
  let best: { readonly spot: Spot; readonly far: number } | undefined;
  for (const spot of spots) {
    const far = distance(spot, point);
    if (far <= reach && (best === undefined || far < best.far)) best = { spot, far };
  }
  return best?.spot;
}
