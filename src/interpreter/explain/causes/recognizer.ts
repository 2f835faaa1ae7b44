import type { Explanation } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";

/** Knows one cause of failures; undefined: it is another one. */
export type Recognizer = (site: FailureSite) => Explanation | undefined;

/** `the Task state 'Pay'`, or `the execution`. */
export function whereText({ state, visit }: FailureSite): string {
  if (visit === undefined) return "the execution";
  return `the ${state?.type ?? visit.type} state '${visit.name}'`;
}

/** `Task state 'Pay'` at the beginning of a sentence. */
export function Where(site: FailureSite): string {
  const text = whereText(site).replace(/^the /u, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
