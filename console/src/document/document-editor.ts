/**
 * Edits a JSON document by its structure and its text at once: only what is meant changes, while order,
 * blanks, number literals and whatever else stands there survive.
 */
import type { Json, JsonObject } from "../../../src/json/json.ts";
import { jsonEquals } from "../../../src/json/equal.ts";
import { isArray, isObject } from "../../../src/json/kind.ts";
import { numberText, isNumber } from "../../../src/json/number.ts";
import {
  valueAt,
  withElement,
  withMember,
  withMovedElement,
  withoutValue,
  withRenamedMember,
  withValue,
} from "./change-value.ts";
import type { JsonPath } from "./json-path.ts";
import { JsonSource, valueOf, type Writable } from "./json-source.ts";
import { indentAt, reindent, styleOf, type JsonStyle } from "./json-style.ts";
import { memberOf, nodeAt, readTree, type JsonDocument, type SourceNode } from "./source-tree.ts";
import {
  elementInsertion,
  elementRemoval,
  memberInsertion,
  memberRemoval,
  printWritable,
} from "./structure-edits.ts";
import { applyEdits, differenceOf, invertEdits, type TextEdit } from "./text-edit.ts";

/** Edits that are made at once, and those that take them back. */
export interface EditBatch {
  readonly edits: readonly TextEdit[];
  readonly inverse: readonly TextEdit[];
}

export interface SetOptions {
  /** Name of the member that a new one is put before, or the first that is there of several. */
  readonly before?: readonly string[];
}

export class DocumentEditor {
  #text: string;
  #value: Json;
  #root: SourceNode | undefined;
  readonly #batches: EditBatch[] = [];

  constructor({ text, value, root }: JsonDocument) {
    this.#text = text;
    this.#value = value;
    this.#root = root;
  }

  get text(): string {
    return this.#text;
  }

  get value(): Json {
    return this.#value;
  }

  /** What was done so far, in order. */
  get batches(): readonly EditBatch[] {
    return this.#batches;
  }

