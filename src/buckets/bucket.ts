/**
 * A bucket of S3, or a folder that stands for one. Keys, listings and errors are S3's, so that
 * readers and writers need not know which of the two they work on.
 */

/** What a listing says of an object. */
export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** With its quotation marks, as S3 has it; "" if the listing was to be without. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  readonly storageClass: string;
}

/** One object as it was when it was opened. */
export interface BucketObject {
  /** Bytes. */
  readonly size: number;
  /** Tells apart what the object was at different times. */
  readonly version: string;
  /**
   * All bytes in order. Goes on where it was when the connection breaks; throws BucketError, of kind
   * Changed if the object is not what it was.
   */
  bytes(): AsyncIterable<Uint8Array>;
  /** The bytes from `start` up to, not including, `end`; one call at a time. Throws BucketError. */
  slice(start: number, end: number): Promise<Uint8Array>;
  /** Ends what is open. */
  close(): void;
}

/** An object that is being written. It appears, whole, when `finish` resolves. */
export interface Upload {
  /** Appends bytes; resolves when there is room for more. Throws BucketError. */
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Gives up; nothing is left of it. Never throws. */
  abort(): Promise<void>;
}

export interface OpenOptions {
  readonly versionId?: string | undefined;
  /** Account that must own the bucket. */
  readonly expectedOwner?: string | undefined;
  readonly signal: AbortSignal;
}

export interface ListOptions {
  readonly prefix: string;
  readonly expectedOwner?: string | undefined;
  /** ETags cost a folder the reading of its files. */
  readonly etags: boolean;
  readonly signal: AbortSignal;
}

export interface Bucket {
  readonly name: string;
  /** Throws BucketError. */
  open(key: string, options: OpenOptions): Promise<BucketObject>;
  /** Objects in S3's order, that of their keys' UTF-8 bytes; a bounded number at a time. */
  list(options: ListOptions): AsyncIterable<readonly ListedObject[]>;
  /** Begins an object; replaces one of the same key when finished. */
  upload(key: string): Upload;
}

/**
 * Missing: no such bucket, object or version. Denied: not allowed. Changed: the object is no longer
 * what was opened. Invalid: the request cannot be carried out as it is. Unavailable: the same request
 * may succeed later.
 */
export type BucketErrorKind = "Missing" | "Denied" | "Changed" | "Invalid" | "Unavailable";

/** What kept a bucket from doing what it was asked; the message is for people, in S3's words. */
export class BucketError extends Error {
  override readonly name = "BucketError";
  readonly kind: BucketErrorKind;

  constructor(kind: BucketErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
