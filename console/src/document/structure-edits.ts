/** Edits that add and take out members and elements, with their commas, lines and indentation. */
import { JsonSource, type Writable } from "./json-source.ts";
import { indentAt, printInline, printJson, reindent, type JsonStyle } from "./json-style.ts";
import type { SourceMember, SourceNode } from "./source-tree.ts";
import type { TextEdit } from "./text-edit.ts";

/** `indent`: of the line that the value begins in. */
export function printWritable(written: Writable, style: JsonStyle, indent: string): string {
  return written instanceof JsonSource
    ? reindent(written.text, "", indent, style.newline)
    : printJson(written, style, indent);
}

/** What stands in a container: a member with its name, or an element. */
interface Item {
  readonly start: number;
  readonly end: number;
}

function itemsOf({ members, elements = [] }: SourceNode): readonly Item[] {
  if (members === undefined) return elements;
  return members.map(({ keyStart, node }: SourceMember) => ({ start: keyStart, end: node.end }));
}

/** `next`: name of the member to put it before; undefined: at the end. */
export function memberInsertion(
  text: string,
  parent: SourceNode,
  {
    name,
    next,
    written,
  }: { readonly name: string; readonly next: string | undefined; readonly written: Writable },
  style: JsonStyle,
): TextEdit {
  const members = parent.members ?? [];
  const index = next === undefined ? -1 : members.findIndex(({ key }) => key === next);
  const head = `${JSON.stringify(name)}${style.colon}`;
  return insertion(
    text,
    parent,
    index < 0 ? members.length : index,
    (indent, isInline) => {
      return (
        head +
        (isInline ? printOnLine(written, style, indent) : printWritable(written, style, indent))
      );
    },
    style,
  );
}

export function elementInsertion(
  text: string,
  parent: SourceNode,
  index: number,
  written: Writable,
  style: JsonStyle,
): TextEdit {
  return insertion(
    text,
    parent,
    index,
    (indent, isInline) =>
      isInline ? printOnLine(written, style, indent) : printWritable(written, style, indent),
    style,
  );
}

function printOnLine(written: Writable, style: JsonStyle, indent: string): string {
  return written instanceof JsonSource
    ? printWritable(written, style, indent)
    : printInline(written, style);
}

/** Puts an item before the one at `index`, or at the end, on a line of its own if the others have one. */
function insertion(
  text: string,
  parent: SourceNode,
  index: number,
  print: (indent: string, isInline: boolean) => string,
  style: JsonStyle,
): TextEdit {
  const items = itemsOf(parent);
  const previous = items[index - 1];
  const next = items[index];
  const beside = previous ?? next;
  if (beside === undefined) return intoEmpty(text, parent, print, style);
  const gap = text.slice(items[items.indexOf(beside) - 1]?.end ?? parent.start + 1, beside.start);
  const isInline = !gap.includes("\n");
  const indent = indentAt(text, beside.start);
  const separator = isInline ? style.comma : `,${style.newline}${indent}`;
  const item = print(indent, isInline);
  return previous === undefined
    ? { from: beside.start, to: beside.start, insert: item + separator }
    : { from: previous.end, to: previous.end, insert: separator + item };
}

function intoEmpty(
  text: string,
  { start, end, members }: SourceNode,
  print: (indent: string, isInline: boolean) => string,
  style: JsonStyle,
): TextEdit {
  const [open, close] = members === undefined ? ["[", "]"] : ["{", "}"];
  const outer = indentAt(text, start);
  const inner = outer + style.unit;
  const insert = style.isCompact
    ? open + print(outer, true) + close
    : `${open}${style.newline}${inner}${print(inner, false)}${style.newline}${outer}${close}`;
  return { from: start, to: end, insert };
}

export function memberRemoval(parent: SourceNode, key: string): TextEdit {
  return removal(parent, parent.members?.findLastIndex((member) => member.key === key) ?? -1);
}

export function elementRemoval(parent: SourceNode, index: number): TextEdit {
  return removal(parent, index);
}

/** Takes an item out with the comma and the blanks that went with it. */
function removal(parent: SourceNode, index: number): TextEdit {
  const items = itemsOf(parent);
  const { start, end } = items[index]!;
  const previous = items[index - 1];
  const next = items[index + 1];
  if (previous !== undefined) return { from: previous.end, to: end, insert: "" };
  if (next !== undefined) return { from: start, to: next.start, insert: "" };
  return { from: parent.start + 1, to: parent.end - 1, insert: "" };
}
