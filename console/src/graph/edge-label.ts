/** How long the words at an edge are. */

/** Longer labels are shown cut. */
const MAX_LABEL = 34;
const CHARACTER = 6.6;
export const LABEL_HEIGHT = 18;

/** What is shown of a label. */
export function shownLabel(label: string): string {
  return label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label;
}

/** In pixels, of what is shown. */
export function labelWidth(label: string): number {
  return Math.min(label.length, MAX_LABEL) * CHARACTER + 10;
}
