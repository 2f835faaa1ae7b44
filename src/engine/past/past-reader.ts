/** Folds the past of executions up to some event of theirs. */
import type { Event } from "../../interpreter/event.ts";
import type { Execution } from "../../interpreter/execution.ts";
import { publicEvent } from "../../interpreter/history-event.ts";
import { replayWhile } from "../../interpreter/replay.ts";
import { snapshotOf, type ExecutionSnapshot } from "../../interpreter/snapshot.ts";
import { decodeDetails } from "../execution-details.ts";
import type { ForkOrigin } from "../execution-details.ts";
import type { ExecutionLoader } from "../execution-loader.ts";
import type { ExecutionReader } from "../execution-reader.ts";
import type { ExecutionRecord, Store } from "../ports.ts";

export interface PastReaderParts {
  readonly store: Pick<Store, "readJournal">;
  readonly loader: Pick<ExecutionLoader, "blank">;
  readonly reader: Pick<ExecutionReader, "find">;
}

/** Rows read at a time, so that other work gets its turn in between. */
const ROWS_PER_PAGE = 100;
/** Of an execution with more lines of control at a time the first ones are told. */
const MAX_FRAMES = 1_000;

/** Where an execution comes from. */
export interface ExecutionOrigin {
  /** Undefined: its past is its own. */
  readonly forkedFrom: ForkOrigin | undefined;
  /** The test case whose mocked answers its tasks get; undefined: none. */
  readonly testCase: string | undefined;
}

export class PastReader {
  readonly #parts: PastReaderParts;

  constructor(parts: PastReaderParts) {
    this.#parts = parts;
  }

  /**
   * A STANDARD execution as it was right after its event `eventId`, or as it is if it has fewer
   * events. Undefined: no such execution.
   */
  async snapshot(arn: string, eventId: number): Promise<ExecutionSnapshot | undefined> {
    const record = await this.#parts.reader.find(arn);
    if (record === undefined) return undefined;
    const execution = await this.#parts.loader.blank(record);
    const isHidden = (event: Event): boolean => publicEvent(event, execution) === undefined;
    await this.foldWhile(
      record,
      execution,
      // What belongs to the event but has none of its own, such as until when a Wait waits.
      (event, at) =>
        execution.lastEventId < eventId || (at === execution.lastAt && isHidden(event)),
    );
    return snapshotOf(execution, MAX_FRAMES);
  }

  /** Undefined: no such STANDARD execution. Rejects with StoreUnavailable. */
  async origin(arn: string): Promise<ExecutionOrigin | undefined> {
    const record = await this.#parts.reader.find(arn);
    if (record === undefined) return undefined;
    const { forkedFrom, testCase } = decodeDetails(record.details);
    return { forkedFrom, testCase };
  }

  /**
   * Folds the journal as long as `takes` agrees to the next event, which happened `at` (epoch ms); it
   * is asked before each.
   */
  async foldWhile(
    record: ExecutionRecord,
    execution: Execution,
    takes: (event: Event, at: number) => boolean,
  ): Promise<void> {
    for (let read = 0; ; read += ROWS_PER_PAGE) {
      const page = await this.#parts.store.readJournal(record.id, read, ROWS_PER_PAGE);
      for (const { body, at } of page) {
        if (!replayWhile(execution, body, at, (event) => takes(event, at))) return;
      }
      if (page.length < ROWS_PER_PAGE) return;
    }
  }
}
