/** Reads items for Map Runs whose states have an ItemReader: one source a run, a page at a time. */
import type { Command } from "../interpreter/command.ts";
import type { Signal } from "../interpreter/signal.ts";
import type { EngineLog } from "./engine-log.ts";
import type { LiveExecution } from "./live-execution.ts";
import { ItemsUnreadable, StoreUnavailable } from "./ports.ts";
import type { Clock, ItemSource, ItemSources } from "./ports.ts";
import type { SignalSink } from "./signal-sink.ts";

/** Milliseconds until a page is asked for again when a bucket cannot be reached; doubled each time. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;

export interface ItemReadingParts {
  /** Undefined: this server reads no items. */
  readonly sources: ItemSources | undefined;
  readonly sink: SignalSink;
  readonly clock: Clock;
  readonly log: EngineLog;
}

type ReadItems = Extract<Command, { type: "ReadItems" }>;

/** The source of one Map Run. */
interface Reading {
  readonly source: ItemSource;
  /** The read under way; a source takes one at a time. */
  last: Promise<void>;
  isClosed: boolean;
}

export class ItemReading {
  readonly #parts: ItemReadingParts;
  /** By execution, then by the run's start. */
  readonly #readings = new Map<number, Map<number, Reading>>();
  #stopped = false;

  constructor(parts: ItemReadingParts) {
    this.#parts = parts;
  }

  /** Answers with ItemsRead or ItemsFailed, unless the run is over before. */
  read(live: LiveExecution, command: ReadItems): void {
    if (this.#stopped) return;
    const { sources } = this.#parts;
    if (sources === undefined) {
      return this.#fail(live, command, "This server has no access to data of an ItemReader");
    }
    const { startedEventId } = command.run.id;
    let ofExecution = this.#readings.get(live.id);
    if (ofExecution === undefined) this.#readings.set(live.id, (ofExecution = new Map()));
    let reading = ofExecution.get(startedEventId);
    if (reading === undefined) {
      const source = sources.open(command.query);
      reading = { source, last: Promise.resolve(), isClosed: false };
      ofExecution.set(startedEventId, reading);
    }
    const open = reading;
    open.last = open.last.then(() => this.#page(live, open, command, FIRST_DELAY));
  }

  /** The run needs no more items. */
  close(executionId: number, startedEventId: number): void {
    const ofExecution = this.#readings.get(executionId);
    const reading = ofExecution?.get(startedEventId);
    if (ofExecution === undefined || reading === undefined) return;
    ofExecution.delete(startedEventId);
    if (ofExecution.size === 0) this.#readings.delete(executionId);
    end(reading);
  }

  /** The execution has ended. */
  closeAll(executionId: number): void {
    const ofExecution = this.#readings.get(executionId);
    if (ofExecution === undefined) return;
    this.#readings.delete(executionId);
    for (const reading of ofExecution.values()) end(reading);
  }

  stop(): void {
    this.#stopped = true;
    for (const id of this.#readings.keys()) this.closeAll(id);
  }

  async #page(
    live: LiveExecution,
    reading: Reading,
    command: ReadItems,
    delay: number,
  ): Promise<void> {
    const isOver = (): boolean => this.#stopped || reading.isClosed || live.isGone;
    if (isOver()) return;
    const { run, from, limit } = command;
    const { sink, clock, log } = this.#parts;
    try {
      const { items, isLast } = await reading.source.read(from, limit);
      if (isOver()) return;
      if (isLast) this.close(live.id, run.id.startedEventId);
      const attempt = { run: run.id, redriveCount: run.redriveCount };
      sink.insist(live.id, { type: "ItemsRead", ...attempt, from, items, isLast });
    } catch (failure) {
      if (isOver()) return;
      if (failure instanceof StoreUnavailable) {
        const facts = { err: failure, executionId: live.id };
        log.warn(facts, "the items of a Map Run cannot be read now");
        const next = Math.min(delay * 2, LONGEST_DELAY);
        clock.schedule(clock.now() + delay, () => void this.#page(live, reading, command, next));
        return;
      }
      this.close(live.id, run.id.startedEventId);
      if (!(failure instanceof ItemsUnreadable)) {
        log.error({ err: failure, executionId: live.id }, "defect while items were read");
      }
      this.#fail(live, command, failure instanceof Error ? failure.message : String(failure));
    }
  }

  #fail(live: LiveExecution, { run, from }: ReadItems, cause: string): void {
    const attempt = { run: run.id, redriveCount: run.redriveCount };
    const signal: Signal = { type: "ItemsFailed", ...attempt, from, cause };
    this.#parts.sink.insist(live.id, signal);
  }
}

function end(reading: Reading): void {
  reading.isClosed = true;
  reading.source.close();
}
