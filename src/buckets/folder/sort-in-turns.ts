/** Sorts long lists without holding up everybody else. */
import { setImmediate as immediate } from "node:timers/promises";

/** Texts that are sorted at once; longer lists are merged of such runs. */
const RUN_LENGTH = 1_000;
/** Comparisons between two looks at the time. */
const STEPS = 1_000;
/** Milliseconds until others have their turn. */
const TURN_MS = 10;

/** The texts in the order of their UTF-8 bytes. */
export async function sortInTurns(texts: readonly string[]): Promise<string[]> {
  const compare = texts.some((text) => HIGH_UNIT.test(text)) ? compareUtf8 : compareUnits;
  let turnBegan = performance.now();
  const breathe = async (): Promise<void> => {
    if (performance.now() - turnBegan < TURN_MS) return;
    await immediate();
    turnBegan = performance.now();
  };
  let runs: string[][] = [];
  for (let start = 0; start < texts.length; start += RUN_LENGTH) {
    runs.push(texts.slice(start, start + RUN_LENGTH).toSorted(compare));
    await breathe();
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const [left = [], right = []] = runs.slice(index, index + 2);
      merged.push(await merge(left, right, compare, breathe));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(
  left: readonly string[],
  right: readonly string[],
  compare: (a: string, b: string) => number,
  breathe: () => Promise<void>,
): Promise<string[]> {
  const merged: string[] = [];
  let next = 0;
  for (const text of left) {
    while (next < right.length && compare(right[next]!, text) < 0) {
      merged.push(right[next]!);
      next += 1;
      if (merged.length % STEPS === 0) await breathe();
    }
    merged.push(text);
    if (merged.length % STEPS === 0) await breathe();
  }
  for (; next < right.length; next += 1) merged.push(right[next]!);
  return merged;
}

/** Surrogates and what is above them: the only units whose order is not that of the bytes. */
const HIGH_UNIT = /[\ud800-\uffff]/;

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order of UTF-8 bytes, which is that of code points. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    // Surrogates stand for code points above all other units.
    return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
