/** What the readers of the formats give. */
import type { SourceItem } from "../interpreter/map-data.ts";

/** An item and the bytes of JSON text, or of the file, that it takes. */
export interface DatasetItem {
  readonly item: SourceItem;
  readonly bytes: number;
}

/** What is wrong in a file, and where in it; who knows the name of the file adds it. */
export class FileFault extends Error {
  override readonly name = "FileFault";
}

/**
 * Reads one file of items piece by piece. What it gives is to be taken before the next piece: an item
 * may be made only then, since few bytes can stand for many. Throws FileFault, or ItemsUnreadable
 * with AWS's words.
 */
export interface FileReader {
  /** The items that became whole with these bytes. */
  push(bytes: Uint8Array): Iterable<DatasetItem>;
  /** The items that the end of the file makes whole. */
  end(): Iterable<DatasetItem>;
}

/** Bytes of one item; a quota of AWS. */
export const MAX_ITEM_BYTES = 8 * 1024 * 1024;

/** Bytes of one file, also when decompressed; a quota of AWS. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024 * 1024;

/** The fault of an item that exceeds AWS's quota; `what` names it: `line 3`. */
export function itemTooLarge(what: string): FileFault {
  return new FileFault(`${what} is larger than ${MAX_ITEM_BYTES} bytes (8 MB)`);
}
