/** A thread that decodes one Parquet file, so that big row groups hold up nobody else. */
import type { Worker } from "node:worker_threads";
import { BucketError, type BucketObject } from "../../buckets/bucket.ts";
import { startWorker } from "../../threads/start-worker.ts";
import { FileFault } from "../dataset-item.ts";
import type { FromWorker, ParquetWorkerOptions, ToWorker } from "./protocol.ts";

/** Megabytes of values; a row group of 256 MB fits. */
const HEAP_MB = 1024;
const WORKER = new URL("./parquet-worker.ts", import.meta.url);
/** Threads of a process: each may need as much memory as that. */
const MAX_THREADS = 4;

let threads = 0;

export class ParquetThread {
  readonly #worker: Worker;
  readonly #object: BucketObject;
  /** One slice at a time. */
  #slicing: Promise<void> = Promise.resolve();
  #received: Promise<Uint8Array | undefined>;
  #settle!: { resolve(lines: Uint8Array | undefined): void; reject(error: unknown): void };

  /** Throws BucketError if as many files are decoded as there may be at a time. */
  constructor(object: BucketObject) {
    if (threads >= MAX_THREADS) {
      const message = `${MAX_THREADS} Parquet files are being read; the next one has to wait`;
      throw new BucketError("Unavailable", message);
    }
    this.#object = object;
    this.#received = this.#expect();
    const workerData: ParquetWorkerOptions = { size: object.size };
    this.#worker = startWorker(WORKER, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    threads++;
    this.#worker.once("exit", () => threads--);
    this.#worker.on("message", (message: FromWorker) => this.#take(message));
    this.#worker.on("error", (error) => this.#settle.reject(faultOfThread(error)));
    this.#worker.on("exit", () => {
      this.#settle.reject(new FileFault("the thread that decodes it ended"));
    });
  }

  /** The next rows as JSON Lines; undefined behind the last ones. Throws FileFault or BucketError. */
  async next(): Promise<Uint8Array | undefined> {
    const lines = await this.#received;
    if (lines === undefined) return undefined;
    this.#received = this.#expect();
    this.#send({ type: "More" });
    return lines;
  }

  close(): void {
    void this.#worker.terminate();
  }

  #take(message: FromWorker): void {
    switch (message.type) {
      case "Rows":
        return this.#settle.resolve(message.lines);
      case "End":
        return this.#settle.resolve(undefined);
      case "Fault":
        return this.#settle.reject(new FileFault(message.message));
      case "Slice":
        this.#slicing = this.#slicing.then(() => this.#slice(message));
    }
  }

  async #slice({ id, start, end }: FromWorker & { type: "Slice" }): Promise<void> {
    try {
      if (!(start >= 0 && start <= end && end <= this.#object.size)) {
        throw new FileFault(`it is not a valid Parquet file: it has no bytes ${start} to ${end}`);
      }
      const bytes = await this.#object.slice(start, end);
      // Of small buffers the memory is shared.
      const own = new Uint8Array(bytes).buffer;
      this.#send({ type: "Bytes", id, bytes: own }, [own]);
    } catch (error) {
      this.#settle.reject(error);
    }
  }

  #send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #expect(): Promise<Uint8Array | undefined> {
    const promise = new Promise<Uint8Array | undefined>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // It may fail when nobody waits for it.
    promise.catch(() => {});
    return promise;
  }
}

function faultOfThread(error: unknown): FileFault {
  const isTooBig =
    error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  const reason = isTooBig
    ? `a row group needs more than ${HEAP_MB} MB of memory`
    : `it is not a valid Parquet file: ${error instanceof Error ? error.message : String(error)}`;
  return new FileFault(reason);
}
