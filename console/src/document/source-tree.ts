/** The structure of a JSON text, with the place of each value in it. */
import { parseJson } from "../../../src/json/parse.ts";
import type { Json } from "../../../src/json/json.ts";
import type { JsonPath } from "./json-path.ts";

/** A value in the text, from offset `start` up to `end`. */
export interface SourceNode {
  readonly start: number;
  readonly end: number;
  /** Of an object, in the order of the text; a name that stands there twice counts the last time. */
  readonly members?: readonly SourceMember[];
  /** Of an array. */
  readonly elements?: readonly SourceNode[];
}

export interface SourceMember {
  readonly key: string;
  /** Where the name stands, with its quotes. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly node: SourceNode;
}

/** A text that is JSON. */
export interface JsonDocument {
  readonly text: string;
  readonly value: Json;
  readonly root: SourceNode;
}

/** Undefined: the text is no JSON. */
export function readDocument(text: string): JsonDocument | undefined {
  const parsed = parseJson(text);
  if (!parsed.ok) return undefined;
  return { text, value: parsed.value, root: readTree(text) };
}

/** `text` must be JSON. */
export function readTree(text: string): SourceNode {
  return new TreeReader(text).value();
}

export function nodeAt(root: SourceNode, path: JsonPath): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const step of path) {
    node = typeof step === "number" ? node?.elements?.[step] : node && memberOf(node, step)?.node;
  }
  return node;
}

export function memberOf(node: SourceNode, key: string): SourceMember | undefined {
  return node.members?.findLast((member) => member.key === key);
}

/** The innermost value that the character at `offset` belongs to; a name belongs to its value. */
export function pathAt(root: SourceNode, offset: number): JsonPath {
  const path: (string | number)[] = [];
  let node: SourceNode | undefined = root;
  while (node !== undefined) {
    const member: SourceMember | undefined = node.members?.find(
      (one) => one.keyStart <= offset && offset <= one.node.end,
    );
    const index: number =
      node.elements?.findIndex((one) => one.start <= offset && offset <= one.end) ?? -1;
    if (member !== undefined) path.push(member.key);
    else if (index >= 0) path.push(index);
    node = member?.node ?? node.elements?.[index];
  }
  return path;
}

/**
 * The place that a location of src/asl names, as far as it leads: of a field that is missing it is
 * the object that lacks it. Names may hold `/` and `[`, so every way is tried.
 */
export function resolveLocation(root: SourceNode, location: string | undefined): JsonPath {
  const wanted = location === undefined || location === "/" ? "" : location;
  return follow(root, wanted, []).path;
}

function follow(
  node: SourceNode,
  location: string,
  path: JsonPath,
): { readonly path: JsonPath; readonly left: number } {
  let best = { path, left: location.length };
  if (location === "") return best;
  const consider = (step: string | number, text: string, inner: SourceNode): void => {
    if (!location.startsWith(text)) return;
    const rest = location.slice(text.length);
    if (rest !== "" && rest[0] !== "/" && rest[0] !== "[") return;
    const found = follow(inner, rest, [...path, step]);
    if (found.left < best.left) best = found;
  };
  for (const { key, node: inner } of node.members ?? []) consider(key, `/${key}`, inner);
  const index = /^\[(\d+)\]/.exec(location)?.[1];
  const element = index === undefined ? undefined : node.elements?.[Number(index)];
  if (element !== undefined) consider(Number(index), `[${index}]`, element);
  return best;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;

/** Reads texts that are known to be JSON: it looks only at what tells the structure. */
class TreeReader {
  readonly #text: string;
  #index = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): SourceNode {
    this.#blanks();
    const start = this.#index;
    switch (this.#text.charCodeAt(start)) {
      case OPEN_OBJECT:
        return this.#object(start);
      case OPEN_ARRAY:
        return this.#array(start);
      case QUOTE:
        this.#string();
        break;
      default:
        this.#word();
    }
    return { start, end: this.#index };
  }

  #object(start: number): SourceNode {
    const members: SourceMember[] = [];
    this.#index += 1;
    this.#blanks();
    while (this.#text.charCodeAt(this.#index) !== CLOSE_OBJECT) {
      const keyStart = this.#index;
      this.#string();
      const keyEnd = this.#index;
      this.#blanks();
      this.#index += 1;
      const node = this.value();
      members.push({ key: this.#key(keyStart, keyEnd), keyStart, keyEnd, node });
      this.#separator();
    }
    this.#index += 1;
    return { start, end: this.#index, members };
  }

  #array(start: number): SourceNode {
    const elements: SourceNode[] = [];
    this.#index += 1;
    this.#blanks();
    while (this.#text.charCodeAt(this.#index) !== CLOSE_ARRAY) {
      elements.push(this.value());
      this.#separator();
    }
    this.#index += 1;
    return { start, end: this.#index, elements };
  }

  #key(start: number, end: number): string {
    const inside = this.#text.slice(start + 1, end - 1);
    return inside.includes("\\") ? String(JSON.parse(`"${inside}"`)) : inside;
  }

  #separator(): void {
    this.#blanks();
    if (this.#text.charCodeAt(this.#index) !== COMMA) return;
    this.#index += 1;
    this.#blanks();
  }

  #string(): void {
    for (;;) {
      this.#index += 1;
      const code = this.#text.charCodeAt(this.#index);
      if (code === BACKSLASH) this.#index += 1;
      else if (code === QUOTE) break;
    }
    this.#index += 1;
  }

  #word(): void {
    while (this.#index < this.#text.length && !this.#isDelimiter()) this.#index += 1;
  }

  #isDelimiter(): boolean {
    const code = this.#text.charCodeAt(this.#index);
    return code <= 0x20 || code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY;
  }

  #blanks(): void {
    while (this.#index < this.#text.length && this.#text.charCodeAt(this.#index) <= 0x20) {
      this.#index += 1;
    }
  }
}
