/** Cuts a function's output into lines, with a bound on their length and on bytes per second. */

/** A longer line is cut into several. */
const MAX_LINE_LENGTH = 16 * 1024;
/** What one process may write per second; the rest is counted and dropped. */
const MAX_BYTES_PER_SECOND = 1024 * 1024;

export class LogLines {
  readonly #emit: (line: string) => void;
  readonly #now: () => number;
  readonly #decoder = new TextDecoder();
  #rest = "";
  #second = 0;
  #bytes = 0;
  #dropped = 0;

  /** @param now Milliseconds; any origin. */
  constructor(emit: (line: string) => void, now: () => number = () => performance.now()) {
    this.#emit = emit;
    this.#now = now;
  }

  /** Takes output as it comes; never waits. */
  write(chunk: Uint8Array): void {
    const second = Math.floor(this.#now() / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#bytes = 0;
      this.#tellDropped();
    }
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_BYTES_PER_SECOND) {
      this.#dropped += chunk.length;
      return;
    }
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
    while (this.#rest.length >= MAX_LINE_LENGTH) {
      this.#emit(this.#rest.slice(0, MAX_LINE_LENGTH));
      this.#rest = this.#rest.slice(MAX_LINE_LENGTH);
    }
  }

  /** The output is over: a last line may lack its end. */
  end(): void {
    if (this.#rest !== "") this.#line(this.#rest);
    this.#rest = "";
    this.#tellDropped();
  }

  #line(line: string): void {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    for (let from = 0; from === 0 || from < text.length; from += MAX_LINE_LENGTH) {
      this.#emit(text.slice(from, from + MAX_LINE_LENGTH));
    }
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    this.#emit(`[${this.#dropped} bytes of output dropped: more than 1 MiB in a second]`);
    this.#dropped = 0;
  }
}
