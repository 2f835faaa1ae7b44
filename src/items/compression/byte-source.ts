/** A stream of bytes, taken in pieces of a wanted size. */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #tooShort: () => Error;
  #chunk: Uint8Array = new Uint8Array(0);

  /** `tooShort` makes the error for the end where there should be none. */
  constructor(bytes: AsyncIterable<Uint8Array>, tooShort: () => Error) {
    this.#chunks = bytes[Symbol.asyncIterator]();
    this.#tooShort = tooShort;
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#chunk.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return true;
      this.#chunk = next.value;
    }
    return false;
  }

  /** Exactly so many bytes. */
  async take(count: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(count);
    for (let filled = 0; filled < count;) {
      if (await this.isAtEnd()) throw this.#tooShort();
      const piece = this.#chunk.subarray(0, count - filled);
      bytes.set(piece, filled);
      filled += piece.length;
      this.#chunk = this.#chunk.subarray(piece.length);
    }
    return bytes;
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      if (await this.isAtEnd()) throw this.#tooShort();
      const length = Math.min(left, this.#chunk.length);
      this.#chunk = this.#chunk.subarray(length);
      left -= length;
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
