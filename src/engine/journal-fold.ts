/** Reads an execution's journal and folds it. */
import type { Execution } from "../interpreter/execution.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import { replay } from "../interpreter/replay.ts";
import type { Store } from "./ports.ts";

/** Rows read at a time, so that other work gets its turn in between. */
const ROWS_PER_PAGE = 100;

/**
 * Applies all rows to a new execution; `observerOf` says who gets the public events of the next row.
 * Rejects with StoreUnavailable, or with another error if the journal is corrupt.
 */
export async function foldJournal(
  store: Pick<Store, "readJournal">,
  executionId: number,
  execution: Execution,
  observerOf?: (execution: Execution) => ((event: HistoryEvent) => void) | undefined,
): Promise<{ readonly rows: number; readonly characters: number }> {
  let rows = 0;
  let characters = 0;
  for (;;) {
    const page = await store.readJournal(executionId, rows, ROWS_PER_PAGE);
    for (const { body, at, sequence } of page) {
      if (sequence !== rows)
        throw new Error(`journal row ${rows} of execution ${executionId} is gone`);
      replay(execution, body, at, observerOf?.(execution));
      rows++;
      characters += body.length;
    }
    if (page.length < ROWS_PER_PAGE) return { rows, characters };
  }
}
