/** The files of one kind of results: `SUCCEEDED_0.json`, `SUCCEEDED_1.json`, ... */
import type { Bucket, Upload } from "../buckets/bucket.ts";
import type { ResultTarget } from "../interpreter/map-data.ts";
import type { Json } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";

/** Entries are handed on in pieces of about this size. */
const PIECE_BYTES = 64 * 1024;

export interface ResultFile {
  readonly Key: string;
  /** Bytes. */
  readonly Size: number;
}

export interface ResultFileOptions {
  readonly bucket: Bucket;
  /** Folder and beginning of the name: `results/UUID/SUCCEEDED`. */
  readonly name: string;
  readonly outputType: ResultTarget["outputType"];
  /** A file gets no entry that would make it bigger; one that is bigger itself is alone in a file. */
  readonly maxFileBytes: number;
}

/** A file is begun with its first entry, so there is none without. */
export class ResultFileSeries {
  readonly #options: ResultFileOptions;
  readonly #files: ResultFile[] = [];
  #upload: Upload | undefined;
  /** Bytes of the file so far. */
  #size = 0;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;

  constructor(options: ResultFileOptions) {
    this.#options = options;
  }

  /** Throws BucketError. */
  async add(entry: Json): Promise<void> {
    const { bucket, outputType, maxFileBytes } = this.#options;
    const text = stringify(entry);
    const isLines = outputType === "JSONL";
    const length = Buffer.byteLength(text) + 1;
    if (this.#upload !== undefined && this.#size + length + 1 > maxFileBytes) await this.#close();
    const isFirst = this.#upload === undefined;
    this.#upload ??= bucket.upload(this.#key());
    await this.#write(isLines ? `${text}\n` : `${isFirst ? "[" : ","}${text}`);
  }

  /** The finished files, in order. Throws BucketError. */
  async finish(): Promise<readonly ResultFile[]> {
    if (this.#upload !== undefined) await this.#close();
    return this.#files;
  }

  /** Leaves no part of a file behind. */
  async abort(): Promise<void> {
    await this.#upload?.abort();
    this.#upload = undefined;
  }

  async #close(): Promise<void> {
    if (this.#options.outputType === "JSON") await this.#write("]");
    await this.#flush();
    await this.#upload?.finish();
    this.#files.push({ Key: this.#key(), Size: this.#size });
    this.#upload = undefined;
    this.#size = 0;
  }

  async #write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    this.#pieces.push(bytes);
    this.#pieceBytes += bytes.length;
    this.#size += bytes.length;
    if (this.#pieceBytes >= PIECE_BYTES) await this.#flush();
  }

  async #flush(): Promise<void> {
    const piece = Buffer.concat(this.#pieces, this.#pieceBytes);
    this.#pieces = [];
    this.#pieceBytes = 0;
    if (piece.length > 0) await this.#upload?.write(piece);
  }

  /** Of the current file. */
  #key(): string {
    const { name, outputType } = this.#options;
    return `${name}_${this.#files.length}.${outputType === "JSON" ? "json" : "jsonl"}`;
  }
}
