/** Tells whoever waits that an execution has ended: no polling, no timers. */
import type { ExecutionReader } from "./execution-reader.ts";
import type { ExecutionDescription } from "./execution-service.ts";
import type { Shard } from "./shard.ts";

/** Bounded by the tasks that wait for an execution they started. */
export class ExecutionEnds {
  /** By execution id. */
  readonly #watchers = new Map<number, Set<() => void>>();

  /** Calls back at the next end that is durable; the returned function forgets it. */
  watch(executionId: number, ended: () => void): () => void {
    const watchers = this.#watchers.get(executionId) ?? new Set();
    this.#watchers.set(executionId, watchers);
    watchers.add(ended);
    return () => {
      watchers.delete(ended);
      if (watchers.size === 0 && this.#watchers.get(executionId) === watchers) {
        this.#watchers.delete(executionId);
      }
    };
  }

  /** The execution's end is durable. */
  closed(executionId: number): void {
    const watchers = this.#watchers.get(executionId);
    if (watchers === undefined) return;
    this.#watchers.delete(executionId);
    for (const ended of watchers) ended();
  }
}

/**
 * Resolves when a STANDARD execution has ended durably; with undefined if there is none, or when
 * `signal` aborts. It need not be in memory. Rejects with StoreUnavailable.
 */
export async function untilEnded(
  parts: {
    readonly ends: ExecutionEnds;
    readonly reader: Pick<ExecutionReader, "find" | "describe">;
    readonly shard: Pick<Shard, "findLive">;
  },
  executionArn: string,
  signal: AbortSignal,
): Promise<ExecutionDescription | undefined> {
  const { ends, reader, shard } = parts;
  for (;;) {
    const id = shard.findLive(executionArn)?.id ?? (await reader.find(executionArn))?.id;
    if (id === undefined || signal.aborted) return undefined;
    let wake = (): void => {};
    const ended = new Promise<void>((resolve) => {
      wake = resolve;
    });
    // Watched before it is looked at: no end is missed.
    const forget = ends.watch(id, wake);
    signal.addEventListener("abort", wake, { once: true });
    try {
      const description = await reader.describe(executionArn);
      if (description?.status !== "RUNNING") return description;
      await ended;
    } finally {
      forget();
      signal.removeEventListener("abort", wake);
    }
  }
}
