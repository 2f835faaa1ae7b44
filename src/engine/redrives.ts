/** What is remembered of an execution's redrives, in its record's details. */

export interface Redrives {
  /** How often it was redriven. */
  readonly count: number;
  /** When it was redriven last (epoch ms). */
  readonly at: number;
  /** The newest client tokens with the dates that their redrives have, oldest first. */
  readonly requests: readonly (readonly [clientToken: string, at: number])[];
}

/** AWS: the last ten client tokens are remembered (API reference, RedriveExecution). */
const REMEMBERED_TOKENS = 10;
/** AWS: for 15 minutes. */
const TOKEN_LIFETIME_MS = 15 * 60 * 1_000;

/** The date of the redrive that the token asked for already; undefined: it is a new one. */
export function redrivenBy(
  redrives: Redrives | undefined,
  clientToken: string | undefined,
  now: number,
): number | undefined {
  if (clientToken === undefined) return undefined;
  const known = redrives?.requests.findLast(([token]) => token === clientToken);
  return known === undefined || now - known[1] >= TOKEN_LIFETIME_MS ? undefined : known[1];
}

/** After one more redrive at `at` (epoch ms). */
export function withRedrive(
  redrives: Redrives | undefined,
  clientToken: string | undefined,
  at: number,
): Redrives {
  const alive = (redrives?.requests ?? []).filter(([, date]) => at - date < TOKEN_LIFETIME_MS);
  const requests = clientToken === undefined ? alive : [...alive, [clientToken, at] as const];
  return { count: (redrives?.count ?? 0) + 1, at, requests: requests.slice(-REMEMBERED_TOKENS) };
}
