/** Bytes that have come and are not yet done with, in one piece. */

const FIRST_CAPACITY = 128 * 1024;
const MAX_IDLE_CAPACITY = 1024 * 1024;

/** Appending is amortised: bytes that wait for more are not copied each time. */
export class ByteWindow {
  #buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  #start = 0;
  #end = 0;

  /** Holds the bytes from `start` up to `end`; good until the next `append`. */
  get buffer(): Buffer {
    return this.#buffer;
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** The bytes themselves, good until the next `append`. */
  get bytes(): Buffer {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  append(bytes: Uint8Array): void {
    const length = this.length;
    const needed = length + bytes.length;
    if (length === 0) {
      this.#start = 0;
      this.#end = 0;
      // What one big item needed is not kept for the others.
      const isIdle = this.#buffer.length > MAX_IDLE_CAPACITY && needed <= FIRST_CAPACITY;
      if (isIdle) this.#buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
    }
    if (this.#end + bytes.length > this.#buffer.length) {
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
  }
}
