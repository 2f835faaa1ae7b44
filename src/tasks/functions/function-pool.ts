/** The processes of one local function and the invocations that wait for one. */
import { lambdaServiceFailure } from "../lambda/lambda-failure.ts";
import { codeVersion } from "./code-version.ts";
import type { FunctionConfig } from "./function-config.ts";
import { FunctionProcess, type InitFailure, type ProcessSurroundings } from "./function-process.ts";
import type { Invocation, InvocationOutcome } from "./invocation.ts";

/** What waits at most, in invocations and in characters of their payloads. */
const MAX_QUEUE = 100_000;
const MAX_QUEUED_LENGTH = 256 * 1024 * 1024;
/** A process without work for so long is ended. */
const IDLE_MS = 5 * 60_000;
/** The code folder is looked at no more often than this. */
const CODE_CHECK_MS = 200;

interface Waiting {
  readonly invocation: Invocation;
  readonly resolve: (outcome: InvocationOutcome | PromiseLike<InvocationOutcome>) => void;
  readonly reject: (reason: unknown) => void;
  readonly signal: AbortSignal;
}

export interface PoolState {
  readonly processes: number;
  readonly busy: number;
  readonly queued: number;
  readonly invocations: number;
}

export class FunctionPool {
  readonly config: FunctionConfig;
  readonly #surroundings: ProcessSurroundings;
  readonly #codeCheckMs: number;
  /** Processes for the present code that can get work. */
  readonly #live = new Set<FunctionProcess>();
  readonly #idle = new Map<FunctionProcess, number>();
  /** Processes that are on their way out, or finish their last invocation. */
  readonly #leaving = new Set<FunctionProcess>();
  readonly #queue = new Set<Waiting>();
  #queuedLength = 0;
  /** Processes that will ask for work in a moment: they start, or have just answered. */
  readonly #coming = new Set<FunctionProcess>();
  #invocations = 0;
  #version: string | undefined;
  #checkedAt = -Infinity;
  #check: Promise<void> | undefined;
  #sweeper: NodeJS.Timeout | undefined;
  #retired = false;
  #closed = false;

  constructor(
    config: FunctionConfig,
    surroundings: ProcessSurroundings,
    codeCheckMs: number = CODE_CHECK_MS,
  ) {
    this.config = config;
    this.#surroundings = surroundings;
    this.#codeCheckMs = codeCheckMs;
  }

