/** Runs jobs of the same key one after the other, jobs of different keys side by side. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs `job` after all earlier jobs of `key` ended, well or badly; gives what `job` gives. */
  run<T>(key: string, job: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key);
    const result = before === undefined ? job() : before.then(job);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(key, tail);
    void tail.then(() => {
      // Only the last job of a key clears it, so the map holds no more than what is running.
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    return result;
  }
}
