/** One process of a local function: started, given invocations one at a time, ended. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Logger } from "pino";
import { DEFAULT_MEMORY, type FunctionConfig } from "./function-config.ts";
import { type Command, functionCommand } from "./function-command.ts";
import { functionEnvironment } from "./function-environment.ts";
import { environmentFailure, type Invocation, type InvocationOutcome } from "./invocation.ts";
import { LogLines } from "./log-lines.ts";
import { LogTail } from "./log-tail.ts";
import type { ProcessGuard } from "./process-guard.ts";
import { RuntimeApi } from "./runtime-api.ts";

/** What every process of the server's functions is given. */
export interface ProcessSurroundings {
  readonly region: string;
  /** The server's environment, of which a function inherits little. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  readonly guard: ProcessGuard;
}

/** Told to the pool. */
export interface ProcessObserver {
  /** It waits for an invocation. */
  idle(process: FunctionProcess): void;
  /** It will take no (more) invocations. `failure`: it never got as far as taking one. */
  ended(process: FunctionProcess, failure: InitFailure | undefined): void;
}

/** Why a process could not be started: a payload as the function's answer, or a TaskFailure. */
export type InitFailure =
  | { readonly payload: (requestId: string) => string }
  | { readonly error: unknown };

/** Loading a function's code has this much time at least, as on AWS, besides its own time-out. */
const MIN_INIT_MS = 10_000;
/** Between SIGTERM and SIGKILL. */
const KILL_AFTER_MS = 2_000;

interface Running {
  readonly invocation: Invocation;
  readonly settle: (outcome: InvocationOutcome) => void;
  readonly startedAt: number;
  readonly timer: NodeJS.Timeout;
  readonly tail: LogTail | undefined;
}

export class FunctionProcess {
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  readonly #config: FunctionConfig;
  readonly #surroundings: ProcessSurroundings;
  readonly #observer: ProcessObserver;
  #markGone: () => void = () => {};
  #child: ChildProcess | undefined;
  #api: RuntimeApi | undefined;
  #running: Running | undefined;
  #readyTimer: NodeJS.Timeout | undefined;
  /** Collects what a finished invocation wrote just before its answer. */
  #lateTail: LogTail | undefined;
  #initialised = false;
  #ended = false;
  /** Of the current or last invocation: output may arrive after the answer. */
  #requestId: string | undefined;

  constructor(
    config: FunctionConfig,
    surroundings: ProcessSurroundings,
    observer: ProcessObserver,
  ) {
    this.#config = config;
    this.#surroundings = surroundings;
    this.#observer = observer;
    this.gone = new Promise((resolve) => {
      this.#markGone = resolve;
    });
    void this.#start();
  }

  /** Hands out an invocation; undefined if the process does not wait for one. */
  invoke(invocation: Invocation): Promise<InvocationOutcome> | undefined {
    const { timeoutSeconds } = this.#config;
    const deadline = Date.now() + timeoutSeconds * 1_000;
    if (this.#ended || this.#api?.deliver(invocation, deadline) !== true) return undefined;
    this.#requestId = invocation.requestId;
    return new Promise((settle) => {
      this.#running = {
        invocation,
        settle,
        startedAt: performance.now(),
        timer: setTimeout(() => this.#timedOut(), timeoutSeconds * 1_000),
        tail: invocation.logTail ? new LogTail(invocation.requestId) : undefined,
      };
    });
  }

  /** Ends the process and its children, now or, if they resist, soon. Its invocation never settles. */
  end(): void {
    if (this.#running !== undefined) clearTimeout(this.#running.timer);
    this.#running = undefined;
    this.#finish(undefined);
  }

  async #start(): Promise<void> {
    // The observer must know this process before it hears of it.
    await Promise.resolve();
    try {
      const { environment, region } = this.#surroundings;
      const command = functionCommand(this.#config, environment["PATH"] ?? "");
      this.#api = await RuntimeApi.open({
        ready: () => this.#ready(),
        responded: (payload) => void this.#settle(payload, false),
        failed: (payload) => void this.#settle(payload, true),
        initFailed: (payload) => this.#finish({ payload: () => payload }),
      });
      if (this.#ended) {
        this.#api.close();
        return;
      }
      const api = this.#api.address;
      this.#spawn(command, functionEnvironment(this.#config, { region, api, server: environment }));
    } catch (error) {
      this.#finish({ error });
    }
  }

