/** The results that distributed Maps write to files, in folders or in S3. */
import type { Buckets } from "../buckets/buckets.ts";
import type { ResultWriters } from "../engine/ports.ts";
import { MapRunResults } from "./map-run-results.ts";

/** Bytes of one file; a quota of AWS. */
const MAX_FILE_BYTES = 5 * 1024 * 1024 * 1024;

export interface ResultWritersOptions {
  readonly buckets: Buckets;
  /** For tests; default 5 GB. */
  readonly maxFileBytes?: number | undefined;
}

export function createResultWriters(options: ResultWritersOptions): ResultWriters {
  const { buckets, maxFileBytes = MAX_FILE_BYTES } = options;
  return { open: (target) => new MapRunResults(target, buckets, maxFileBytes) };
}
