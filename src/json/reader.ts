/** A recursive-descent JSON parser for the texts that `JSON.parse` does not serve. */
import type { Json } from "./json.ts";
import { setMember } from "./kind.ts";
import { isNumber, numberFromLiteral } from "./number.ts";
import { describeCharacter, JsonSyntaxError, placeOf, sourceLocation } from "./syntax-error.ts";

/** Values may be nested this deep; it also bounds the reader's recursion. */
export const MAX_DEPTH = 500;

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/uy;
const PLAIN_TEXT = /[\x20\x21\x23-\x5b\x5d-\u{10ffff}]*/uy;
const WORD = /[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}]*/uy;
const WORD_START = /[\p{L}\p{Nl}\p{Sc}\p{Pc}]/u;
const HEX = /[0-9a-fA-F]/u;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

const CONSTANTS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["null", null],
  ["true", true],
  ["false", false],
]);

/** Reads one text. Throws `JsonSyntaxError`. */
export class Reader {
  readonly #text: string;
  #index = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The value of the whole text. */
  document(): Json {
    this.#blanks();
    if (this.#atEnd()) throw this.#fault("No content to map due to end-of-input");
    const value = this.#value();
    if (isNumber(value) && !this.#atEnd() && !this.#isBlank()) {
      throw this.#unexpected("Expected space separating root-level values");
    }
    this.#blanks();
    if (!this.#atEnd()) {
      this.#value();
      throw this.#fault("Trailing token found after value");
    }
    return value;
  }

  #value(): Json {
    const char = this.#text[this.#index];
    switch (char) {
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      default:
        if (char === "-" || isDigit(char)) return this.#number();
        return this.#constant();
    }
  }

