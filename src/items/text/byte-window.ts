/** Bytes that have come and are not yet done with, in one piece. */

const FIRST_CAPACITY = 128 * 1024;

/** Appending is amortised: bytes that wait for more are not copied each time. */
export class ByteWindow {
  #buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** A view that is good until the next call. */
  get bytes(): Buffer {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  append(bytes: Uint8Array): void {
    const length = this.length;
    if (this.#end + bytes.length > this.#buffer.length) {
      const needed = length + bytes.length;
      const target =
        needed * 2 > this.#buffer.length ? Buffer.allocUnsafe(needed * 2) : this.#buffer;
      this.#buffer.copy(target, 0, this.#start, this.#end);
      this.#buffer = target;
      this.#start = 0;
      this.#end = length;
    }
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** Forgets the first bytes. */
  consume(count: number): void {
    this.#start += count;
    if (this.#start !== this.#end) return;
    this.#start = 0;
    this.#end = 0;
    // What one big item needed is not kept for the others.
    if (this.#buffer.length > 8 * FIRST_CAPACITY) this.#buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  }
}
