import type { StateVisit } from "./state-visit.ts";

/** Attempts after the first in this visit. */
export function retriesOf({ attempts, failures }: StateVisit): number {
  return Math.max(0, Math.max(attempts, failures.length) - 1);
}
