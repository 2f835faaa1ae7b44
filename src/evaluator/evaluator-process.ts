/** One process that evaluates expressions, one request at a time. */
import type { ChildProcess } from "node:child_process";
import { launch } from "./launch.ts";
import type { ChildMessage, EvaluationRequest, Outcome } from "./protocol.ts";

/** Milliseconds a process may take to start. */
const START_TIMEOUT = 20_000;

/** Milliseconds one expression may take before the process is killed. */
const EXPRESSION_TIMEOUT = 2000;

/** A process is replaced after this many expressions, or above this much memory in bytes. */
const MAX_EXPRESSIONS = 10_000;
const MAX_MEMORY = 256 * 1024 * 1024;

/** By these a process ends itself when it is out of memory, or worse. */
const ABORTED: ReadonlySet<string | number | null> = new Set<string | number | null>([
  "SIGABRT",
  "SIGTRAP",
  "SIGILL",
  "SIGSEGV",
  "SIGBUS",
  132,
  133,
  134,
  139,
]);

/** Why a request came to its end: `lost` is an end of the process that says nothing about the expression. */
export type RequestEnd = "done" | "timeout" | "memory" | "lost";

export interface RequestResult {
  readonly end: RequestEnd;
  /** Of the expressions that were done, in order. */
  readonly outcomes: readonly Outcome[];
}

interface Current {
  readonly request: EvaluationRequest;
  readonly outcomes: Outcome[];
  /** Milliseconds, on the clock of `performance.now`. */
  readonly deadline: number;
  readonly settle: (result: RequestResult) => void;
  timer: NodeJS.Timeout | undefined;
}

export class EvaluatorProcess {
  /** False when the process could not be started. */
  readonly started: Promise<boolean>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #current: Current | undefined;
  #alive = true;
  #killedForTime = false;
  #expressions = 0;
  #memory = 0;

  constructor() {
    this.#child = launch();
    this.#child.unref();
    this.#child.on("message", (message) => this.#receive(message as ChildMessage));
    this.#child.on("error", () => this.#ended("lost"));
    this.#exited = new Promise((resolve) => {
      this.#child.once("exit", (code, signal) => {
        this.#ended(this.#killedForTime ? "timeout" : reasonOf(code, signal));
        resolve();
      });
      this.#child.once("error", () => resolve());
    });
    this.started = this.#start();
  }

  /** Whether it can take another request. */
  get usable(): boolean {
    return this.#alive && this.#expressions < MAX_EXPRESSIONS && this.#memory < MAX_MEMORY;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Evaluates; never rejects. After an end other than `done` the process is gone. */
  run(request: EvaluationRequest, deadline: number): Promise<RequestResult> {
    if (!this.#alive) return Promise.resolve({ end: "lost", outcomes: [] });
    return new Promise((settle) => {
      this.#current = { request, outcomes: [], deadline, settle, timer: undefined };
      this.#expressions += request.expressions.length;
      this.#child.channel?.ref();
      this.#watch(this.#current);
      this.#child.send(request, (error) => {
        if (error !== null) this.#ended("lost");
      });
    });
  }

  /** Ends the process; resolves when it is gone. */
  async close(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  async #start(): Promise<boolean> {
    const started = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        this.#child.kill("SIGKILL");
        resolve(false);
      }, START_TIMEOUT);
      timer.unref();
      // The first message says that it is ready.
      this.#child.once("message", () => {
        clearTimeout(timer);
        resolve(true);
      });
      void this.#exited.then(() => {
        clearTimeout(timer);
        resolve(false);
      });
    });
    // An idle process does not keep the server alive.
    if (this.#current === undefined) this.#child.channel?.unref();
    return started;
  }

  #receive(message: ChildMessage): void {
    const current = this.#current;
    if (current === undefined || !("id" in message) || message.id !== current.request.id) return;
    if ("end" in message) {
      this.#memory = message.rss;
      this.#settle("done");
    } else {
      current.outcomes.push(message);
      this.#watch(current);
    }
  }

  /** Starts the time of the next expression. */
  #watch(current: Current): void {
    clearTimeout(current.timer);
    const left = Math.min(EXPRESSION_TIMEOUT, current.deadline - performance.now());
    current.timer = setTimeout(
      () => {
        this.#killedForTime = true;
        this.#child.kill("SIGKILL");
      },
      Math.max(1, left),
    );
  }

  #ended(end: RequestEnd): void {
    this.#alive = false;
    this.#settle(end);
  }

  #settle(end: RequestEnd): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    clearTimeout(current.timer);
    if (this.#alive) this.#child.channel?.unref();
    current.settle({ end, outcomes: current.outcomes });
  }
}

function reasonOf(code: number | null, signal: string | null): RequestEnd {
  return ABORTED.has(signal) || ABORTED.has(code) ? "memory" : "lost";
}
