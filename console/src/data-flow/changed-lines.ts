/** Which lines of a text are not in another one: enough to see what a stage did to its data. */

export interface ChangedLines {
  /** Numbers of lines of the later text, from 1. */
  readonly added: readonly number[];
  /** How many lines of the earlier text are gone. */
  readonly removed: number;
}

/** Lines of both texts together that are compared; the effort grows with their product. */
const MAX_CELLS = 4_000_000;

/**
 * By the longest common subsequence of lines. Indentation and commas do not count: data that moves
 * to another depth is still the same. Undefined: the texts are too long to compare.
 */
export function changedLines(before: string, after: string): ChangedLines | undefined {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  const shorter = Math.min(old.length, now.length) - start;
  while (end < shorter && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const oldPart = old.slice(start, old.length - end);
  const newPart = now.slice(start, now.length - end);
  if (oldPart.length * newPart.length > MAX_CELLS) return undefined;
  const kept = commonLines(oldPart, newPart);
  const added = newPart.flatMap((_, index) => (kept.has(index) ? [] : [start + index + 1]));
  return { added, removed: oldPart.length - kept.size };
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim().replace(/,$/u, ""));
}

/** Indexes of the lines of `now` that are in the longest common subsequence. */
function commonLines(old: readonly string[], now: readonly string[]): ReadonlySet<number> {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        old[row] === now[column]
          ? lengths[(row + 1) * width + column + 1]! + 1
          : Math.max(lengths[(row + 1) * width + column]!, lengths[row * width + column + 1]!);
    }
  }
  const kept = new Set<number>();
  for (let row = 0, column = 0; row < old.length && column < now.length;) {
    if (old[row] === now[column]) {
      kept.add(column);
      row += 1;
      column += 1;
    } else if (lengths[(row + 1) * width + column]! >= lengths[row * width + column + 1]!) row += 1;
    else column += 1;
  }
  return kept;
}
