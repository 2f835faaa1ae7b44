/** A map that forgets what was not used for longest. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #max: number;
  readonly #forget: (value: Value) => void;

  /** @param forget Told of every value that leaves. */
  constructor(max: number, forget: (value: Value) => void = () => {}) {
    this.#max = max;
    this.#forget = forget;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    // The order of insertion is the order of use.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    this.#entries.set(key, value);
    for (const [oldest] of this.#entries) {
      if (this.#entries.size <= this.#max) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#forget(value);
  }

  clear(): void {
    for (const key of this.#entries.keys()) this.delete(key);
  }
}
