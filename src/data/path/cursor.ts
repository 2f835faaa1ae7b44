/** Reads through the text of a path. */
import { PathSyntaxError } from "./syntax-error.ts";

const BLANKS = /[ \t\r\n]*/uy;

export class Cursor {
  readonly text: string;
  index = 0;
  /** How many paths inside of paths are being read. */
  depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character; "" at the end. */
  get next(): string {
    return this.text[this.index] ?? "";
  }

  get atEnd(): boolean {
    return this.index >= this.text.length;
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.index);
  }

  /** Skips the token if it stands here. */
  accept(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.index += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) throw this.fault(`expected '${token}'`);
  }

  /** Skips and returns what a sticky pattern matches here; "" if it does not match. */
  match(pattern: RegExp): string {
    pattern.lastIndex = this.index;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.index += found.length;
    return found;
  }

  blanks(): void {
    this.match(BLANKS);
  }

  /** A string in single or double quotes; a backslash takes the next character as it is. */
  quoted(): string {
    const quote = this.next;
    this.index += 1;
    let value = "";
    while (!this.atEnd) {
      const char = this.next;
      this.index += 1;
      if (char === quote) return value;
      if (char === "\\") value += this.escaped();
      else value += char;
    }
    throw this.fault(`missing ${quote}`);
  }

  private escaped(): string {
    const char = this.next;
    this.index += 1;
    if (char !== "u") return ESCAPES[char] ?? char;
    const digits = this.text.slice(this.index, this.index + 4);
    if (!/^[0-9a-fA-F]{4}$/u.test(digits)) throw this.fault("invalid escape sequence");
    this.index += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  fault(reason: string): PathSyntaxError {
    return new PathSyntaxError(`${reason} at position ${this.index} of '${this.text}'`);
  }
}

const ESCAPES: Readonly<Record<string, string | undefined>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
