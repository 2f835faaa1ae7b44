/** A stream of bytes as text, cut behind line breaks. */
import { isUtf8 } from "node:buffer";
import { FileFault, itemTooLarge, MAX_ITEM_BYTES } from "../dataset-item.ts";
import { ByteWindow } from "./byte-window.ts";

const LINE_FEED = 0x0a;

/** Decodes as many whole lines at a time as there are, which is much faster than each for itself. */
export class LineText {
  readonly #window = new ByteWindow();
  #isStart = true;
  /** Lines that were given out. */
  #lines = 0;

  /**
   * The lines that are whole now, each with its line feed; "" if there are none. Throws
   * FileFault for what is not UTF-8 and for lines longer than an item may be.
   */
  push(bytes: Uint8Array): string {
    const lastBreak = bytes.lastIndexOf(LINE_FEED);
    if (lastBreak < 0) {
      this.#window.append(bytes);
      if (this.#window.length > MAX_ITEM_BYTES) throw itemTooLarge(`line ${this.#lines + 1}`);
      return "";
    }
    const whole = bytes.subarray(0, lastBreak + 1);
    if (this.#window.length === 0) {
      const text = this.#decode(whole);
      this.#window.append(bytes.subarray(lastBreak + 1));
      return text;
    }
    this.#window.append(whole);
    const text = this.#decode(this.#window.bytes);
    this.#window.consume(this.#window.length);
    this.#window.append(bytes.subarray(lastBreak + 1));
    return text;
  }

  /** What stands behind the last line feed. */
  end(): string {
    const text = this.#decode(this.#window.bytes);
    this.#window.consume(this.#window.length);
    return text;
  }

  #decode(bytes: Uint8Array): string {
    if (!isUtf8(bytes)) throw this.#badEncoding(bytes);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
    this.#lines += countBreaks(text);
    if (!this.#isStart || text === "") return text;
    this.#isStart = false;
    return text.startsWith("\ufeff") ? text.slice(1) : text;
  }

  #badEncoding(bytes: Uint8Array): FileFault {
    let start = 0;
    let line = this.#lines + 1;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, start);
      if (end < 0 || !isUtf8(bytes.subarray(start, end))) break;
      start = end + 1;
      line += 1;
    }
    return new FileFault(`line ${line} is not UTF-8`);
  }
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
