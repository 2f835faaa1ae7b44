import type { Explanation } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";

/** Knows one cause of failures; undefined: it is another one. */
export type Recognizer = (site: FailureSite) => Explanation | undefined;

/** `Task state 'Pay'`, or `The execution`: the beginning of a sentence. */
export function stateTitle({ state, visit }: FailureSite): string {
  return visit === undefined
    ? "The execution"
    : `${state?.type ?? visit.type} state '${visit.name}'`;
}
