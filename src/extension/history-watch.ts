/** One client's view of one execution's history: every event once, in order, as it happens. */
import type { ExecutionService } from "../engine/execution-service.ts";
import type { HistoryEvent } from "../interpreter/history.ts";

/** Events that are read at once from the store, and sent in one message at most. */
const PAGE = 100;

export interface HistoryWatchParts {
  readonly executionArn: string;
  /** Id of the last event that the client has; 0: none. */
  readonly afterEventId: number;
  readonly history: ExecutionService["history"];
  /** Whether the client does not keep up. */
  readonly isBlocked: () => boolean;
  readonly send: (events: readonly HistoryEvent[]) => void;
  /** The store cannot be read, or there is no such execution any more. */
  readonly failed: (error: unknown) => void;
}

/**
 * Keeps no events. What follows the last event that was sent is passed on at once; whenever there
 * is a gap (at the beginning, after the client was slow, after something was not told), the events
 * are read from the durable history instead.
 */
export class HistoryWatch {
  readonly #parts: HistoryWatchParts;
  #lastEventId: number;
  #isReading = false;
  /** Something happened that has not been sent. */
  #isBehind = true;
  #isClosed = false;

  constructor(parts: HistoryWatchParts) {
    this.#parts = parts;
    this.#lastEventId = parts.afterEventId;
  }

  /** Events that are durable now. */
  offer(events: readonly HistoryEvent[]): void {
    const follows = events[0]?.id === this.#lastEventId + 1;
    if (follows && !this.#isReading && !this.#isBehind && !this.#parts.isBlocked()) {
      this.#send(events);
    } else {
      this.#isBehind = true;
      this.catchUp();
    }
  }

  /** To be called at the beginning and when the client reads again. */
  catchUp(): void {
    if (!this.#isReading) void this.#read();
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Reads until nothing is missing or the client is blocked. Never rejects. */
  async #read(): Promise<void> {
    const { executionArn, history, isBlocked } = this.#parts;
    this.#isReading = true;
    try {
      while (this.#isBehind && !isBlocked() && !this.#isClosed) {
        this.#isBehind = false;
        const page = { afterId: this.#lastEventId, limit: PAGE, reverse: false };
        const found = await history(executionArn, page);
        if (this.#isClosed) return;
        if (found === undefined) throw new Error("the execution does not exist");
        if (found.events.length > 0) this.#send(found.events);
        if (found.lastId > this.#lastEventId) this.#isBehind = true;
      }
    } catch (error) {
      this.close();
      this.#parts.failed(error);
    } finally {
      // In the same turn in which the loop found nothing to do: nothing can come up in between.
      this.#isReading = false;
    }
  }

  #send(events: readonly HistoryEvent[]): void {
    if (this.#isClosed) return;
    for (let from = 0; from < events.length; from += PAGE) {
      this.#parts.send(events.slice(from, from + PAGE));
    }
    this.#lastEventId = events.at(-1)!.id;
  }
}
