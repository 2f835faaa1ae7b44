/** From what the server says has changed to the cached answers that are stale now. */
import { hashKey, type QueryKey } from "@tanstack/react-query";
import { queryKeys } from "../api/query-keys.ts";
import type { LiveChanges } from "./live-connection.ts";

/** Answers are asked for again at most this often, in milliseconds, however much happens. */
const INTERVAL_MS = 1_000;

export class StaleQueries {
  readonly #refresh: (key: QueryKey) => void;
  readonly #waiting = new Map<string, QueryKey>();
  #isScheduled = false;
  #lastAt = 0;

  constructor(refresh: (key: QueryKey) => void) {
    this.#refresh = refresh;
  }

  add({ executions, resources, isComplete }: LiveChanges): void {
    if (!isComplete) return this.addAll();
    for (const { executionArn, stateMachineArn } of executions) {
      this.#put(queryKeys.execution(executionArn));
      this.#put(queryKeys.executions(stateMachineArn));
    }
    if (executions.length > 0) this.#put(queryKeys.executionCounts);
    if (resources.length > 0) this.#put(queryKeys.catalog);
    this.#schedule();
  }

  /** Anything may have changed. */
  addAll(): void {
    this.#put(queryKeys.catalog);
    this.#put(queryKeys.executionLists);
    this.#put(queryKeys.executionDescriptions);
    this.#put(queryKeys.executionCounts);
    this.#schedule();
  }

  #put(key: QueryKey): void {
    this.#waiting.set(hashKey(key), key);
  }

  /** At once if it is long ago, otherwise when the interval is over. */
  #schedule(): void {
    if (this.#waiting.size === 0 || this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => this.#flush(), Math.max(0, this.#lastAt + INTERVAL_MS - Date.now()));
  }

  #flush(): void {
    this.#isScheduled = false;
    this.#lastAt = Date.now();
    const keys = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const key of keys) this.#refresh(key);
  }
}
