/** Signals that must get through even if the store is away for a while. */
import type { Signal } from "../interpreter/signal.ts";
import type { Clock } from "./ports.ts";
import type { Reply } from "./reply.ts";

/** Milliseconds before the first further try; doubled with every failure. */
const FIRST_DELAY = 50;
const LONGEST_DELAY = 2_000;

type Deliver = (executionId: number, signal: Signal, reply: Reply) => void;

/** Bounded by what the execution has under way: results of its calls and one Continue. */
export class RetryQueue {
  readonly #clock: Clock;
  readonly #deliver: Deliver;
  /** By execution, in order. */
  #waiting = new Map<number, Insistence[]>();
  #delay = FIRST_DELAY;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(clock: Clock, deliver: Deliver) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  /** Delivers now, or after what waits for this execution; again until it is settled. */
  send(executionId: number, signal: Signal, settled: (() => void) | undefined): void {
    const insistence = new Insistence(this, executionId, signal, settled);
    if (this.#waiting.has(executionId)) this.wait(insistence);
    else this.#deliver(executionId, signal, insistence);
  }

  wait(insistence: Insistence): void {
    if (this.#stopped) return;
    const { executionId, signal } = insistence;
    const waiting = this.#waiting.get(executionId);
    if (waiting === undefined) this.#waiting.set(executionId, [insistence]);
    else if (signal.type !== "Continue") waiting.push(insistence);
    this.#cancel ??= this.#clock.schedule(this.#clock.now() + this.#delay, () => this.#retry());
  }

  /** The store works again. */
  reset(): void {
    if (this.#delay === FIRST_DELAY) return;
    this.#delay = FIRST_DELAY;
    if (this.#cancel === undefined) return;
    this.#cancel();
    this.#cancel = this.#clock.schedule(this.#clock.now() + FIRST_DELAY, () => this.#retry());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#waiting.clear();
  }

  #retry(): void {
    this.#cancel = undefined;
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY);
    const all = this.#waiting;
    this.#waiting = new Map();
    for (const insistences of all.values()) {
      for (const insistence of insistences) {
        this.#deliver(insistence.executionId, insistence.signal, insistence);
      }
    }
  }
}

class Insistence implements Reply {
  readonly executionId: number;
  readonly signal: Signal;
  readonly #queue: RetryQueue;
  readonly #settled: (() => void) | undefined;

  constructor(
    queue: RetryQueue,
    executionId: number,
    signal: Signal,
    settled: (() => void) | undefined,
  ) {
    this.#queue = queue;
    this.executionId = executionId;
    this.signal = signal;
    this.#settled = settled;
  }

  settled(): void {
    this.#settled?.();
  }

  lost(): void {
    this.#queue.wait(this);
  }
}
