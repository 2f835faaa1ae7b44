/** The pauses between two looks at a job. */
import type { Clock, Randomness } from "../../engine/ports.ts";

export interface JobPausesOptions {
  /** Default: the machine's. */
  readonly clock?: Pick<Clock, "now" | "schedule"> | undefined;
  readonly randomness?: Pick<Randomness, "number"> | undefined;
  /** Milliseconds before the first look. */
  readonly firstMs?: number | undefined;
  /** Pauses grow up to this many milliseconds. */
  readonly longestMs?: number | undefined;
}

/** AWS looks every minute, later every five; whoever runs jobs here wants to know earlier. */
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
const GROWTH = 1.5;
/** Jobs that start together are not to be looked at together: a pause is up to this part longer. */
const JITTER = 0.2;

const WALL_CLOCK: Pick<Clock, "now" | "schedule"> = {
  now: () => Date.now(),
  schedule: (dueAt, callback) => {
    const timer = setTimeout(callback, dueAt - Date.now());
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export class JobPauses {
  readonly #clock: Pick<Clock, "now" | "schedule">;
  readonly #randomness: Pick<Randomness, "number">;
  readonly #firstMs: number;
  readonly #longestMs: number;
  readonly #pausing = new Set<() => void>();
  #isClosed = false;

  constructor(options: JobPausesOptions) {
    this.#clock = options.clock ?? WALL_CLOCK;
    this.#randomness = options.randomness ?? { number: () => Math.random() };
    this.#firstMs = options.firstMs ?? FIRST_MS;
    this.#longestMs = options.longestMs ?? LONGEST_MS;
  }

  /** Whether the server stops: nobody shall look at, or stop, a job any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves after the pause before look number `looks` (from 0), on abort, or on `close`. */
  pause(looks: number, signal: AbortSignal): Promise<void> {
    if (this.#isClosed || signal.aborted) return Promise.resolve();
    const plain = Math.min(this.#firstMs * GROWTH ** looks, this.#longestMs);
    const pauseMs = plain * (1 + JITTER * this.#randomness.number());
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#pausing.delete(end);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const cancel = this.#clock.schedule(this.#clock.now() + pauseMs, end);
      this.#pausing.add(end);
      signal.addEventListener("abort", end);
    });
  }

  /** Ends all pauses. */
  close(): void {
    this.#isClosed = true;
    for (const end of this.#pausing) end();
  }
}
