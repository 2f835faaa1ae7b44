/** Values of Parquet's types as JSON. */
import { isUtf8 } from "node:buffer";
import type { SchemaElement, SchemaTree } from "hyparquet";
import type { Json } from "../../json/json.ts";
import { setMember } from "../../json/kind.ts";
import { JsonNumber, numberFromLiteral } from "../../json/number.ts";
import { parseJson } from "../../json/parse.ts";
import { FileFault } from "../dataset-item.ts";
import {
  dateText,
  decimalLiteral,
  signedInteger,
  timestampText,
  timeText,
  uuidText,
} from "./parquet-texts.ts";

/** From what the library reads, with the types of `plainSchema`, to JSON. */
export type Convert = (value: unknown) => Json;

/** Digits behind the point of a decimal, each of which every value has. Other systems have 38, or 76. */
const MAX_SCALE = 1_000;

const UNITS = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const;
const DIGITS_OF_CONVERTED: Readonly<Record<string, number>> = {
  TIME_MILLIS: 3,
  TIME_MICROS: 6,
  TIMESTAMP_MILLIS: 3,
  TIMESTAMP_MICROS: 6,
};

/**
 * The schema with which the library reads leaves as they are stored, but for texts: its own
 * conversions lose digits of decimals and fractions of timestamps.
 */
export function plainSchema(schema: readonly SchemaElement[]): SchemaElement[] {
  return schema.map((element) => {
    const { converted_type: _, logical_type: logical, ...plain } = element;
    if (element.type !== undefined) {
      return isText(element) ? { ...plain, converted_type: "UTF8" } : plain;
    }
    // The library knows lists and maps by their older names.
    const isContainer = logical?.type === "LIST" || logical?.type === "MAP";
    return isContainer ? { ...element, converted_type: logical.type } : element;
  });
}

/** `node` is of the file's own schema. */
export function converter(node: SchemaTree): Convert {
  const convert = converterOfOne(node);
  const isRepeated = node.element.repetition_type === "REPEATED";
  return nullable(isRepeated ? arrayOf(convert) : convert);
}

function converterOfOne(node: SchemaTree): Convert {
  const { element, children } = node;
  const [only] = children;
  if (only === undefined) return leafConverter(element);
  const kind = element.logical_type?.type ?? element.converted_type;
  if (kind === "LIST" && children.length === 1) {
    const item = only.children.length === 1 ? only.children[0]! : only;
    return arrayOf(nullable(converterOfOne(item)));
  }
  if (kind === "MAP" && children.length === 1 && only.children.length === 2) {
    return mapOf(converter(only.children[1]!));
  }
  return structOf(children.map((child) => [child.element.name, converter(child)]));
}

function nullable(convert: Convert): Convert {
  return (value) => (value === null || value === undefined ? null : convert(value));
}

function arrayOf(convert: Convert): Convert {
  return (value) => Array.from(value as ArrayLike<unknown>, convert);
}

function mapOf(convert: Convert): Convert {
  return (value) => {
    const object: { [key: string]: Json } = {};
    for (const [key, member] of Object.entries(value as object)) {
      setMember(object, key, convert(member));
    }
    return object;
  };
}

function structOf(members: readonly (readonly [string, Convert])[]): Convert {
  return (value) => {
    const object: { [key: string]: Json } = {};
    const struct = value as Readonly<Record<string, unknown>>;
    for (const [name, convert] of members) setMember(object, name, convert(struct[name]));
    return object;
  };
}

function leafConverter(element: SchemaElement): Convert {
  const { type, converted_type: converted, logical_type: logical } = element;
  const kind = logical?.type ?? converted;
  if (kind === "DECIMAL") {
    const scale = (logical?.type === "DECIMAL" ? logical.scale : element.scale) ?? 0;
    if (Math.abs(scale) > MAX_SCALE) {
      throw new FileFault(`the decimals of ${element.name} have a scale of ${scale}`);
    }
    return (value) => numberFromLiteral(decimalLiteral(integerOf(value), scale));
  }
  if (kind === "JSON") return jsonOf;
  if (isText(element)) return (value) => value as string;
  if (kind === "DATE") return (value) => dateText(Number(value));
  const digits = digitsOf(element);
  if (kind === "TIMESTAMP" || kind === "TIMESTAMP_MILLIS" || kind === "TIMESTAMP_MICROS") {
    const isUtc = logical?.type !== "TIMESTAMP" || logical.isAdjustedToUTC;
    return (value) => timestampText(BigInt(value as bigint | number), digits, isUtc);
  }
  if (kind === "TIME" || kind === "TIME_MILLIS" || kind === "TIME_MICROS") {
    return (value) => timeText(BigInt(value as bigint | number), digits);
  }
  if (kind === "UUID") return (value) => uuidText(value as Uint8Array);
  if (kind === "FLOAT16") return (value) => real(halfFloat(value as Uint8Array));
  const isUnsigned =
    (logical?.type === "INTEGER" && !logical.isSigned) || converted?.startsWith("UINT") === true;
  switch (type) {
    case "BOOLEAN":
      return Boolean;
    case "INT32":
      return isUnsigned ? (value) => Number(value) >>> 0 : Number;
    case "INT64":
      return isUnsigned
        ? (value) => numberFromLiteral(BigInt.asUintN(64, value as bigint).toString())
        : (value) => numberFromLiteral(String(value));
    case "INT96":
      // Nanoseconds: what the library makes of it.
      return (value) => timestampText(BigInt(value as bigint | number), 9, true);
    case "FLOAT":
      return (value) => real(shortestFloat(Number(value)));
    case "DOUBLE":
      return (value) => real(Number(value));
    default:
      return (value) => bytesText(value as Uint8Array);
  }
}

function isText({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): boolean {
  if (type !== "BYTE_ARRAY") return false;
  return ["UTF8", "STRING", "ENUM", "JSON"].includes(logical?.type ?? converted ?? "");
}

function digitsOf({ converted_type: converted, logical_type: logical }: SchemaElement): number {
  if (logical?.type === "TIMESTAMP" || logical?.type === "TIME") return UNITS[logical.unit];
  return DIGITS_OF_CONVERTED[converted ?? ""] ?? 0;
}

function integerOf(value: unknown): bigint {
  return value instanceof Uint8Array ? signedInteger(value) : BigInt(value as bigint | number);
}

/** Older writers do not say of texts that they are; other bytes are base64. */
function bytesText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString(isUtf8(bytes) ? "utf8" : "base64");
}

function jsonOf(value: unknown): Json {
  const parsed = parseJson(value as string);
  return parsed.ok ? parsed.value : (value as string);
}

/** A number with a fraction, as Java prints it: `1.0`. What is no number in JSON becomes a text. */
function real(value: number): Json {
  if (!Number.isFinite(value)) return String(value);
  const literal = String(value);
  return /[.e]/.test(literal) ? value : new JsonNumber(`${literal}.0`);
}

/** The double whose text is the shortest that stands for this single. */
function shortestFloat(value: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function halfFloat(bytes: Uint8Array): number {
  const bits = bytes[0]! | (bytes[1]! << 8);
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
