/** Processes that evaluate expressions, and the requests that wait for one. */
import { EvaluatorProcess, type RequestResult } from "./evaluator-process.ts";
import { FairQueue } from "./fair-queue.ts";
import type { EvaluationRequest } from "./protocol.ts";

/** Requests that may wait; more are refused. */
const MAX_WAITING = 10_000;

/** Starts in a row that may fail before requests are refused. */
const MAX_FAILED_STARTS = 3;

/** Expressions cannot be evaluated now; the caller may try again later. */
export class EvaluatorUnavailable extends Error {
  override readonly name = "EvaluatorUnavailable";
}

interface Waiting {
  readonly work: (process: EvaluatorProcess) => Promise<RequestResult>;
  readonly resolve: (result: RequestResult) => void;
  readonly reject: (error: Error) => void;
}

export class ProcessPool {
  /** How many requests are worked on at a time. */
  readonly #size: number;
  readonly #idle: EvaluatorProcess[] = [];
  readonly #all = new Set<EvaluatorProcess>();
  readonly #waiting = new FairQueue<Waiting>();
  #busy = 0;
  #closed = false;

  constructor(size: number) {
    this.#size = size;
  }

  /**
   * Evaluates when a process is free and it is the owner's turn; the time until `milliseconds` are over
   * begins then. Rejects with EvaluatorUnavailable.
   */
  run(request: EvaluationRequest, milliseconds: number, owner?: string): Promise<RequestResult> {
    if (this.#closed) {
      return Promise.reject(new EvaluatorUnavailable("the evaluator is closed"));
    }
    if (this.#waiting.size >= MAX_WAITING) {
      const message = `${MAX_WAITING} evaluations of expressions are waiting already`;
      return Promise.reject(new EvaluatorUnavailable(message));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.add(owner, {
        work: (process) => process.run(request, performance.now() + milliseconds),
        resolve,
        reject,
      });
      this.#dispatch();
    });
  }

  /** What waits of an owner waits in another pool from now on. */
  move(owner: string | undefined, to: ProcessPool): void {
    for (const waiting of this.#waiting.takeAll(owner)) to.#waiting.add(owner, waiting);
    to.#dispatch();
  }

  /** The processes, for tests and metrics. */
  get processes(): readonly EvaluatorProcess[] {
    return [...this.#all];
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.clear()) {
      reject(new EvaluatorUnavailable("the evaluator is closed"));
    }
    await Promise.all([...this.#all].map((process) => process.close()));
    this.#all.clear();
  }

  #dispatch(): void {
    while (this.#busy < this.#size) {
      const next = this.#waiting.next();
      if (next === undefined) return;
      this.#busy += 1;
      void this.#work(next).finally(() => {
        this.#busy -= 1;
        this.#dispatch();
      });
    }
  }

  async #work(waiting: Waiting): Promise<void> {
    try {
      const process = await this.#take();
      const result = await waiting.work(process);
      if (process.usable && !this.#closed) this.#idle.push(process);
      else this.#discard(process);
      this.#spare();
      waiting.resolve(result);
    } catch (error) {
      waiting.reject(error instanceof Error ? error : new EvaluatorUnavailable(String(error)));
    }
  }

  async #take(): Promise<EvaluatorProcess> {
    for (let attempt = 0; attempt < MAX_FAILED_STARTS; attempt += 1) {
      const process = this.#idle.shift() ?? this.#launch();
      if ((await process.started) && process.usable) return process;
      this.#discard(process);
      if (this.#closed) throw new EvaluatorUnavailable("the evaluator is closed");
    }
    throw new EvaluatorUnavailable("no process for the evaluation of expressions could be started");
  }

  #launch(): EvaluatorProcess {
    const process = new EvaluatorProcess();
    this.#all.add(process);
    return process;
  }

  /** Keeps one process ready, so that nobody waits for the start of one after a kill. */
  #spare(): void {
    if (!this.#closed && this.#idle.length === 0 && this.#all.size <= this.#size) {
      this.#idle.push(this.#launch());
    }
  }

  #discard(process: EvaluatorProcess): void {
    this.#all.delete(process);
    void process.close();
  }
}
