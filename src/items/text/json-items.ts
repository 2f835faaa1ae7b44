/**
 * A JSON file whose items are the elements of an array or the members of an object: the whole file's,
 * or those that a JSON Pointer names. Only one item is in memory at a time.
 */
import { isUtf8 } from "node:buffer";
import type { Json } from "../../json/json.ts";
import {
  type DatasetItem,
  FileFault,
  type FileReader,
  itemTooLarge,
  MAX_ITEM_BYTES,
} from "../dataset-item.ts";
import { itemValue } from "./item-json.ts";
import { JsonBytes, type More } from "./json-bytes.ts";
import { pointerTokens } from "./json-pointer.ts";

const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;

export class JsonItemsReader implements FileReader {
  readonly #bytes = new JsonBytes();
  readonly #source: string;
  readonly #pointer: string;
  /** Runs as far as the bytes reach, each time some come. */
  readonly #scan: Generator<More, void>;
  #items: DatasetItem[] = [];
  #count = 0;
  #isDone = false;

  /** Throws FileFault if the pointer is none. */
  constructor(source: string, pointer = "") {
    this.#source = source;
    this.#pointer = pointer;
    this.#scan = this.#document(pointerTokens(pointer));
  }

  push(bytes: Uint8Array): readonly DatasetItem[] {
    if (this.#isDone) return [];
    this.#bytes.append(bytes);
    return this.#goOn();
  }

  end(): readonly DatasetItem[] {
    if (this.#isDone) return [];
    this.#bytes.end();
    return this.#goOn();
  }

  #goOn(): readonly DatasetItem[] {
    this.#items = [];
    if (this.#scan.next().done === true) this.#isDone = true;
    return this.#items;
  }

  *#document(pointer: readonly string[]): Generator<More, void> {
    const bytes = this.#bytes;
    yield* bytes.skipByteOrderMark();
    for (const token of pointer) yield* this.#descend(token);
    const open = yield* bytes.peek();
    if (open === OPEN_ARRAY) yield* this.#array();
    else if (open === OPEN_OBJECT) yield* this.#object();
    else {
      const place = this.#pointer === "" ? "the file" : `what ItemsPointer ${this.#pointer} names`;
      throw new FileFault(
        `${place} is neither a JSON array nor a JSON object (at byte ${bytes.offset})`,
      );
    }
    // What stands behind nested items is not looked at.
    if (pointer.length > 0) return;
    const behind = yield* bytes.peekOrEnd();
    if (behind !== undefined) throw bytes.unexpected("the end of the file");
  }

  /** From an array or object to the element or member that the token names. */
  *#descend(token: string): Generator<More, void> {
    const bytes = this.#bytes;
    const open = yield* bytes.peek();
    if (open === OPEN_OBJECT) {
      bytes.skip();
      if ((yield* bytes.peek()) === CLOSE_OBJECT) throw this.#notFound();
      for (;;) {
        if ((yield* this.#name()) === token) return;
        yield* bytes.skipValue();
        if (yield* this.#isLast(CLOSE_OBJECT)) throw this.#notFound();
      }
    }
    if (open !== OPEN_ARRAY || !/^(?:0|[1-9]\d{0,15})$/.test(token)) throw this.#notFound();
    bytes.skip();
    if ((yield* bytes.peek()) === CLOSE_ARRAY) throw this.#notFound();
    for (let index = Number(token); index > 0; index -= 1) {
      yield* bytes.skipValue();
      if (yield* this.#isLast(CLOSE_ARRAY)) throw this.#notFound();
    }
  }

  *#array(): Generator<More, void> {
    const bytes = this.#bytes;
    bytes.skip();
    if ((yield* bytes.peek()) === CLOSE_ARRAY) return bytes.skip();
    do yield* this.#item(undefined);
    while (!(yield* this.#isLast(CLOSE_ARRAY)));
  }

  *#object(): Generator<More, void> {
    const bytes = this.#bytes;
    bytes.skip();
    if ((yield* bytes.peek()) === CLOSE_OBJECT) return bytes.skip();
    do yield* this.#item(yield* this.#name());
    while (!(yield* this.#isLast(CLOSE_OBJECT)));
  }

  *#item(key: string | undefined): Generator<More, void> {
    const bytes = this.#bytes;
    if (bytes.peekNow() === undefined) yield* bytes.peek();
    const { offset } = bytes;
    const text = bytes.valueNow(MAX_ITEM_BYTES) ?? (yield* bytes.value(MAX_ITEM_BYTES));
    if (text === undefined) throw itemTooLarge(this.#itemName(offset));
    const value = parse(text, () => this.#itemName(offset));
    this.#items.push({ item: { value, key, source: this.#source }, bytes: text.length });
    this.#count += 1;
  }

  /** The name of a member and the colon behind it. */
  *#name(): Generator<More, string> {
    const bytes = this.#bytes;
    if ((bytes.peekNow() ?? (yield* bytes.peek())) !== QUOTE) {
      throw bytes.unexpected("the name of a member");
    }
    const { offset } = bytes;
    const what = (): string => `the name of a member (at byte ${offset})`;
    const text = bytes.valueNow(MAX_ITEM_BYTES) ?? (yield* bytes.value(MAX_ITEM_BYTES));
    if (text === undefined) throw itemTooLarge(what());
    const name = parse(text, what);
    if ((bytes.peekNow() ?? (yield* bytes.peek())) !== COLON) throw bytes.unexpected("a colon");
    bytes.skip();
    return typeof name === "string" ? name : "";
  }

  /** Takes the comma before the next one, or the bracket behind the last one. */
  *#isLast(close: number): Generator<More, boolean> {
    const bytes = this.#bytes;
    const next = bytes.peekNow() ?? (yield* bytes.peek());
    if (next !== COMMA && next !== close) {
      throw bytes.unexpected(`a comma or ${String.fromCharCode(close)}`);
    }
    bytes.skip();
    return next === close;
  }

  /** For people. */
  #itemName(offset: number): string {
    return `item ${this.#count} (at byte ${offset})`;
  }

  #notFound(): FileFault {
    return new FileFault(`ItemsPointer ${this.#pointer} names nothing in the file`);
  }
}

function parse(bytes: Buffer, what: () => string): Json {
  const text = bytes.toString("utf8");
  // What is no UTF-8 becomes this character, which may also stand in the text itself.
  if (text.includes("\ufffd") && !isUtf8(bytes)) throw new FileFault(`${what()} is not UTF-8`);
  return itemValue(text, what);
}
