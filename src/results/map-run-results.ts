/** The result files of one Map Run, or of one redrive of it. */
import { type Bucket, BucketError } from "../buckets/bucket.ts";
import type { Buckets } from "../buckets/buckets.ts";
import { type ResultFiles, ResultsUnwritable, StoreUnavailable } from "../engine/ports.ts";
import type { ChildResult, ResultTarget } from "../interpreter/map-data.ts";
import { succeededFiles, writeManifest } from "./manifest.ts";
import { type ResultFile, ResultFileSeries } from "./result-file-series.ts";
import { resultEntries } from "./result-record.ts";

const KINDS = ["FAILED", "PENDING", "SUCCEEDED"] as const;
type Kind = (typeof KINDS)[number];

type Series = Readonly<Record<Kind, ResultFileSeries>>;

export class MapRunResults implements ResultFiles {
  readonly #target: ResultTarget;
  readonly #buckets: Buckets;
  readonly #maxFileBytes: number;
  #opened: Promise<{ readonly bucket: Bucket; readonly series: Series }> | undefined;

  constructor(target: ResultTarget, buckets: Buckets, maxFileBytes: number) {
    this.#target = target;
    this.#buckets = buckets;
    this.#maxFileBytes = maxFileBytes;
  }

  add(result: ChildResult): Promise<void> {
    return this.#inBucket(async () => {
      const { series } = await this.#open();
      for (const entry of resultEntries(result, this.#target.transformation)) {
        await series[kindOf(result)].add(entry);
      }
    });
  }

  finish(): Promise<{ readonly bucket: string; readonly key: string }> {
    return this.#inBucket(async () => {
      const { bucket, series } = await this.#open();
      const files: Record<Kind, readonly ResultFile[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
      for (const kind of KINDS) files[kind] = await series[kind].finish();
      const { mapRunArn, redriveCount } = this.#target;
      const earlier =
        redriveCount === 0
          ? []
          : await succeededFiles(bucket, `${this.#folder(redriveCount - 1)}manifest.json`);
      const key = `${this.#folder(redriveCount)}manifest.json`;
      await writeManifest(bucket, key, {
        bucket: bucket.name,
        mapRunArn,
        files: { ...files, SUCCEEDED: [...earlier, ...files.SUCCEEDED] },
      });
      return { bucket: bucket.name, key };
    });
  }

  async abort(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    if (opened === undefined) return;
    for (const kind of KINDS) await opened.series[kind].abort();
  }

  #open(): Promise<{ readonly bucket: Bucket; readonly series: Series }> {
    return (this.#opened ??= this.#openSeries());
  }

  async #openSeries(): Promise<{ readonly bucket: Bucket; readonly series: Series }> {
    const { outputType, redriveCount } = this.#target;
    const bucket = await this.#buckets.find(this.#target.bucket);
    const series = (kind: Kind): ResultFileSeries =>
      new ResultFileSeries({
        bucket,
        name: `${this.#folder(redriveCount)}${kind}`,
        outputType,
        maxFileBytes: this.#maxFileBytes,
      });
    return {
      bucket,
      series: {
        FAILED: series("FAILED"),
        PENDING: series("PENDING"),
        SUCCEEDED: series("SUCCEEDED"),
      },
    };
  }

  /** Where the files of a redrive are; 0: those of the Map Run before any. */
  #folder(redriveCount: number): string {
    const { prefix, uuid } = this.#target;
    const above = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
    return `${above}${uuid}/${redriveCount === 0 ? "" : `Redrive-${redriveCount}/`}`;
  }

  async #inBucket<Result>(write: () => Promise<Result>): Promise<Result> {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof BucketError)) throw error;
      const { bucket, prefix } = this.#target;
      const message = `The results of the Map Run cannot be written to s3://${bucket}/${prefix}: ${error.message}`;
      throw error.kind === "Unavailable"
        ? new StoreUnavailable(message)
        : new ResultsUnwritable(message);
    }
  }
}

function kindOf({ status }: ChildResult): Kind {
  return status === "SUCCEEDED" || status === "PENDING" ? status : "FAILED";
}