  #spawn(command: Command, env: Record<string, string>): void {
    const child = spawn(command.file, command.arguments, {
      cwd: this.#config.code,
      env,
      // A process group of its own, so that what the function starts ends with it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#forward(child.stdout, "info");
    this.#forward(child.stderr, "warn");
    child.once("error", (error) => {
      if (child.pid !== undefined) return;
      const text = `Couldn't start ${command.file}: ${error.message}`;
      this.#finish({ payload: (id) => environmentFailure("Runtime.InvalidEntrypoint", id, text) });
    });
    child.once("exit", (code, signal) => this.#exited(exitText(code, signal)));
    if (child.pid !== undefined) this.#surroundings.guard.add(child.pid);
    const limit = Math.max(MIN_INIT_MS, this.#config.timeoutSeconds * 1_000);
    this.#readyTimer = setTimeout(() => {
      const text = `Task timed out after ${(limit / 1_000).toFixed(2)} seconds`;
      this.#finish({ payload: (id) => environmentFailure("Sandbox.Timedout", id, text) });
    }, limit);
  }

  #ready(): void {
    clearTimeout(this.#readyTimer);
    this.#initialised = true;
    if (!this.#ended) this.#observer.idle(this);
  }

  async #settle(payload: string, failed: boolean): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    clearTimeout(running.timer);
    // One that answers but never asks for more is of no use.
    const { timeoutSeconds } = this.#config;
    this.#readyTimer = setTimeout(() => this.#finish(undefined), timeoutSeconds * 1_000).unref();
    const { invocation, tail } = running;
    const duration = performance.now() - running.startedAt;
    let logResult: string | undefined;
    if (tail !== undefined) {
      // What the function wrote before its answer is in the pipes already: read it first.
      this.#lateTail = tail;
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
      this.#lateTail = undefined;
      const memory = this.#config.memory ?? DEFAULT_MEMORY;
      logResult = tail.finish(invocation.requestId, duration, memory);
    }
    running.settle({ payload, failed, logResult });
  }

  #timedOut(): void {
    const id = this.#requestId ?? "";
    const text = `Task timed out after ${this.#config.timeoutSeconds.toFixed(2)} seconds`;
    this.#log("warn", text);
    void this.#settle(environmentFailure("Sandbox.Timedout", id, text), true);
    this.#finish(undefined);
  }

  #exited(text: string): void {
    const pid = this.#child?.pid;
    if (pid !== undefined) {
      // What it started and left behind ends, too.
      signalGroup(pid, "SIGKILL");
      this.#surroundings.guard.remove(pid);
    }
    if (this.#running !== undefined) {
      const id = this.#running.invocation.requestId;
      void this.#settle(environmentFailure("Runtime.ExitError", id, text), true);
    }
    const failure = this.#initialised
      ? undefined
      : { payload: (id: string) => environmentFailure("Runtime.ExitError", id, text) };
    this.#finish(failure);
    this.#markGone();
  }

  #finish(failure: InitFailure | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#readyTimer);
    this.#api?.close();
    const child = this.#child;
    const pid = child?.pid;
    if (child === undefined || pid === undefined) {
      this.#markGone();
    } else if (child.exitCode === null && child.signalCode === null) {
      signalGroup(pid, "SIGTERM");
      const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), KILL_AFTER_MS);
      void this.gone.then(() => clearTimeout(timer));
    }
    this.#observer.ended(this, failure);
  }

  #forward(stream: NodeJS.ReadableStream | null, level: "info" | "warn"): void {
    if (stream === null) return;
    const lines = new LogLines((line) => {
      this.#running?.tail?.line(line);
      this.#lateTail?.line(line);
      this.#log(level, line);
    });
    stream.on("data", (chunk: Buffer) => lines.write(chunk));
    stream.once("end", () => lines.end());
    stream.on("error", () => {});
  }

  #log(level: "info" | "warn", line: string): void {
    const fields = { function: this.#config.name, requestId: this.#requestId };
    this.#surroundings.logger[level](fields, line);
  }
}

/** As Lambda words it. */
function exitText(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) {
    return `Runtime exited with error: signal: ${SIGNAL_TEXTS[signal] ?? signal}`;
  }
  if (code === 0) return "Runtime exited without providing a reason";
  return `Runtime exited with error: exit status ${code}`;
}

const SIGNAL_TEXTS: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGHUP: "hangup",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
};

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
