/** The history of one execution in this page: loaded in pages, then kept up to date. */
import { executionHistory, type HistoryRequest } from "../api/extension.ts";
import type { HistoryEvent } from "../api/operations.ts";
import { detailsOf } from "./event-details.ts";
import { StateRuns } from "./state-runs.ts";

/** Events that are asked for at once: few at first, then as many as are about PAGE_PAYLOADS long. */
const FIRST_PAGE = 100;
const MAX_PAGE = 1_000;
const PAGE_PAYLOADS = 8_000_000;
/** Characters of payloads that are kept; further events come without theirs. */
const MAX_PAYLOADS = 64_000_000;
/** What looks on hears of changes at most this often, in milliseconds. */
const NOTIFY_MS = 100;

type Load = (
  request: HistoryRequest,
  signal: AbortSignal,
) => Promise<{ readonly events: readonly HistoryEvent[]; readonly lastEventId: number }>;

/** A new one whenever something has changed. */
export interface HistorySnapshot {
  /** Event n is at n - 1. The list grows in place: what depends on it depends on the snapshot. */
  readonly events: readonly HistoryEvent[];
  readonly runs: StateRuns;
  /** Whether all events that were there when it began have been loaded. */
  readonly isLoaded: boolean;
  readonly error: unknown;
}

export class ExecutionHistory {
  readonly #executionArn: string;
  readonly #load: Load;
  readonly #maxPayloads: number;
  readonly #events: HistoryEvent[] = [];
  readonly #runs = new StateRuns();
  readonly #listeners = new Set<() => void>();
  #payloads = 0;
  #isNotifying = false;
  #loading: Promise<void> | undefined;
  #snapshot: HistorySnapshot;

  constructor(
    executionArn: string,
    load: Load = executionHistory,
    maxPayloads: number = MAX_PAYLOADS,
  ) {
    this.#executionArn = executionArn;
    this.#load = load;
    this.#maxPayloads = maxPayloads;
    const { runs, events } = { runs: this.#runs, events: this.#events };
    this.#snapshot = { events, runs, isLoaded: false, error: undefined };
  }

  get snapshot(): HistorySnapshot {
    return this.#snapshot;
  }

  get lastEventId(): number {
    return this.#events.length;
  }

  /** False: there are so many payloads already that further ones are not kept. */
  get wantsPayloads(): boolean {
    return this.#payloads < this.#maxPayloads;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Loads what is missing; resolves when it is there, or with an error in the snapshot. */
  load(signal: AbortSignal): Promise<void> {
    this.#loading ??= this.#loadAll(signal).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Takes what is new in events that follow each other; false: some before them are missing. */
  append(events: readonly HistoryEvent[]): boolean {
    for (const event of events) {
      if (event.id <= this.lastEventId) continue;
      if (event.id !== this.lastEventId + 1) return false;
      this.#events.push(event);
      this.#runs.add(event);
      this.#payloads += payloadLength(event);
    }
    this.#changed({});
    return true;
  }

  async #loadAll(signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        const page = await this.#load(
          {
            executionArn: this.#executionArn,
            afterEventId: this.lastEventId,
            maxResults: this.#pageSize(),
            includeExecutionData: this.wantsPayloads,
          },
          signal,
        );
        this.append(page.events);
        if (page.events.length === 0 || this.lastEventId >= page.lastEventId) break;
      }
      this.#changed({ isLoaded: true, error: undefined });
    } catch (error) {
      if (!signal.aborted) this.#changed({ error });
    }
  }

  #pageSize(): number {
    const { length } = this.#events;
    if (length === 0) return FIRST_PAGE;
    const fitting = Math.floor((PAGE_PAYLOADS * length) / Math.max(1, this.#payloads));
    return Math.min(MAX_PAGE, Math.max(1, fitting));
  }

  #changed(change: Partial<HistorySnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    setTimeout(() => {
      this.#isNotifying = false;
      for (const listener of this.#listeners) listener();
    }, NOTIFY_MS);
  }
}

function payloadLength(event: HistoryEvent): number {
  const { input, output, parameters } = detailsOf(event);
  return (input?.length ?? 0) + (output?.length ?? 0) + (parameters?.length ?? 0);
}
