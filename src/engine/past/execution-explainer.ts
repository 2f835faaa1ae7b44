/**
 * Explains executions out of their histories. The history is folded twice: first without payloads, to
 * find what matters, then with those of the events that do, so that long histories fit into memory.
 */
import type { Execution } from "../../interpreter/execution.ts";
import { explainExecution, type ExplainedEnd } from "../../interpreter/explain/explain.ts";
import { neededEvents } from "../../interpreter/explain/needed-events.ts";
import { withoutPayloads } from "../../interpreter/explain/without-payloads.ts";
import type { HistoryEvent } from "../../interpreter/history.ts";
import type { ExecutionLoader } from "../execution-loader.ts";
import type { ExecutionReader } from "../execution-reader.ts";
import { foldJournal } from "../journal-fold.ts";
import type { Clock, ExecutionRecord, Store } from "../ports.ts";

export interface ExecutionExplainerParts {
  readonly store: Pick<Store, "readJournal">;
  readonly loader: Pick<ExecutionLoader, "blank">;
  readonly reader: Pick<ExecutionReader, "find">;
  readonly clock: Pick<Clock, "now">;
}

export class ExecutionExplainer {
  readonly #parts: ExecutionExplainerParts;

  constructor(parts: ExecutionExplainerParts) {
    this.#parts = parts;
  }

  /** Undefined: no such execution. Rejects with StoreUnavailable. */
  async explain(arn: string): Promise<ExplainedEnd | undefined> {
    const record = await this.#parts.reader.find(arn);
    if (record === undefined) return undefined;
    const outline = await this.#fold(record, withoutPayloads);
    const needed = neededEvents(outline.execution, outline.events);
    // A redrive may have added events in between: those are told without their payloads.
    const { execution, events } = await this.#fold(record, (event) =>
      needed.has(event.id) ? event : withoutPayloads(event),
    );
    return explainExecution(execution, events, this.#parts.clock.now());
  }

  async #fold(
    record: ExecutionRecord,
    shortened: (event: HistoryEvent) => HistoryEvent,
  ): Promise<{ readonly execution: Execution; readonly events: readonly HistoryEvent[] }> {
    const execution = await this.#parts.loader.blank(record);
    const events: HistoryEvent[] = [];
    const observe = (event: HistoryEvent): void => void events.push(shortened(event));
    await foldJournal(this.#parts.store, record.id, execution, () => observe);
    return { execution, events };
  }
}
