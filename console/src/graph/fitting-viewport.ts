/** Which part of a graph is shown at first. */
import type { Size } from "./node-size.ts";

/** A point of the graph is drawn at its place times `zoom` plus `x` and `y`. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Smaller, nobody can read it. */
const MIN_ZOOM = 0.5;
const MAX_ZOOM = 1;
const MARGIN = 12;

/** All of the graph if it can be read then; otherwise its beginning. */
export function fittingViewport(graph: Size, place: Size): Viewport {
  const fitting = Math.min(
    (place.width - 2 * MARGIN) / graph.width,
    (place.height - 2 * MARGIN) / graph.height,
  );
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, fitting));
  const x = (place.width - graph.width * zoom) / 2;
  const y = Math.max(MARGIN, (place.height - graph.height * zoom) / 2);
  return { x, y: graph.height * zoom < place.height / 2 ? MARGIN * 2 : y, zoom };
}
