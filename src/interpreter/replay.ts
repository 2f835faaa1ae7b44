/** Folding the journal: recovery, and the public history on the way. */
import { decodeEvent, readRow } from "./codec.ts";
import type { Event } from "./event.ts";
import { evolve, HIDDEN } from "./evolve.ts";
import type { Execution } from "./execution.ts";
import { publicEvent } from "./history-event.ts";
import type { HistoryEvent } from "./history.ts";

/**
 * Applies the events of a row one by one as long as `takes` agrees to the next one; false if it did
 * not. `at` is the row's time (epoch ms). Throws like `replay`.
 */
export function replayWhile(
  execution: Execution,
  body: string,
  at: number,
  takes: (event: Event) => boolean,
): boolean {
  for (const encoded of readRow(body)) {
    const event = decodeEvent(encoded, execution);
    if (!takes(event)) return false;
    evolve(execution, event, at);
  }
  return true;
}

/**
 * Applies one journal row. `at` is the row's time (epoch ms); `observe` gets the public events that
 * the row holds. Throws when the row does not follow from the state, which means a corrupt database.
 */
export function replay(
  execution: Execution,
  body: string,
  at: number,
  observe?: (event: HistoryEvent) => void,
): void {
  for (const encoded of readRow(body)) {
    const event = decodeEvent(encoded, execution);
    const shown = observe === undefined ? undefined : publicEvent(event, execution);
    const previousEventId = evolve(execution, event, at);
    if (shown !== undefined && previousEventId !== HIDDEN) {
      observe?.({ id: execution.lastEventId, previousEventId, at, ...shown });
    }
  }
}
