/** Items and result files in memory, which can be made to fail. */
import {
  ItemsUnreadable,
  ResultsUnwritable,
  StoreUnavailable,
  type ItemPage,
  type ItemSource,
  type ItemSources,
  type ResultFiles,
  type ResultWriters,
} from "../../src/engine/ports.ts";
import type {
  ChildResult,
  ItemQuery,
  ResultTarget,
  SourceItem,
} from "../../src/interpreter/map-data.ts";
import type { Json } from "../../src/json/json.ts";

export class FakeItems implements ItemSources {
  items: SourceItem[];
  /** Most items of a page. */
  pageItems = 3;
  /** Message of ItemsUnreadable. */
  unreadable: string | undefined = undefined;
  /** So many reads meet an unreachable bucket. */
  unreachable = 0;
  /** While set, reads from later than the beginning wait for it. */
  gate: Promise<void> | undefined = undefined;
  readonly queries: ItemQuery[] = [];
  /** Where each page began. */
  readonly reads: number[] = [];
  opened = 0;
  closed = 0;

  constructor(values: readonly Json[]) {
    this.items = values.map((value) => ({ value, key: undefined, source: "S3://b/k" }));
  }

  open(query: ItemQuery): ItemSource {
    this.queries.push(query);
    this.opened++;
    let isBusy = false;
    const read = async (from: number, limit: number): Promise<ItemPage> => {
      if (isBusy) throw new Error("two reads at a time");
      isBusy = true;
      await new Promise((resolve) => setImmediate(resolve));
      if (from > 0 && this.gate !== undefined) await this.gate;
      isBusy = false;
      if (this.unreachable > 0) {
        this.unreachable--;
        throw new StoreUnavailable("the bucket cannot be reached");
      }
      if (this.unreadable !== undefined) throw new ItemsUnreadable(this.unreadable);
      this.reads.push(from);
      const end = from + Math.min(limit, this.pageItems);
      return { items: this.items.slice(from, end), isLast: end >= this.items.length };
    };
    return { read, close: () => void this.closed++ };
  }
}

/** What was written to one manifest. */
export interface WrittenFiles {
  readonly target: ResultTarget;
  readonly results: readonly ChildResult[];
}

export class FakeResults implements ResultWriters {
  /** By the key of the manifest. */
  readonly written = new Map<string, WrittenFiles>();
  unwritable: string | undefined = undefined;
  /** So many times the bucket cannot be reached when the files are finished. */
  unreachable = 0;
  aborted = 0;

  open(target: ResultTarget): ResultFiles {
    const results: ChildResult[] = [];
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    return {
      add: async (result) => {
        await settle();
        results.push(result);
      },
      finish: async () => {
        await settle();
        if (this.unwritable !== undefined) throw new ResultsUnwritable(this.unwritable);
        if (this.unreachable > 0) {
          this.unreachable--;
          throw new StoreUnavailable("the bucket cannot be reached");
        }
        const { bucket, prefix, uuid, redriveCount } = target;
        const folder = redriveCount === 0 ? "" : `Redrive-${redriveCount}/`;
        const key = `${prefix}/${uuid}/${folder}manifest.json`;
        this.written.set(key, { target, results });
        return { bucket, key };
      },
      abort: async () => {
        await settle();
        this.aborted++;
      },
    };
  }
}