  get(path: JsonPath): Json | undefined {
    return valueAt(this.#value, path);
  }

  /** The value at `path` as it is written, or undefined. */
  source(path: JsonPath): JsonSource | undefined {
    const node = nodeAt(this.#tree(), path);
    return node && JsonSource.read(sourceText(this.#text, node));
  }

  /**
   * Sets a member or an element. What it is in must exist; a member that is there is changed only where it
   * differs, and stays where it is.
   */
  set(path: JsonPath, written: Writable, options: SetOptions = {}): void {
    const node = nodeAt(this.#tree(), path);
    if (node === undefined) this.#add(path, written, options);
    else if (written instanceof JsonSource) this.#replace([[path, written]]);
    else this.#change(path, written);
  }

  /** Sets values that exist and are in different places, at once. */
  setAll(entries: readonly (readonly [JsonPath, Json])[]): void {
    this.#replace(entries.filter(([path, value]) => !isSame(this.get(path), value)));
  }

  /** Takes a member or an element out, if it is there. */
  remove(path: JsonPath): void {
    const step = path.at(-1);
    if (step === undefined || this.get(path) === undefined) return;
    const parent = (): SourceNode => nodeAt(this.#tree(), path.slice(0, -1))!;
    if (typeof step === "number") this.#commit([elementRemoval(parent(), step)]);
    else {
      // A name may stand there twice.
      for (; memberOf(parent(), step) !== undefined;) {
        this.#commit([memberRemoval(parent(), step)]);
      }
    }
    this.#value = withoutValue(this.#value, path);
  }

  /** Puts an element before the one at `path`, or at the end. */
  insert(path: JsonPath, written: Writable): void {
    const parent = nodeAt(this.#tree(), path.slice(0, -1));
    if (parent?.elements === undefined) throw new Error("An element belongs into an array");
    const index = Math.min(Number(path.at(-1)), parent.elements.length);
    this.#commit([elementInsertion(this.#text, parent, index, written, this.#style())]);
    this.#value = withElement(this.#value, [...path.slice(0, -1), index], valueOf(written));
  }

  /** Moves the element at `path` to the index `to` of its array. */
  move(path: JsonPath, to: number): void {
    const parent = nodeAt(this.#tree(), path.slice(0, -1));
    const elements = parent?.elements ?? [];
    const from = Number(path.at(-1));
    if (from === to || elements[from] === undefined || elements[to] === undefined) return;
    const texts = elements.map(({ start, end }) => this.#text.slice(start, end));
    const moved = texts.toSpliced(from, 1).toSpliced(to, 0, texts[from]!);
    this.#commit(
      elements.flatMap(({ start, end }, index) =>
        moved[index] === texts[index] ? [] : [{ from: start, to: end, insert: moved[index]! }],
      ),
    );
    this.#value = withMovedElement(this.#value, path, to);
  }

  /** Gives a member another name, which no other one beside it must have. */
  rename(path: JsonPath, name: string): void {
    const key = path.at(-1);
    const parent = nodeAt(this.#tree(), path.slice(0, -1));
    if (key === name || parent?.members === undefined) return;
    if (memberOf(parent, name) !== undefined) throw new Error(`There is a '${name}' already`);
    this.#commit(
      parent.members
        .filter((member) => member.key === key)
        .map(({ keyStart, keyEnd }) => ({
          from: keyStart,
          to: keyEnd,
          insert: JSON.stringify(name),
        })),
    );
    this.#value = withRenamedMember(this.#value, path, name);
  }

  #add(path: JsonPath, written: Writable, { before = [] }: SetOptions): void {
    const key = path.at(-1);
    const parent = nodeAt(this.#tree(), path.slice(0, -1));
    if (parent === undefined) throw new Error("What the value belongs into does not exist");
    if (typeof key === "number") {
      this.insert(path, written);
      return;
    }
    const name = key ?? "";
    const next = before.find((one) => memberOf(parent, one) !== undefined);
    this.#commit([memberInsertion(this.#text, parent, { name, next, written }, this.#style())]);
    this.#value = withMember(this.#value, path, valueOf(written), next);
  }

  /** Goes down to what differs. */
  #change(path: JsonPath, value: Json): void {
    const old = this.get(path);
    if (isSame(old, value)) return;
    if (isObject(old) && isObject(value)) this.#changeObject(path, old, value);
    else if (isArray(old) && isArray(value) && old.length === value.length) {
      for (const [index, one] of value.entries()) this.#change([...path, index], one);
    } else this.#replace([[path, value]]);
  }

  #changeObject(path: JsonPath, old: JsonObject, value: JsonObject): void {
    for (const key of Object.keys(old)) {
      if (!Object.hasOwn(value, key)) this.remove([...path, key]);
    }
    const keys = Object.keys(value);
    for (const [index, key] of keys.entries()) {
      const inner = [...path, key];
      if (Object.hasOwn(old, key)) this.#change(inner, value[key]!);
      else this.#add(inner, value[key]!, { before: keys.slice(index + 1) });
    }
  }

  /** Writes other text in the place of values that exist. */
  #replace(entries: readonly (readonly [JsonPath, Writable])[]): void {
    const edits = entries.flatMap(([path, written]) => {
      const { start, end } = nodeAt(this.#tree(), path)!;
      const indent = indentAt(this.#text, start);
      const edit = differenceOf(
        this.#text.slice(start, end),
        printWritable(written, this.#style(), indent),
      );
      if (edit === undefined) return [];
      return [{ from: edit.from + start, to: edit.to + start, insert: edit.insert }];
    });
    this.#commit(edits.toSorted((a, b) => a.from - b.from));
    for (const [path, written] of entries) {
      this.#value = withValue(this.#value, path, valueOf(written));
    }
  }

  #commit(edits: readonly TextEdit[]): void {
    if (edits.length === 0) return;
    this.#batches.push({ edits, inverse: invertEdits(this.#text, edits) });
    this.#text = applyEdits(this.#text, edits);
    this.#root = undefined;
  }

  #tree(): SourceNode {
    this.#root ??= readTree(this.#text);
    return this.#root;
  }

  #style(): JsonStyle {
    return styleOf(this.#text, this.#tree());
  }
}

/** Equal, and numbers written alike: `1` is not `1.0` here. */
function isSame(a: Json | undefined, b: Json): boolean {
  if (a === undefined || !jsonEquals(a, b)) return false;
  if (isNumber(a) && isNumber(b)) return numberText(a) === numberText(b);
  if (isArray(a) && isArray(b)) return a.every((one, index) => isSame(one, b[index]!));
  if (!isObject(a) || !isObject(b)) return true;
  return Object.entries(a).every(([key, one]) => isSame(one, b[key]!));
}

/** A value as it is written in `text`, with its own indentation only. */
export function sourceText(text: string, { start, end }: SourceNode): string {
  return reindent(text.slice(start, end), indentAt(text, start), "", "\n");
}
