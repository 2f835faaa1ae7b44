/** What the thread that decodes a Parquet file and the one that reads it say to each other. */

export interface ParquetWorkerOptions {
  /** Bytes of the file. */
  readonly size: number;
}

/** From the worker. After Rows it waits for More; after End and Fault nothing comes. */
export type FromWorker =
  | { readonly type: "Slice"; readonly id: number; readonly start: number; readonly end: number }
  /** Rows as JSON Lines, in UTF-8. */
  | { readonly type: "Rows"; readonly lines: Uint8Array }
  | { readonly type: "End" }
  /** The file is not what it should be. */
  | { readonly type: "Fault"; readonly message: string };

/** To the worker. */
export type ToWorker =
  | { readonly type: "Bytes"; readonly id: number; readonly bytes: ArrayBuffer }
  | { readonly type: "More" };
