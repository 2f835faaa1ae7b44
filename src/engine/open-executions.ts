/** Counts the STANDARD executions that run, for the quota on them; timers and memory are not asked. */
export class OpenExecutions {
  readonly #limit: number;
  #count = 0;

  /** `limit`: quota "Open executions". */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get limit(): number {
    return this.#limit;
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count >= this.#limit;
  }

  /** One more runs: it starts, is found in the store at start, or is redriven. */
  opened(): void {
    this.#count++;
  }

  /** One has ended durably, or its start was lost. */
  closed(): void {
    // After a failed fsync nobody knows whether a start was stored: better one too few than below 0.
    if (this.#count > 0) this.#count--;
  }
}
