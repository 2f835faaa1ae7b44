/** The generator of java.util.Random, which AWS uses where a seed is given. */

const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/** The first number in [0, 1) of `new java.util.Random(seed).nextDouble()`. */
export function javaRandom(seed: number): number {
  const bounded = Number.isFinite(seed) ? BigInt(Math.trunc(seed)) : 0n;
  let state = (bounded ^ MULTIPLIER) & MASK;
  const next = (bits: bigint): bigint => {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    return state >> (48n - bits);
  };
  const high = next(26n);
  return Number((high << 27n) + next(27n)) / 2 ** 53;
}