  #nested(read: () => Json): Json {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw this.#fault(
        `Document nesting depth (${this.#depth}) exceeds the maximum allowed (${MAX_DEPTH})`,
      );
    }
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): Json {
    const start = this.#index;
    this.#index += 1;
    const object: { [key: string]: Json } = {};
    this.#blanks();
    if (this.#accept("}")) return object;
    for (;;) {
      this.#needMore("Object", start);
      if (this.#text[this.#index] !== '"') {
        throw this.#unexpected("was expecting double-quote to start field name");
      }
      const key = this.#string(" in field name");
      this.#blanks();
      this.#needMore("Object", start);
      if (!this.#accept(":")) {
        throw this.#unexpected("was expecting a colon to separate field name and value");
      }
      this.#blanks();
      this.#needMore("Object", start);
      const value = this.#value();
      setMember(object, key, value);
      this.#blanks();
      this.#needMore("Object", start);
      if (this.#accept("}")) return object;
      if (!this.#accept(",")) {
        throw this.#unexpected("was expecting comma to separate Object entries");
      }
      this.#blanks();
    }
  }

  #array(): Json {
    const start = this.#index;
    this.#index += 1;
    const array: Json[] = [];
    this.#blanks();
    if (this.#accept("]")) return array;
    for (;;) {
      this.#needMore("Array", start);
      array.push(this.#value());
      this.#blanks();
      this.#needMore("Array", start);
      if (this.#accept("]")) return array;
      if (!this.#accept(",")) {
        throw this.#unexpected("was expecting comma to separate Array entries");
      }
      this.#blanks();
    }
  }

  #string(where = ": was expecting closing quote for a string value"): string {
    this.#index += 1;
    let value = "";
    for (;;) {
      value += this.#match(PLAIN_TEXT);
      if (this.#atEnd()) throw this.#fault(`Unexpected end-of-input${where}`);
      if (this.#accept('"')) return value;
      if (this.#accept("\\")) {
        value += this.#escape(where);
      } else {
        const name = describeCharacter(this.#text.charCodeAt(this.#index));
        throw this.#fault(
          `Illegal unquoted character (${name}): ` +
            "has to be escaped using backslash to be included in string value",
        );
      }
    }
  }

  /** What stands behind a backslash. */
  #escape(where: string): string {
    if (this.#atEnd()) throw this.#fault(`Unexpected end-of-input${where}`);
    const char = this.#text[this.#index]!;
    if (char !== "u") {
      const value = ESCAPES.get(char);
      if (value === undefined) {
        const name = describeCharacter(char.charCodeAt(0));
        throw this.#fault(`Unrecognized character escape ${name}`);
      }
      this.#index += 1;
      return value;
    }
    this.#index += 1;
    const start = this.#index;
    while (this.#index < start + 4) {
      if (this.#atEnd()) {
        throw this.#fault("Unexpected end-of-input in character escape sequence");
      }
      if (!HEX.test(this.#text[this.#index]!)) {
        throw this.#unexpected("expected a hex-digit for character escape sequence");
      }
      this.#index += 1;
    }
    return String.fromCharCode(Number.parseInt(this.#text.slice(start, this.#index), 16));
  }

  #number(): Json {
    const start = this.#index;
    const literal = this.#match(NUMBER);
    if (literal === "") {
      this.#index += 1;
      throw this.#badNumber("expected digit (0-9) to follow minus sign, for valid numeric value");
    }
    const next = this.#text[this.#index];
    if (next === "." && !/[.eE]/u.test(literal)) {
      this.#index += 1;
      throw this.#badNumber("Decimal point not followed by a digit");
    }
    if ((next === "e" || next === "E") && !/[eE]/u.test(literal)) {
      this.#index += 1;
      if (this.#text[this.#index] === "+" || this.#text[this.#index] === "-") this.#index += 1;
      throw this.#badNumber("Exponent indicator not followed by a digit");
    }
    if (isDigit(next)) {
      throw this.#fault("Invalid numeric value: Leading zeroes not allowed", start);
    }
    return numberFromLiteral(literal);
  }

  #badNumber(reason: string): JsonSyntaxError {
    if (this.#atEnd()) return this.#fault(`Unexpected end-of-input: ${reason}`);
    const name = describeCharacter(this.#text.charCodeAt(this.#index));
    return this.#fault(`Unexpected character (${name}) in numeric value: ${reason}`);
  }

  #constant(): Json {
    const start = this.#index;
    const first = String.fromCodePoint(this.#text.codePointAt(start)!);
    if (!WORD_START.test(first)) throw this.#unexpected(`expected a valid value ${VALUES}`);
    const word = this.#match(WORD);
    const value = CONSTANTS.get(word);
    if (value !== undefined) return value;
    const shown = word.length > 256 ? `${word.slice(0, 256)}...` : word;
    throw this.#fault(`Unrecognized token '${shown}': was expecting ${VALUES}`, start);
  }

  #blanks(): void {
    while (this.#isBlank()) this.#index += 1;
  }

  #isBlank(): boolean {
    const code = this.#text.charCodeAt(this.#index);
    return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
  }

  #accept(char: string): boolean {
    if (this.#text[this.#index] !== char) return false;
    this.#index += 1;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#index;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#index += found.length;
    return found;
  }

  #atEnd(): boolean {
    return this.#index >= this.#text.length;
  }

  #needMore(container: string, start: number): void {
    if (!this.#atEnd()) return;
    const place = sourceLocation(this.#text, placeOf(this.#text, start));
    throw this.#fault(
      `Unexpected end-of-input: expected close marker for ${container} (start marker at ${place})`,
    );
  }

  #unexpected(reason: string): JsonSyntaxError {
    const name = describeCharacter(this.#text.charCodeAt(this.#index));
    return this.#fault(`Unexpected character (${name}): ${reason}`);
  }

  /** A fault at the current character, or, of a word, from `start` up to it. */
  #fault(message: string, start?: number): JsonSyntaxError {
    const end = start === undefined ? this.#index + 1 : this.#index;
    return new JsonSyntaxError(message, this.#text, start ?? this.#index, end);
  }
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= "0" && char <= "9";
}
