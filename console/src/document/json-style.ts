/** How a JSON text is laid out, so that what is added to it looks like the rest. */
import type { Json } from "../../../src/json/json.ts";
import { isArray, isObject } from "../../../src/json/kind.ts";
import { stringifyCompact } from "../../../src/json/stringify.ts";
import type { SourceNode } from "./source-tree.ts";

export interface JsonStyle {
  /** Whether everything stands on one line. */
  readonly isCompact: boolean;
  readonly newline: string;
  /** What a level is indented by. */
  readonly unit: string;
  /** Between a name and its value. */
  readonly colon: string;
  /** Between two values on one line. */
  readonly comma: string;
}

const DEFAULT: JsonStyle = {
  isCompact: false,
  newline: "\n",
  unit: "  ",
  colon: ": ",
  comma: ", ",
};

/** Lists of plain values that are not longer stand on one line. */
const MAX_INLINE = 60;

export function styleOf(text: string, root: SourceNode): JsonStyle {
  const first = root.members?.[0] ?? root.elements?.[0];
  if (first === undefined) return DEFAULT;
  const start = "keyStart" in first ? first.keyStart : first.start;
  const lead = text.slice(root.start + 1, start);
  const colon = firstColon(text, root) ?? DEFAULT.colon;
  return {
    isCompact: !text.trim().includes("\n"),
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    unit: lead.includes("\n") ? lead.slice(lead.lastIndexOf("\n") + 1) : DEFAULT.unit,
    colon: colon.includes("\n") ? DEFAULT.colon : colon,
    comma: colon.endsWith(" ") ? ", " : ",",
  };
}

function firstColon(text: string, node: SourceNode): string | undefined {
  const [member] = node.members ?? [];
  if (member !== undefined) return text.slice(member.keyEnd, member.node.start);
  for (const element of node.elements ?? []) {
    const found = firstColon(text, element);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What stands before the first character that is no blank in the line of `offset`. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? "";
}

/** `indent`: of the line that the value begins in. */
export function printJson(value: Json, style: JsonStyle, indent: string): string {
  const { newline, unit, colon } = style;
  if (style.isCompact) return printInline(value, style);
  const inner = indent + unit;
  if (isObject(value)) {
    const members = Object.entries(value).map(
      ([key, one]) => `${inner}${JSON.stringify(key)}${colon}${printJson(one, style, inner)}`,
    );
    return members.length === 0
      ? "{}"
      : `{${newline}${members.join(`,${newline}`)}${newline}${indent}}`;
  }
  if (!isArray(value)) return stringifyCompact(value);
  const line = printInline(value, style);
  if (value.every(isPlain) && line.length <= MAX_INLINE) return line;
  const elements = value.map((one) => inner + printJson(one, style, inner));
  return `[${newline}${elements.join(`,${newline}`)}${newline}${indent}]`;
}

/** On one line. */
export function printInline(value: Json, style: JsonStyle): string {
  const { colon, comma } = style;
  if (isArray(value)) return `[${value.map((one) => printInline(one, style)).join(comma)}]`;
  if (!isObject(value)) return stringifyCompact(value);
  const members = Object.entries(value).map(
    ([key, one]) => `${JSON.stringify(key)}${colon}${printInline(one, style)}`,
  );
  const pad = comma === ", " && members.length > 0 && !style.isCompact ? " " : "";
  return `{${pad}${members.join(comma)}${pad}}`;
}

function isPlain(value: Json): boolean {
  return !isArray(value) && !isObject(value);
}

/** A text of several lines with another indentation; no string of JSON goes over a line's end. */
export function reindent(text: string, from: string, to: string, newline: string): string {
  return text
    .split(/\r?\n/)
    .map((line, index) =>
      index === 0
        ? line
        : to + (line.startsWith(from) ? line.slice(from.length) : line.trimStart()),
    )
    .join(newline);
}