  /**
   * Runs one invocation as soon as a process is free. Rejects with TaskFailure if none can be had;
   * an aborted one that still waits is dropped and never settles.
   */
  async invoke(invocation: Invocation, signal: AbortSignal): Promise<InvocationOutcome> {
    this.#invocations += 1;
    await this.#refresh();
    if (
      this.#queue.size >= MAX_QUEUE ||
      this.#queuedLength + invocation.payload.length > MAX_QUEUED_LENGTH
    ) {
      throw lambdaServiceFailure({
        code: "TooManyRequestsException",
        message: `Rate Exceeded: ${this.#queue.size} invocations of '${this.config.name}' wait already`,
        statusCode: 429,
        requestId: invocation.requestId,
      });
    }
    return new Promise((resolve, reject) => {
      if (this.#closed || signal.aborted) return;
      const waiting = { invocation, resolve, reject, signal };
      this.#queue.add(waiting);
      this.#queuedLength += invocation.payload.length;
      signal.addEventListener("abort", () => this.#dequeue(waiting), { once: true });
      this.#pump();
    });
  }

  describe(): PoolState {
    const processes = this.#live.size;
    const busy = processes - this.#idle.size - this.#coming.size;
    return { processes, busy, queued: this.#queue.size, invocations: this.#invocations };
  }

  /** Whether nothing waits, runs or ends. */
  isEmpty(): boolean {
    return this.#queue.size + this.#live.size + this.#leaving.size === 0;
  }

  /** Takes no new invocations; what waits or runs is finished, then the processes end. */
  retire(): void {
    this.#retired = true;
    clearInterval(this.#sweeper);
    if (this.#queue.size === 0) this.#replaceProcesses();
  }

  /** Ends all processes at once. Unfinished invocations never settle. */
  async close(): Promise<void> {
    this.#retired = true;
    this.#closed = true;
    clearInterval(this.#sweeper);
    this.#queue.clear();
    this.#queuedLength = 0;
    const processes = [...this.#live, ...this.#leaving];
    for (const process of processes) process.end();
    await Promise.all(processes.map((process) => process.gone));
  }

  /** Brings waiting invocations and processes together, and starts processes while some lack. */
  #pump(): void {
    while (this.#queue.size > 0) {
      const process = this.#takeIdle();
      if (process === undefined) break;
      const [waiting] = this.#queue;
      if (waiting === undefined) break;
      const outcome = process.invoke(waiting.invocation);
      // Not waiting after all: it is about to end.
      if (outcome === undefined) continue;
      this.#dequeue(waiting);
      void outcome.then(() => {
        if (this.#live.has(process)) this.#coming.add(process);
      });
      waiting.resolve(outcome);
    }
    while (this.#coming.size < this.#queue.size && this.#live.size < this.config.concurrency) {
      this.#startProcess();
    }
  }

  /** The one used last: the others may then grow old and end. */
  #takeIdle(): FunctionProcess | undefined {
    const process = [...this.#idle.keys()].at(-1);
    if (process !== undefined) this.#idle.delete(process);
    return process;
  }

  #startProcess(): void {
    const process = new FunctionProcess(this.config, this.#surroundings, {
      idle: (which) => this.#becameIdle(which),
      ended: (which, failure) => this.#hasEnded(which, failure),
    });
    this.#live.add(process);
    this.#coming.add(process);
    this.#sweeper ??= setInterval(() => this.#endOldProcesses(), IDLE_MS / 5).unref();
  }

  #becameIdle(process: FunctionProcess): void {
    this.#coming.delete(process);
    if (!this.#live.has(process) || (this.#retired && this.#queue.size === 0)) {
      process.end();
      return;
    }
    this.#idle.set(process, performance.now());
    this.#pump();
  }

  #hasEnded(process: FunctionProcess, failure: InitFailure | undefined): void {
    const wasLive = this.#live.delete(process);
    this.#coming.delete(process);
    this.#idle.delete(process);
    this.#leave(process);
    const [waiting] = this.#queue;
    if (failure !== undefined && wasLive && waiting !== undefined) {
      // One invocation pays for one failed start, so that a broken function ends its queue.
      this.#dequeue(waiting);
      if ("error" in failure) {
        waiting.reject(failure.error);
      } else {
        const payload = failure.payload(waiting.invocation.requestId);
        waiting.resolve({ payload, failed: true, logResult: undefined });
      }
    }
    this.#pump();
  }

  #dequeue(waiting: Waiting): void {
    if (this.#queue.delete(waiting)) this.#queuedLength -= waiting.invocation.payload.length;
  }

  /** New code gets new processes. */
  async #refresh(): Promise<void> {
    if (this.#check === undefined) {
      if (performance.now() - this.#checkedAt < this.#codeCheckMs) return;
      this.#check = this.#compareVersion().finally(() => {
        this.#check = undefined;
      });
    }
    await this.#check;
  }

  async #compareVersion(): Promise<void> {
    const version = await codeVersion(this.config.code);
    this.#checkedAt = performance.now();
    if (this.#version !== undefined && this.#version !== version) this.#replaceProcesses();
    this.#version = version;
  }

  #replaceProcesses(): void {
    const idle = [...this.#idle.keys()];
    this.#idle.clear();
    for (const process of this.#live) this.#leave(process);
    this.#live.clear();
    this.#coming.clear();
    for (const process of idle) process.end();
  }

  #leave(process: FunctionProcess): void {
    if (this.#leaving.has(process)) return;
    this.#leaving.add(process);
    void process.gone.then(() => this.#leaving.delete(process));
  }

  #endOldProcesses(): void {
    const oldest = performance.now() - IDLE_MS;
    for (const [process, since] of this.#idle) {
      if (since < oldest) process.end();
    }
  }
}
