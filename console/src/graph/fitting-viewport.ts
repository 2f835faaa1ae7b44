/** Which part of a graph is shown at first. */
import type { Point } from "./placed-graph.ts";
import type { Size } from "./node-size.ts";

/** A point of the graph is drawn at its place times `zoom` plus `x` and `y`. */
export interface Viewport extends Point {
  readonly zoom: number;
}

/** Smaller, nobody can read it. */
const MIN_ZOOM = 0.6;
const MAX_ZOOM = 1;
const MARGIN = 12;

/**
 * All of the graph if it can be read then; otherwise the part around `focus`, or its beginning.
 * `focus`: the middle of what is of interest.
 */
export function fittingViewport(graph: Size, place: Size, focus?: Point): Viewport {
  const fitting = Math.min(
    (place.width - 2 * MARGIN) / graph.width,
    (place.height - 2 * MARGIN) / graph.height,
  );
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, fitting));
  const middle = graph.width / 2;
  return {
    x: offset(graph.width * zoom, place.width, (focus?.x ?? middle) * zoom),
    y: offset(graph.height * zoom, place.height, (focus?.y ?? 0) * zoom),
    zoom,
  };
}

/** In one direction: in the middle if there is room, otherwise with `focus` in the middle. */
function offset(size: number, room: number, focus: number): number {
  if (size + 2 * MARGIN <= room) return (room - size) / 2;
  const lowest = room - size - MARGIN;
  return Math.min(MARGIN, Math.max(lowest, room / 2 - focus));
}
