/** What a distributed Map reads its items from and writes its results to, with all fields evaluated. */
import type { Json, JsonObject } from "../json/json.ts";

/** Where the items are. The same query gives the same items as long as the objects stay as they are. */
export interface ItemQuery {
  readonly operation: "getObject" | "listObjectsV2";
  /** `Parameters` or `Arguments` of the ItemReader: Bucket, Key or Prefix, VersionId, ... */
  readonly parameters: JsonObject;
  readonly inputType: "MANIFEST" | "JSON" | "CSV" | "JSONL" | "PARQUET" | undefined;
  readonly csvHeaderLocation: "FIRST_ROW" | "GIVEN" | undefined;
  readonly csvHeaders: readonly string[] | undefined;
  readonly csvDelimiter: "COMMA" | "PIPE" | "SEMICOLON" | "SPACE" | "TAB" | undefined;
  /** JSON Pointer to the items in a JSON file. */
  readonly itemsPointer: string | undefined;
  readonly manifestType: "ATHENA_DATA" | "S3_INVENTORY" | undefined;
  /** LOAD_AND_FLATTEN: the items of listed objects, not the objects. */
  readonly transformation: "NONE" | "LOAD_AND_FLATTEN" | undefined;
  /** No more items than this; undefined or, as recorded from AWS, 0: all. */
  readonly maxItems: number | undefined;
}

/** One item and what the context object says of it. */
export interface SourceItem {
  readonly value: Json;
  /** Name of the member if the items are those of an object. */
  readonly key: string | undefined;
  /** `$$.Map.Item.Source`: the URI of the object it was read from. */
  readonly source: string;
}

/** Where and how results are exported. */
export interface ResultTarget {
  readonly bucket: string;
  readonly prefix: string;
  readonly outputType: "JSON" | "JSONL";
  readonly transformation: "NONE" | "COMPACT" | "FLATTEN";
  readonly mapRunArn: string;
  /** Names the folder below the prefix: writing again after a crash replaces the files. */
  readonly uuid: string;
  /**
   * How often the Map Run was redriven. Recorded from AWS: the files of redrive N, also its manifest, are
   * in `PREFIX/UUID/Redrive-N/` and hold only the results of that redrive; its manifest names the
   * SUCCEEDED files of all manifests before it, too (they are in `PREFIX/UUID/` and `.../Redrive-M/`).
   */
  readonly redriveCount: number;
}

/**
 * What became of one child execution, for the result files. Recorded from AWS: an entry PENDING has
 * `Input`, `InputDetails` and `Status` only; those of EXPRESS children (`:express:` in the ARN) have no
 * `RedriveStatus` and no `RedriveStatusReason`.
 */
export interface ChildResult {
  /** "" if PENDING, like the name. */
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  /** PENDING: it was never started. */
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING";
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number | undefined;
  readonly stoppedAt: number | undefined;
  readonly redriveCount: number;
}
