/** Tells clients what happens in the server, as far as they want to know. */
import type { CatalogChange, CatalogWriter } from "../engine/catalog/catalog-writer.ts";
import type { LoggingConfiguration } from "../engine/catalog/configuration.ts";
import type { Clock, ExecutionObserver, LoggedExecution, StatusChange } from "../engine/ports.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import { ChangeBatch } from "./change-batch.ts";
import type { Changes } from "./change-batch.ts";

export interface ChangeListener {
  changed(changes: Changes): void;
}

export interface EventListener {
  offer(events: readonly HistoryEvent[]): void;
}

/** Kinds of catalog entries whose keys are ARNs that clients know. */
const RESOURCE_KINDS = new Set([
  "stateMachine",
  "stateMachineVersion",
  "stateMachineAlias",
  "activity",
]);

/** Costs nothing while nobody listens. */
export class LiveFeed implements ExecutionObserver {
  readonly #listeners = new Set<ChangeListener>();
  readonly #watches = new Map<string, Set<EventListener>>();
  readonly #batch: ChangeBatch;

  constructor(clock: Clock) {
    this.#batch = new ChangeBatch(clock, (changes) => {
      for (const listener of this.#listeners) listener.changed(changes);
    });
  }

  get wantsStatus(): boolean {
    return this.#listeners.size > 0;
  }

  wantsEvents(_logging: LoggingConfiguration, executionArn: string): boolean {
    return this.#watches.has(executionArn);
  }

  eventsHappened({ arn }: LoggedExecution, events: readonly HistoryEvent[]): void {
    if (events.length === 0) return;
    for (const watch of this.#watches.get(arn) ?? []) watch.offer(events);
  }

  statusChanged(change: StatusChange): void {
    this.#batch.addExecution(change);
  }

  /** The writer, watched: what it makes durable in the catalog is told. */
  observed(writer: CatalogWriter): CatalogWriter {
    return {
      write: async (change) => {
        await writer.write(change);
        this.#catalogChanged(change);
      },
      nextCatalogId: () => writer.nextCatalogId(),
      nextRevisionId: () => writer.nextRevisionId(),
    };
  }

  /** Tells all changes until the returned function is called. */
  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells the events of one execution until the returned function is called. */
  watch(executionArn: string, listener: EventListener): () => void {
    const watches = this.#watches.get(executionArn) ?? new Set();
    this.#watches.set(executionArn, watches.add(listener));
    return () => {
      watches.delete(listener);
      if (watches.size === 0 && this.#watches.get(executionArn) === watches) {
        this.#watches.delete(executionArn);
      }
    };
  }

  #catalogChanged({ catalog = [], removedCatalog = [] }: CatalogChange): void {
    if (this.#listeners.size === 0) return;
    for (const { kind, key } of catalog) if (RESOURCE_KINDS.has(kind)) this.#batch.addResource(key);
    // What is removed is known by its number only.
    if (removedCatalog.length > 0) this.#batch.addUnknown();
  }
}
