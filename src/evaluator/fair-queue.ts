/** What waits for a process, by owner: owners take turns, so that nobody waits behind all of another. */
export class FairQueue<T> {
  /** By owner, never empty; the owner whose turn is next is first. */
  readonly #lines = new Map<string | undefined, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(owner: string | undefined, item: T): void {
    const line = this.#lines.get(owner);
    if (line === undefined) this.#lines.set(owner, [item]);
    else line.push(item);
    this.#size += 1;
  }

  /** The oldest item of the owner whose turn it is. */
  next(): T | undefined {
    const [entry] = this.#lines;
    if (entry === undefined) return undefined;
    const [owner, line] = entry;
    const item = line.shift();
    this.#lines.delete(owner);
    if (line.length > 0) this.#lines.set(owner, line);
    this.#size -= 1;
    return item;
  }

  /** Removes all items of an owner. */
  takeAll(owner: string | undefined): T[] {
    const line = this.#lines.get(owner) ?? [];
    this.#lines.delete(owner);
    this.#size -= line.length;
    return line;
  }

  /** Removes everything. */
  clear(): T[] {
    const items = [...this.#lines.values()].flat();
    this.#lines.clear();
    this.#size = 0;
    return items;
  }
}
