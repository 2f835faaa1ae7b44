/** Delimited files: each row below the headers is an object of texts. */
import type { Json } from "../../json/json.ts";
import { ItemsUnreadable } from "../../engine/ports.ts";
import type { ItemQuery } from "../../interpreter/map-data.ts";
import { setMember } from "../../json/kind.ts";
import { utf8Length } from "../../json/size.ts";
import {
  type DatasetItem,
  FileFault,
  type FileReader,
  itemTooLarge,
  MAX_ITEM_BYTES,
} from "../dataset-item.ts";
import { type CsvRecord, CsvRecords } from "./csv-records.ts";
import { hashOrder } from "./hash-order.ts";
import { LineText } from "./line-text.ts";

/** Bytes of all headers; a quota of AWS. */
const MAX_HEADER_BYTES = 10 * 1024;

const DELIMITERS: Readonly<Record<NonNullable<ItemQuery["csvDelimiter"]>, string>> = {
  COMMA: ",",
  PIPE: "|",
  SEMICOLON: ";",
  SPACE: " ",
  TAB: "\t",
};

export interface CsvOptions {
  /** Undefined: the first row has them. */
  readonly headers: readonly string[] | undefined;
  /** Undefined: COMMA. */
  readonly delimiter: ItemQuery["csvDelimiter"];
}

/** A row that is shorter than the headers gets empty texts, what a longer one has more is dropped. */
export class CsvReader implements FileReader {
  readonly #text = new LineText();
  readonly #records: CsvRecords;
  readonly #source: string;
  #headers: readonly string[] | undefined;
  /** Which header is the first member of an item, the second, ... */
  #order: readonly number[] = [];

  /** Throws FileFault if the headers cannot be used. */
  constructor(source: string, options: CsvOptions) {
    this.#source = source;
    this.#records = new CsvRecords(DELIMITERS[options.delimiter ?? "COMMA"]);
    // One more than there can be without duplicates.
    this.#records.maxFields = MAX_HEADER_BYTES + 2;
    if (options.headers !== undefined) this.#useHeaders(options.headers);
  }

  *push(bytes: Uint8Array): Generator<DatasetItem> {
    const text = this.#text.push(bytes);
    if (text !== "") yield* this.#items(this.#records.push(text));
  }

  *end(): Generator<DatasetItem> {
    yield* this.#items(this.#records.push(this.#text.end()));
    yield* this.#items(this.#records.end());
  }

  /** One at a time: a short row below many headers becomes a big item. */
  *#items(records: readonly CsvRecord[]): Generator<DatasetItem> {
    for (const record of records) {
      if (this.#headers === undefined) this.#useHeaders(record.fields);
      else yield this.#item(record, this.#headers);
    }
  }

  #item({ fields, line, length }: CsvRecord, headers: readonly string[]): DatasetItem {
    const value: { [key: string]: Json } = {};
    let bytes = length;
    for (const index of this.#order) {
      const field = fields[index] ?? "";
      setMember(value, headers[index]!, field);
      // As JSON, roughly.
      bytes += headers[index]!.length + 6;
    }
    // A unit has at most three bytes.
    if (bytes > MAX_ITEM_BYTES / 3 && fields.reduce(addBytes, 0) > MAX_ITEM_BYTES) {
      throw itemTooLarge(`the row in line ${line}`);
    }
    return { item: { value, key: undefined, source: this.#source }, bytes };
  }

  #useHeaders(headers: readonly string[]): void {
    if (headers.reduce(addBytes, 0) > MAX_HEADER_BYTES) {
      throw new FileFault(`the CSV headers are larger than ${MAX_HEADER_BYTES} bytes (10 KB)`);
    }
    // AWS's words.
    if (new Set(headers).size < headers.length) {
      throw new ItemsUnreadable("CSV headers cannot contain duplicates.");
    }
    this.#headers = headers;
    this.#records.maxFields = headers.length;
    this.#order = hashOrder(headers);
  }
}

function addBytes(sum: number, text: string): number {
  return sum + utf8Length(text);
}
