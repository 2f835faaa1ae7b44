/**
 * Signals that abort with others. `AbortSignal.any` would not do: Node 20 keeps what it gives for as
 * long as any of its sources lives, so that each call would stay with one that ends with the server.
 */

export interface LinkedAbort {
  readonly signal: AbortSignal;
  /** Whether its time has run out. */
  readonly isLate: boolean;
  abort(reason?: unknown): void;
  /** To be called when the signal is not needed any more. */
  release(): void;
}

/** @param timeoutMs It aborts by itself after so many milliseconds. Default: never. */
export function linkedAbort(source: AbortSignal, timeoutMs?: number): LinkedAbort {
  const controller = new AbortController();
  let isLate = false;
  const abort = (): void => controller.abort(source.reason);
  if (source.aborted) abort();
  else source.addEventListener("abort", abort, { once: true });
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          isLate = !controller.signal.aborted;
          controller.abort(new DOMException("The operation took too long", "TimeoutError"));
        }, timeoutMs);
  timer?.unref();
  return {
    signal: controller.signal,
    get isLate() {
      return isLate;
    },
    abort: (reason) => controller.abort(reason),
    release: () => {
      clearTimeout(timer);
      source.removeEventListener("abort", abort);
    },
  };
}

/** A signal that aborts so many milliseconds after its source; `release` when it is not needed any more. */
export function lateAbort(
  source: AbortSignal,
  ms: number,
): Pick<LinkedAbort, "signal" | "release"> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const startTimer = (): void => {
    timer = setTimeout(() => controller.abort(), ms);
    timer.unref();
  };
  if (source.aborted) controller.abort();
  else source.addEventListener("abort", startTimer, { once: true });
  const release = (): void => {
    clearTimeout(timer);
    source.removeEventListener("abort", startTimer);
  };
  return { signal: controller.signal, release };
}

/** Calls that all end when their owner closes. */
export class OpenCalls {
  readonly #open = new Set<LinkedAbort>();
  #isClosed = false;

  /** How many are under way. */
  get size(): number {
    return this.#open.size;
  }

  /** @param call Is given a signal that aborts with `signal`, or on `close`. */
  async run<Result>(
    signal: AbortSignal,
    call: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const linked = linkedAbort(signal);
    if (this.#isClosed) linked.abort();
    this.#open.add(linked);
    try {
      return await call(linked.signal);
    } finally {
      this.#open.delete(linked);
      linked.release();
    }
  }

  /** Aborts all calls, also those to come. */
  close(): void {
    this.#isClosed = true;
    for (const linked of this.#open) linked.abort();
  }
}
