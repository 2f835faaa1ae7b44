/** Which rows of a long list are in sight. */

/** Rows drawn above and below what is seen, so that scrolling shows no gap. */
const MARGIN = 8;

export interface RowRange {
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
}

/** Lengths in pixels. */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): RowRange {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - MARGIN);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + MARGIN);
  return { first: Math.min(first, count), end: Math.max(end, 0) };
}

/** Which row a key goes to; undefined: it is no key of lists. `page`: rows that fit in. */
export function rowAfterKey(
  key: string,
  current: number | undefined,
  count: number,
  page: number,
): number | undefined {
  if (count === 0) return undefined;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  if (step === undefined) return undefined;
  if (current === undefined) return key === "End" ? count - 1 : 0;
  return Math.min(count - 1, Math.max(0, current + step));
}

/** Where to scroll so that a row is seen; the place of now if it is. */
export function scrollTopFor(
  row: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
