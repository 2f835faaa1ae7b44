/** The lines of the graph, along the way that the layout found. */
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import type { RouteEdge } from "./flow-elements.ts";
import { shownLabel } from "./edge-label.ts";
import type { Point } from "./placed-graph.ts";

/** Radius of the corners, in pixels. */
const CORNER = 6;

export function RouteLine({ id, data }: EdgeProps<RouteEdge>) {
  if (data === undefined) return null;
  const { placed, isPale } = data;
  const { edge, points, label } = placed;
  const pale = isPale ? " is-pale" : "";
  return (
    <>
      <BaseEdge
        id={id}
        path={roundedPath(points)}
        className={`route route-${edge.kind.toLowerCase()}${pale}`}
        markerEnd={`url(#arrow${isPale ? "-pale" : ""})`}
      />
      {label === undefined ? null : (
        <EdgeLabelRenderer>
          <div
            className={`route-label route-label-${edge.kind.toLowerCase()}${pale}`}
            title={edge.label}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            {shownLabel(edge.label)}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

/** An SVG path through the points with rounded corners. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${first.x},${first.y}`;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) {
      path += `L${point.x},${point.y}`;
      continue;
    }
    const before = towards(point, points[index]!);
    const after = towards(point, next);
    path += `L${before.x},${before.y}Q${point.x},${point.y} ${after.x},${after.y}`;
  }
  return path;
}

/** A little way from one point to another, at most half of it. */
function towards(from: Point, to: Point): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const part = Math.min(CORNER, length / 2) / length;
  return { x: from.x + dx * part, y: from.y + dy * part };
}
