/** An ItemSource over a stream of items that can only be read from the beginning. */
import { setImmediate as immediate } from "node:timers/promises";
import { BucketError } from "../buckets/bucket.ts";
import {
  type ItemPage,
  type ItemSource,
  ItemsUnreadable,
  StoreUnavailable,
} from "../engine/ports.ts";
import type { SourceItem } from "../interpreter/map-data.ts";
import type { DatasetItem } from "./dataset-item.ts";

/** Bytes of one page; a bigger item is a page of its own. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** So long a source reads on what is there before others have their turn. */
const TURN_MS = 10;

/** Begins the stream again. It ends soon after `signal` is aborted. */
export type OpenStream = (signal: AbortSignal) => AsyncIterator<readonly DatasetItem[]>;

interface OpenedStream {
  readonly batches: AsyncIterator<readonly DatasetItem[]>;
  readonly abort: AbortController;
  /** Items that were read and not yet given out, from `used` on. */
  batch: readonly DatasetItem[];
  used: number;
  /** The number of the next item. */
  position: number;
  /** When others last had their turn. */
  turnBegan: number;
}

export class PagedItems implements ItemSource {
  readonly #open: OpenStream;
  readonly #maxItems: number;
  #stream: OpenedStream | undefined;
  #isClosed = false;

  /** `maxItems` 0 or undefined: all. */
  constructor(open: OpenStream, maxItems: number | undefined) {
    this.#open = open;
    this.#maxItems = maxItems === undefined || maxItems === 0 ? Infinity : maxItems;
  }

  async read(from: number, limit: number): Promise<ItemPage> {
    if (this.#isClosed) throw new Error("the source of items is closed");
    if (from >= this.#maxItems) return { items: [], isLast: true };
    try {
      if (this.#stream !== undefined && this.#stream.position > from) this.#end();
      const stream = (this.#stream ??= this.#begin());
      const reachable = await skip(stream, from);
      return reachable
        ? await readPage(stream, Math.min(limit, this.#maxItems - from), this.#maxItems)
        : { items: [], isLast: true };
    } catch (error) {
      this.#end();
      if (error instanceof BucketError) {
        throw error.kind === "Unavailable"
          ? new StoreUnavailable(error.message)
          : new ItemsUnreadable(error.message);
      }
      throw error;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#end();
  }

  #begin(): OpenedStream {
    const abort = new AbortController();
    const batches = this.#open(abort.signal);
    return { batches, abort, batch: [], used: 0, position: 0, turnBegan: performance.now() };
  }

  #end(): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    this.#stream = undefined;
    stream.abort.abort(new Error("the source of items is closed"));
    // What is under way ends by the signal; then what it opened is closed.
    void stream.batches.return?.().catch(() => {});
  }
}

/** Goes ahead to an item; false if there are not so many. */
async function skip(stream: OpenedStream, to: number): Promise<boolean> {
  while (stream.position < to) {
    if (!(await fill(stream))) return false;
    const count = Math.min(to - stream.position, stream.batch.length - stream.used);
    stream.used += count;
    stream.position += count;
  }
  return true;
}

async function readPage(stream: OpenedStream, limit: number, maxItems: number): Promise<ItemPage> {
  const items: SourceItem[] = [];
  let bytes = 0;
  while (items.length < limit) {
    if (!(await fill(stream))) return { items, isLast: true };
    const next = stream.batch[stream.used]!;
    if (items.length > 0 && bytes + next.bytes > MAX_PAGE_BYTES) return { items, isLast: false };
    items.push(next.item);
    bytes += next.bytes;
    stream.used += 1;
    stream.position += 1;
  }
  return { items, isLast: stream.position >= maxItems || !(await fill(stream)) };
}

/** Whether there is a next item. */
async function fill(stream: OpenedStream): Promise<boolean> {
  while (stream.used === stream.batch.length) {
    if (performance.now() - stream.turnBegan > TURN_MS) {
      await immediate();
      stream.turnBegan = performance.now();
    }
    const next = await stream.batches.next();
    // The end of what was closed is not the end of the items.
    stream.abort.signal.throwIfAborted();
    if (next.done === true) return false;
    stream.batch = next.value;
    stream.used = 0;
  }
  return true;
}
