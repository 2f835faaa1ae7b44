/** JSON Lines: one JSON value a line. */
import { utf8Length } from "../../json/size.ts";
import {
  type DatasetItem,
  FileFault,
  type FileReader,
  itemTooLarge,
  MAX_ITEM_BYTES,
} from "../dataset-item.ts";
import { parseItem } from "./item-json.ts";
import { LineText } from "./line-text.ts";

/** Blank lines are no items. */
export class JsonLinesReader implements FileReader {
  readonly #text = new LineText();
  readonly #source: string;
  #line = 0;

  constructor(source: string) {
    this.#source = source;
  }

  push(bytes: Uint8Array): readonly DatasetItem[] {
    return this.#items(this.#text.push(bytes));
  }

  end(): readonly DatasetItem[] {
    return this.#items(this.#text.end());
  }

  #items(text: string): DatasetItem[] {
    const items: DatasetItem[] = [];
    for (let start = 0; start < text.length;) {
      const found = text.indexOf("\n", start);
      const end = found < 0 ? text.length : found;
      const line = text.slice(start, end);
      start = end + 1;
      this.#line += 1;
      if (!isBlank(line)) items.push(this.#item(line));
    }
    return items;
  }

  #item(line: string): DatasetItem {
    const bytes = utf8Length(line);
    if (bytes > MAX_ITEM_BYTES) throw itemTooLarge(`line ${this.#line}`);
    const parsed = parseItem(line, () => `line ${this.#line}`);
    if (!parsed.ok) {
      throw new FileFault(
        `line ${this.#line}, column ${parsed.error.column} is not valid JSON: ${parsed.message}`,
      );
    }
    const item = { value: parsed.value, key: undefined, source: this.#source };
    return { item, bytes };
  }
}

/** A carriage return before the line feed belongs to the line break. */
function isBlank(line: string): boolean {
  const first = line.charCodeAt(0);
  if (first !== 0x20 && first !== 0x09 && first !== 0x0d && line !== "") return false;
  return line.trim() === "";
}
