/** Numbers as AWS keeps them: `1.0` stays `1.0` from the input to the output. */
import { exactness } from "./exactness.ts";
import type { Json } from "./json.ts";

/** A number literal that JavaScript would print in another way: `1.0`, `1e5`, `-0`, 20 digits. */
export class JsonNumber {
  /** The literal as it was written. */
  readonly text: string;
  /** The nearest double; infinite for a literal like `1e400`. */
  readonly value: number;

  constructor(text: string) {
    this.text = text;
    this.value = Number(text);
  }

  /** For `JSON.stringify`: tells `stringify` that this value needs its own writer. */
  toJSON(): number {
    exactness.lost = true;
    return this.value;
  }
}

/** The value of a valid JSON number literal: a plain number wherever that loses nothing. */
export function numberFromLiteral(literal: string): number | JsonNumber {
  const value = Number(literal);
  return String(value) === literal ? value : new JsonNumber(literal);
}

export function isNumber(value: Json | undefined): value is number | JsonNumber {
  return typeof value === "number" || value instanceof JsonNumber;
}

/** The nearest double. */
export function toNumber(value: number | JsonNumber): number {
  return typeof value === "number" ? value : value.value;
}

/** The number as JSON text. */
export function numberText(value: number | JsonNumber): string {
  return typeof value === "number" ? JSON.stringify(value) : value.text;
}

/**
 * Orders two numbers by their exact value: negative, zero or positive. Literals with more digits
 * than a double holds are told apart.
 */
export function compareNumbers(a: number | JsonNumber, b: number | JsonNumber): number {
  const difference = toNumber(a) - toNumber(b);
  if (typeof a === "number" && typeof b === "number") return difference;
  // Two infinities of one sign give NaN here; their literals may still differ.
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return compareDecimals(decimalOf(numberText(a)), decimalOf(numberText(b)));
}

/** A literal as 0.DIGITS × 10^exponent; zero has no digits. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

function decimalOf(literal: string): Decimal {
  const negative = literal.startsWith("-");
  const [mantissa = "", power = "0"] = literal.slice(negative ? 1 : 0).split(/e/iu);
  const [whole = "", fraction = ""] = mantissa.split(".");
  const all = whole + fraction;
  let first = 0;
  while (all.charCodeAt(first) === 0x30) first += 1;
  let end = all.length;
  while (end > first && all.charCodeAt(end - 1) === 0x30) end -= 1;
  const digits = all.slice(first, end);
  if (digits === "") return { negative: false, digits, exponent: 0 };
  return { negative, digits, exponent: Number(power) + whole.length - first };
}

function compareDecimals(a: Decimal, b: Decimal): number {
  const signs = signOf(a) - signOf(b);
  if (signs !== 0 || a.digits === "") return signs;
  const sign = a.negative ? -1 : 1;
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -sign : sign;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -sign : sign;
}

function signOf(decimal: Decimal): number {
  if (decimal.digits === "") return 0;
  return decimal.negative ? -1 : 1;
}
