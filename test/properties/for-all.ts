/** Runs a property on generated cases. `SEED=n` repeats a run, `RUNS=n` and `FULL=1` set its length. */
import * as fc from "fast-check";
import { Draw } from "./draw.ts";

const FULL = process.env["FULL"] === "1";

export const SEED = Number(process.env["SEED"] ?? 20_260_101);
/** Milliseconds a property may take. */
export const TIMEOUT = FULL ? 7_200_000 : 120_000;

/** How many cases are to be run, if by default it is so many. */
export function runs(usual: number): number {
  return Number(process.env["RUNS"] ?? (FULL ? usual * 50 : usual));
}

/** Checks a property; the report of a failure has the seed and the smallest case found. */
export function forAll(count: number, property: (draw: Draw) => void): void {
  const predicate = fc.property(fc.gen(), (generate) => property(new Draw(generate)));
  fc.assert(predicate, {
    seed: SEED,
    numRuns: count,
    // Also ends the search for a smaller case.
    interruptAfterTimeLimit: TIMEOUT / 3,
    endOnFailure: process.env["SHRINK"] === "0",
  });
}
