/** Calls that outlast a while in which the server itself cannot serve. */
import { setTimeout as pause } from "node:timers/promises";
import type { TaskProgress } from "../service-integration.ts";
import { WorkflowRefusal } from "./workflow-api.ts";

/** Milliseconds between two tries. */
const RETRY_DELAY_MS = 500;

/**
 * Calls again while the answer is that the server cannot serve now: its database is away, or it is
 * stopping. Both pass, and no workflow is to fail of it.
 */
export class PersistentCaller {
  readonly #delayMs: number;
  #isClosed = false;

  /** @param delayMs Milliseconds between two tries. */
  constructor(delayMs = RETRY_DELAY_MS) {
    this.#delayMs = delayMs;
  }

  /** Rejects with the last refusal when the task is cancelled, after `close` or after `tries`. */
  async call<Answer>(
    call: () => Promise<Answer>,
    { signal, waits }: Pick<TaskProgress, "signal" | "waits">,
    tries = Infinity,
  ): Promise<Answer> {
    for (let tried = 1; ; tried++) {
      try {
        return await call();
      } catch (error) {
        if (!isPassing(error) || tried >= tries) throw error;
        waits();
        await pause(this.#delayMs, undefined, { ref: false, signal }).catch(() => undefined);
        if (signal.aborted || this.#isClosed) throw error;
      }
    }
  }

  /** Nothing is tried again. */
  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof WorkflowRefusal && error.status === 503;
}
