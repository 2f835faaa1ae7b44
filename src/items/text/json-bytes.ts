/** JSON text that comes piece by piece, taken apart into values without looking into them. */
import { FileFault } from "../dataset-item.ts";
import { ByteWindow } from "./byte-window.ts";

/** Yielded when more bytes are needed; after `end` it is not. */
export type More = undefined;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Where the scan of a value stands, so that it goes on there when more bytes come. */
interface Scan {
  /** Bytes of the value that were looked at and are still in the window. */
  length: number;
  depth: number;
  isInText: boolean;
}

/**
 * The generators yield while bytes are missing and throw FileFault when the file ends too
 * early. Blanks before what they look at are skipped.
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

  /** Where in the file the next byte is, for people. */
  place(): string {
    return `(at byte ${this.#offset})`;
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
      const { bytes } = this.#window;
      let index = 0;
      while (index < bytes.length && isBlank(bytes[index]!)) index += 1;
      this.#consume(index);
      if (index < bytes.length) return bytes[index]!;
      if (this.#isEnd) return undefined;
      yield;
    }
  }

  /** Takes the byte that `peek` gave. */
  skip(): void {
    this.#consume(1);
  }

  /** The bytes of the next value, good until more come; undefined if they are more than `limit`. */
  *value(limit: number): Generator<More, Buffer | undefined> {
    yield* this.peek();
    const scan: Scan = { length: 0, depth: 0, isInText: false };
    while (!advance(this.#window.bytes, scan, this.#isEnd)) {
      if (scan.length > limit) return undefined;
      if (this.#isEnd) throw this.#tooShort();
      yield;
    }
    if (scan.length > limit) return undefined;
    // Nothing is written over it before the next bytes come.
    const text = this.#window.bytes.subarray(0, scan.length);
    this.#consume(scan.length);
    return text;
  }

  *skipValue(): Generator<More, void> {
    yield* this.peek();
    const scan: Scan = { length: 0, depth: 0, isInText: false };
    while (!advance(this.#window.bytes, scan, this.#isEnd)) {
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
      `the file is not valid JSON: found ${found} instead of ${expected} ${this.place()}`,
    );
  }

  #tooShort(): FileFault {
    const offset = this.#offset + this.#window.length;
    return new FileFault(`the file is not valid JSON: it ends too early (at byte ${offset})`);
  }

  #consume(count: number): void {
    this.#window.consume(count);
    this.#offset += count;
  }
}

/** Whether the value ends in these bytes; `scan.length` is then its length. */
function advance(bytes: Buffer, scan: Scan, isEnd: boolean): boolean {
  let { length: index, depth, isInText } = scan;
  let isWhole = false;
  while (!isWhole && index < bytes.length) {
    if (isInText) {
      const quote = textEnd(bytes, index);
      if (quote < 0) {
        index = -quote - 1;
        break;
      }
      index = quote + 1;
      isInText = false;
      isWhole = depth === 0;
      continue;
    }
    const byte = bytes[index]!;
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
  scan.length = index;
  scan.depth = depth;
  scan.isInText = isInText;
  return isWhole || (isEnd && depth === 0 && !isInText && index > 0);
}

/**
 * The index of the quote that ends a text; if there is none, -1 minus the index from which on to
 * look when more bytes have come.
 */
function textEnd(bytes: Buffer, start: number): number {
  let from = start;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, from);
    const end = quote < 0 ? bytes.length : quote;
    let backslashes = 0;
    while (end - backslashes > start && bytes[end - 1 - backslashes] === BACKSLASH)
      backslashes += 1;
    if (quote < 0) return -(backslashes % 2 === 0 ? end : end - 1) - 1;
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
