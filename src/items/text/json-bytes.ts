/** JSON text that comes piece by piece, taken apart into values without looking into them. */
import { FileFault } from "../dataset-item.ts";
import { ByteWindow } from "./byte-window.ts";

/** Yielded when more bytes are needed; after `end` it is not. */
export type More = undefined;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Longer texts are searched by the machine's own means, which cost a call. */
const SHORT_TEXT = 48;

/** Where the scan of a value stands, so that it goes on there when more bytes come. */
interface Scan {
  /** Bytes of the value that were looked at and are still in the window. */
  length: number;
  depth: number;
  isInText: boolean;
}

/**
 * The generators yield while bytes are missing and throw FileFault when the file ends too early.
 * Blanks before what they look at are skipped. Generators cost time, so each has a companion that
 * gives undefined if it would have to yield.
 */
export class JsonBytes {
  readonly #window = new ByteWindow();
  #isEnd = false;
  /** Offset in the file of the first byte in the window. */
  #offset = 0;

  append(bytes: Uint8Array): void {
    this.#window.append(bytes);
  }

  /** Nothing more comes. */
  end(): void {
    this.#isEnd = true;
  }

  /** Offset in the file of the next byte. */
  get offset(): number {
    return this.#offset;
  }

  *skipByteOrderMark(): Generator<More, void> {
    while (this.#window.length < BYTE_ORDER_MARK.length && !this.#isEnd) yield;
    const { bytes } = this.#window;
    if (BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte)) {
      this.#consume(BYTE_ORDER_MARK.length);
    }
  }

  /** The next byte. */
  *peek(): Generator<More, number> {
    const byte = yield* this.peekOrEnd();
    if (byte === undefined) throw this.#tooShort();
    return byte;
  }

  *peekOrEnd(): Generator<More, number | undefined> {
    for (;;) {
      const byte = this.peekNow();
      if (byte !== undefined || this.#isEnd) return byte;
      yield;
    }
  }

  peekNow(): number | undefined {
    const { buffer, start, end } = this.#window;
    let index = start;
    while (index < end && isBlank(buffer[index]!)) index += 1;
    this.#consume(index - start);
    return index < end ? buffer[index]! : undefined;
  }

  /** Takes the byte that `peek` gave. */
  skip(): void {
    this.#consume(1);
  }

  /** The next value, good until more bytes come; undefined if it is more bytes than `limit`. */
  *value(limit: number): Generator<More, Buffer | undefined> {
    yield* this.peek();
    const scan = newScan();
    while (!advance(this.#window, scan, this.#isEnd)) {
      if (scan.length > limit) return undefined;
      if (this.#isEnd) throw this.#tooShort();
      yield;
    }
    return scan.length > limit ? undefined : this.#take(scan.length);
  }

  valueNow(limit: number): Buffer | undefined {
    if (this.peekNow() === undefined) return undefined;
    const scan = newScan();
    const isWhole = advance(this.#window, scan, this.#isEnd) && scan.length <= limit;
    return isWhole ? this.#take(scan.length) : undefined;
  }

  *skipValue(): Generator<More, void> {
    yield* this.peek();
    const scan = newScan();
    while (!advance(this.#window, scan, this.#isEnd)) {
      if (this.#isEnd) throw this.#tooShort();
      this.#consume(scan.length);
      scan.length = 0;
      yield;
    }
    this.#consume(scan.length);
  }

  /** The fault that another byte stands where `expected` should. */
  unexpected(expected: string): FileFault {
    const byte = this.#window.bytes[0] ?? 0;
    const found = byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `byte ${byte}`;
    return new FileFault(
      `the file is not valid JSON: found ${found} instead of ${expected} (at byte ${this.#offset})`,
    );
  }

  #tooShort(): FileFault {
    const offset = this.#offset + this.#window.length;
    return new FileFault(`the file is not valid JSON: it ends too early (at byte ${offset})`);
  }

  #take(length: number): Buffer {
    const { buffer, start } = this.#window;
    this.#consume(length);
    return buffer.subarray(start, start + length);
  }

  #consume(count: number): void {
    this.#window.consume(count);
    this.#offset += count;
  }
}

function newScan(): Scan {
  return { length: 0, depth: 0, isInText: false };
}

/** Whether the value ends in these bytes; `scan.length` is then its length. */
function advance({ buffer, start, end }: ByteWindow, scan: Scan, isEnd: boolean): boolean {
  let { depth, isInText } = scan;
  let index = start + scan.length;
  let isWhole = false;
  while (!isWhole && index < end) {
    if (isInText) {
      const quote = textEnd(buffer, index, end);
      if (quote < 0) {
        index = -quote - 1;
        break;
      }
      index = quote + 1;
      isInText = false;
      isWhole = depth === 0;
      continue;
    }
    const byte = buffer[index]!;
    if (byte === QUOTE) {
      isInText = true;
    } else if (isOpening(byte)) {
      depth += 1;
    } else if (isClosing(byte)) {
      // The bracket of what the value is in ends a number or word.
      if (depth === 0) {
        isWhole = true;
        break;
      }
      depth -= 1;
      isWhole = depth === 0;
    } else if (depth === 0 && (byte === COMMA || isBlank(byte))) {
      isWhole = true;
      break;
    }
    index += 1;
  }
  scan.length = index - start;
  scan.depth = depth;
  scan.isInText = isInText;
  return isWhole || (isEnd && depth === 0 && !isInText && scan.length > 0);
}

/**
 * The index of the quote that ends a text; if there is none before `end`, -1 minus the index from
 * which on to look when more bytes have come.
 */
function textEnd(buffer: Buffer, start: number, end: number): number {
  let index = start;
  const near = Math.min(end, start + SHORT_TEXT);
  for (; index < near; index += 1) {
    const byte = buffer[index]!;
    if (byte === QUOTE) return index;
    if (byte !== BACKSLASH) continue;
    // What it escapes may not have come yet.
    if (index + 1 === end) return -index - 1;
    index += 1;
  }
  return index >= end ? -end - 1 : farTextEnd(buffer, index, end);
}

/** Likewise; the byte before `start` escapes nothing. */
function farTextEnd(buffer: Buffer, start: number, end: number): number {
  let from = start;
  for (;;) {
    const found = buffer.indexOf(QUOTE, from);
    const quote = found < 0 || found >= end ? end : found;
    let backslashes = 0;
    while (quote - backslashes > start && buffer[quote - 1 - backslashes] === BACKSLASH) {
      backslashes += 1;
    }
    if (quote === end) return -(backslashes % 2 === 0 ? end : end - 1) - 1;
    if (backslashes % 2 === 0) return quote;
    from = quote + 1;
  }
}

function isOpening(byte: number): boolean {
  return byte === 0x5b || byte === 0x7b;
}

function isClosing(byte: number): boolean {
  return byte === 0x5d || byte === 0x7d;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
