/** Finds names that somebody may have meant. */

/** At most `count` of `names` within `maxDistance` edits of `wanted`, the nearest first. */
export function nearest(
  wanted: string,
  names: readonly string[],
  { maxDistance, count }: { readonly maxDistance: number; readonly count: number },
): string[] {
  return names
    .map((name) => ({ name, distance: distance(wanted, name) }))
    .filter((candidate) => candidate.distance <= maxDistance)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Longer words are not compared: a bound for work and memory. */
const MAX_LENGTH = 100;

/** How many letters must be put in, left out or replaced to make one word of the other. */
function distance(a: string, b: string): number {
  if (a.length > MAX_LENGTH || b.length > MAX_LENGTH) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
