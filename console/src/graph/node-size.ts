/** How big a node is drawn, in pixels. */
import type { GraphNode } from "./graph-model.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

const HEIGHT = 54;
const MIN_WIDTH = 168;
const MAX_WIDTH = 300;
const MARKER: Size = { width: 64, height: 30 };
const PLACE: Size = { width: 156, height: 44 };
/** Icon, status and padding. */
const BESIDE_TEXT = 92;
/** Of the bold name; the caption is smaller. */
const CHARACTER = 7.6;
const CAPTION_CHARACTER = 6.4;

/** Around what is in a container; its title stands at the top. */
const CONTAINER_SIDE = 18;
const CONTAINER_TOP = 58;
export const CONTAINER_BOTTOM = 18;

export function nodeSize({ kind, name, caption }: GraphNode): Size {
  if (kind === "Place") return PLACE;
  if (kind !== "State") return MARKER;
  const text = Math.max(name.length * CHARACTER, caption.length * CAPTION_CHARACTER);
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, text + BESIDE_TEXT));
  return { width: Math.round(width), height: HEIGHT };
}

export function containerSize(node: GraphNode, inside: Size): Size {
  return {
    width: Math.max(nodeSize(node).width, inside.width + 2 * CONTAINER_SIDE),
    height: inside.height + CONTAINER_TOP + CONTAINER_BOTTOM,
  };
}
