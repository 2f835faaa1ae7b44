/**
 * Text to the records of a delimited file, by AWS's rules: fields may be quoted, and then contain
 * delimiters and line breaks; a quote is written twice; a backslash makes a quote, a delimiter or
 * another backslash plain text and disappears before anything else.
 */
import { FileFault, itemTooLarge, MAX_ITEM_BYTES } from "../dataset-item.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export interface CsvRecord {
  readonly fields: readonly string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** UTF-16 units that it takes in the file. */
  readonly length: number;
}

/** Takes text piece by piece; each piece ends behind a line feed, the last one anywhere. */
export class CsvRecords {
  readonly #delimiter: string;
  /** Fields of a record; what it has more is dropped. */
  maxFields = 2 ** 32 - 1;
  /** Text of a record that goes on in the next piece. */
  #rest = "";
  /** Not before the rest is so long it is looked at again: else a long record costs its square. */
  #retryAt = 0;
  #line = 1;

  /** `delimiter` is one character. */
  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The records that are whole. Empty lines are none. */
  push(text: string): readonly CsvRecord[] {
    this.#rest += text;
    if (this.#rest.length < this.#retryAt) return [];
    return this.#records(false);
  }

  end(): readonly CsvRecord[] {
    return this.#records(true);
  }

  #records(isEnd: boolean): CsvRecord[] {
    const text = this.#rest;
    const records: CsvRecord[] = [];
    let start = 0;
    while (start < text.length) {
      const found = text.indexOf("\n", start);
      const lineEnd = found < 0 ? text.length : found;
      const line = withoutReturn(text, start, lineEnd);
      if (line === "") {
        start = lineEnd + 1;
        this.#line += 1;
        continue;
      }
      if (line.includes('"') || line.includes("\\")) {
        const scanned = scanRecord(text, start, this.#delimiter, this.maxFields);
        if (scanned === undefined) {
          if (!isEnd) break;
          throw new FileFault(`line ${this.#line} begins a quoted field that has no end`);
        }
        const { fields, end, breaks } = scanned;
        records.push({ fields, line: this.#line, length: end - start });
        start = end;
        this.#line += breaks;
      } else {
        const fields = line.split(this.#delimiter, this.maxFields);
        records.push({ fields, line: this.#line, length: lineEnd - start });
        start = lineEnd + 1;
        this.#line += 1;
      }
    }
    this.#rest = text.slice(start);
    this.#retryAt = this.#rest.length * 2;
    if (this.#rest.length > MAX_ITEM_BYTES) throw itemTooLarge(`the row in line ${this.#line}`);
    return records;
  }
}

function withoutReturn(text: string, start: number, end: number): string {
  const hasReturn = end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN;
  return text.slice(start, hasReturn ? end - 1 : end);
}

interface ScannedRecord {
  readonly fields: string[];
  /** Where the next record begins. */
  readonly end: number;
  /** Line breaks in it, its own end included. */
  readonly breaks: number;
}

/** One record with quotes or backslashes; undefined if it does not end in the text. */
function scanRecord(
  text: string,
  start: number,
  delimiter: string,
  maxFields: number,
): ScannedRecord | undefined {
  const separator = delimiter.charCodeAt(0);
  const fields: string[] = [];
  const field = new JoinedText();
  let isQuoted = false;
  let isFieldStart = true;
  let breaks = 0;
  let index = start;
  // Plain text is taken over in runs.
  let run = start;
  for (; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === BACKSLASH) {
      field.add(text, run, index);
      const next = text.charCodeAt(index + 1);
      run = index + 1;
      // What it makes plain text is not looked at again; a line break it cannot.
      if (next === QUOTE || next === BACKSLASH || next === separator) index += 1;
      isFieldStart = false;
    } else if (code === QUOTE) {
      const isDoubled = text.charCodeAt(index + 1) === QUOTE;
      if (isFieldStart) {
        isQuoted = true;
        run = index + 1;
      } else if (isDoubled) {
        field.add(text, run, index);
        index += 1;
        run = index;
      } else if (isQuoted) {
        field.add(text, run, index);
        isQuoted = false;
        run = index + 1;
      }
      isFieldStart = false;
    } else if (code === LINE_FEED) {
      breaks += 1;
      if (!isQuoted) break;
    } else if (code === separator && !isQuoted) {
      if (fields.length < maxFields) fields.push(field.end(text, run, index));
      run = index + 1;
      isFieldStart = true;
    } else {
      isFieldStart = false;
    }
  }
  if (isQuoted) return undefined;
  const last = withoutReturn(text, run, index);
  if (fields.length < maxFields) fields.push(field.end(last, 0, last.length));
  return { fields, end: index + 1, breaks };
}

/** Longer texts are not put together of strings any more. */
const MAX_JOINED = 1024;

/** A text made of pieces of another one, of which there may be millions: each as a string costs a second. */
class JoinedText {
  /** The text while it is short; then `#units` has it. */
  #short = "";
  #units = new Uint16Array(0);
  #length = 0;

  add(text: string, start: number, end: number): void {
    if (this.#length === 0 && this.#short.length + end - start <= MAX_JOINED) {
      this.#short += text.slice(start, end);
      return;
    }
    const short = this.#short;
    this.#short = "";
    this.#append(short, 0, short.length);
    this.#append(text, start, end);
  }

  /** The whole text with its last piece; then there is none again. */
  end(text: string, start: number, end: number): string {
    if (this.#length === 0) {
      const whole = this.#short + text.slice(start, end);
      this.#short = "";
      return whole;
    }
    this.#append(text, start, end);
    const bytes = Buffer.from(this.#units.buffer, 0, this.#length * 2);
    this.#length = 0;
    return bytes.toString("utf16le");
  }

  #append(text: string, start: number, end: number): void {
    const length = this.#length + end - start;
    if (length > this.#units.length) {
      const units = new Uint16Array(length * 2);
      units.set(this.#units);
      this.#units = units;
    }
    for (let index = start; index < end; index += 1) {
      this.#units[this.#length] = text.charCodeAt(index);
      this.#length += 1;
    }
  }
}
