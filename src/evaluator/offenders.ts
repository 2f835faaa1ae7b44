/** Who had expressions that had to be stopped, lately. */

/** So many within this time, in milliseconds, make an offender. */
const STRIKES = 3;
const PERIOD = 60_000;

/** Owners that are remembered. */
const MAX_OWNERS = 1000;

export class Offenders {
  readonly #now: () => number;
  /** When expressions had to be stopped, by owner; the latest owner last. */
  readonly #times = new Map<string, readonly number[]>();

  /** `now` gives milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  note(owner: string | undefined): void {
    if (owner === undefined) return;
    const times = [...this.#recent(owner), this.#now()].slice(-STRIKES);
    this.#times.delete(owner);
    this.#times.set(owner, times);
    if (this.#times.size > MAX_OWNERS) {
      const [oldest] = this.#times.keys();
      this.#times.delete(oldest!);
    }
  }

  isOne(owner: string | undefined): boolean {
    return owner !== undefined && this.#recent(owner).length >= STRIKES;
  }

  #recent(owner: string): readonly number[] {
    const since = this.#now() - PERIOD;
    return (this.#times.get(owner) ?? []).filter((time) => time > since);
  }
}
