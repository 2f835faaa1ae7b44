/** Guesses what a misspelt word was meant to be. */

/**
 * The candidate that differs from `word` only in case, or in at most two inserted, deleted or
 * replaced characters; undefined if none does. Short words are not guessed, they are all alike.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const sameLetters = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (sameLetters !== undefined || word.length < 4) return sameLetters;
  const close = candidates
    .map((candidate) => ({ candidate, distance: distance(lower, candidate.toLowerCase()) }))
    .filter((guess) => guess.distance <= 2)
    .toSorted((left, right) => left.distance - right.distance);
  return close[0]?.candidate;
}

/** Levenshtein distance; words longer than any name of the language are far from all of them. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return Infinity;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 0; i < left.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j += 1) {
      const replaced = row[j]! + (left[i] === right[j] ? 0 : 1);
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}
