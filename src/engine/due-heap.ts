/** A binary heap of entries by due time; entries know their place, so any of them can be removed. */

export interface Due {
  /** Epoch milliseconds; change it only through `DueHeap.move`. */
  dueAt: number;
  /** Place in the heap, -1 = in none; the heap's own. */
  position: number;
}

export class DueHeap<Entry extends Due> {
  readonly #entries: Entry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /** The entry that is due first, undefined if there is none. */
  peek(): Entry | undefined {
    return this.#entries[0];
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
    this.#rise(entry, this.#entries.length - 1);
  }

  pop(): Entry | undefined {
    const first = this.#entries[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** The entry must be in this heap. */
  remove(entry: Entry): void {
    const { position } = entry;
    const last = this.#entries.pop()!;
    entry.position = -1;
    if (last !== entry) this.#settle(last, position);
  }

  /** Gives an entry of this heap another due time. */
  move(entry: Entry, dueAt: number): void {
    entry.dueAt = dueAt;
    this.#settle(entry, entry.position);
  }

  #settle(entry: Entry, position: number): void {
    const parent = this.#entries[(position - 1) >> 1];
    if (position > 0 && parent!.dueAt > entry.dueAt) this.#rise(entry, position);
    else this.#sink(entry, position);
  }

  #rise(entry: Entry, start: number): void {
    const entries = this.#entries;
    let position = start;
    while (position > 0) {
      const above = (position - 1) >> 1;
      const parent = entries[above]!;
      if (parent.dueAt <= entry.dueAt) break;
      entries[position] = parent;
      parent.position = position;
      position = above;
    }
    entries[position] = entry;
    entry.position = position;
  }

  #sink(entry: Entry, start: number): void {
    const entries = this.#entries;
    let position = start;
    for (;;) {
      let below = position * 2 + 1;
      if (below >= entries.length) break;
      if (below + 1 < entries.length && entries[below + 1]!.dueAt < entries[below]!.dueAt) below++;
      const child = entries[below]!;
      if (child.dueAt >= entry.dueAt) break;
      entries[position] = child;
      child.position = position;
      position = below;
    }
    entries[position] = entry;
    entry.position = position;
  }
}
