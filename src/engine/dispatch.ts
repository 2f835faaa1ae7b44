/** Sends tasks out to Lambda functions and services, and their results back as signals. */
import type { ScheduledTask } from "../interpreter/command.ts";
import type { Execution } from "../interpreter/execution.ts";
import type { Signal, TaskFailureKind, TaskId } from "../interpreter/signal.ts";
import type { Json } from "../json/json.ts";
import type { TaskCall, TaskReport, TaskRunner } from "./ports.ts";
import type { SignalSink } from "./signal-sink.ts";
import type { Tokens } from "./tokens.ts";

/** The execution a task belongs to; ids of EXPRESS executions are negative. */
export interface TaskOwner {
  readonly id: number;
  readonly execution: Execution;
}

export interface DispatchParts {
  readonly runner: TaskRunner;
  readonly sink: SignalSink;
  readonly tokens: Tokens;
  readonly region: string;
  readonly accountId: string;
  /** Calls out at a time. */
  readonly concurrentCalls: number;
}

/** Scheduled event ids are below 2^20 and execution ids at most 2^32: the key is exact. */
export function taskKey(executionId: number, task: TaskId): number {
  return executionId * 2 ** 20 + task.scheduledEventId;
}

export class Dispatch {
  readonly #parts: DispatchParts;
  /** Every attempt from its start until its result is durable: none is started twice. */
  readonly #calls = new Map<number, Call>();
  /** Those that wait for a free place, first come first served. */
  readonly #waiting = new Map<number, Call>();
  /** Attempts of each execution in `#calls` that do more than to wait. */
  readonly #perExecution = new Map<number, number>();
  #running = 0;
  #idle: (() => void)[] = [];
  #stopped = false;

  constructor(parts: DispatchParts) {
    this.#parts = parts;
  }

  /** Whether calls of the execution are out that do more than to wait, or results on their way. */
  isBusy(executionId: number): boolean {
    return this.#perExecution.has(executionId);
  }

  /** Whether the runner answers the attempt itself: no worker and no client is waited for. */
  isMocked({ execution: { info } }: TaskOwner, { stateName }: ScheduledTask): boolean {
    const { stateMachineArn, testCase } = info;
    if (testCase === undefined) return false;
    return this.#parts.runner.mocks?.({ stateMachineArn, stateName, testCase }) === true;
  }

  /** Starts an attempt. Nothing happens if it is out already, or if only a callback can end it. */
  start(owner: TaskOwner, task: ScheduledTask): void {
    const { resource } = task;
    const isCallback =
      resource.type === "Service" &&
      resource.pattern === "WaitForTaskToken" &&
      !this.isMocked(owner, task);
    if (this.#stopped || (isCallback && task.submitted)) return;
    const key = taskKey(owner.id, task.id);
    if (this.#calls.has(key)) return;
    const { info } = owner.execution;
    const { startedAt } = info;
    const token = isCallback
      ? this.#parts.tokens.make({ executionId: owner.id, startedAt, task: task.id })
      : "";
    const call: TaskCall = {
      ...task,
      token,
      executionArn: info.arn,
      executionStartedAt: startedAt,
      stateMachineArn: info.stateMachineArn,
      region: this.#parts.region,
      accountId: this.#parts.accountId,
      testCase: info.testCase,
    };
    const entry = new Call(this, key, owner.id, call, isCallback);
    this.#calls.set(key, entry);
    this.#count(owner.id, 1);
    // A job that was submitted before only waits for its end.
    if (task.submitted) entry.run(this.#parts.runner, false);
    else if (this.#running < this.#parts.concurrentCalls) this.#run(entry);
    else this.#waiting.set(key, entry);
  }

  /** Nobody waits for the attempt any more. */
  cancel(executionId: number, task: TaskId): void {
    const call = this.#calls.get(taskKey(executionId, task));
    if (call === undefined) return;
    this.#forget(call);
    this.#waiting.delete(call.key);
    call.abort();
  }

  signal(call: Call, signal: Signal, isLast: boolean): void {
    this.#parts.sink.insist(
      call.executionId,
      signal,
      isLast ? () => this.#forget(call) : undefined,
    );
  }

  /** The call only waits from now on. */
  idles(call: Call): void {
    if (this.#calls.get(call.key) === call) this.#count(call.executionId, -1);
  }

  /** A call's place is free again. */
  release(): void {
    this.#running--;
    for (const [key, call] of this.#waiting) {
      this.#waiting.delete(key);
      this.#run(call);
      if (this.#running >= this.#parts.concurrentCalls) break;
    }
    if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Starts nothing more; resolves when the calls that are out have reported. */
  drain(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #run(call: Call): void {
    this.#running++;
    call.run(this.#parts.runner, true);
  }

  #forget(call: Call): void {
    if (this.#calls.delete(call.key) && !call.isWaiting) this.#count(call.executionId, -1);
  }

  #count(executionId: number, change: number): void {
    const count = (this.#perExecution.get(executionId) ?? 0) + change;
    if (count === 0) this.#perExecution.delete(executionId);
    else this.#perExecution.set(executionId, count);
  }
}

/** One attempt. What it reports after its end counts for nothing. */
class Call implements TaskReport {
  readonly key: number;
  readonly executionId: number;
  readonly #dispatch: Dispatch;
  readonly #call: TaskCall;
  readonly #isCallback: boolean;
  #state: "Waiting" | "Running" | "Ended" = "Waiting";
  #holdsPlace = false;
  #isWaiting = false;
  #cancel: (() => void) | undefined;

  constructor(
    dispatch: Dispatch,
    key: number,
    executionId: number,
    call: TaskCall,
    isCallback: boolean,
  ) {
    this.#dispatch = dispatch;
    this.key = key;
    this.executionId = executionId;
    this.#call = call;
    this.#isCallback = isCallback;
  }

  /** @param holdsPlace Whether it counts among the calls that run at a time. */
  run(runner: TaskRunner, holdsPlace: boolean): void {
    this.#state = "Running";
    this.#holdsPlace = holdsPlace;
    let cancel: (() => void) | undefined;
    try {
      cancel = runner.run(this.#call, this);
    } catch (defect) {
      this.failed("States.Runtime", `The task could not be started: ${String(defect)}`);
    }
    // It may have reported already.
    if (this.#isRunning()) this.#cancel = cancel;
  }

  abort(): void {
    if (!this.#end()) return;
    this.#cancel?.();
  }

  started(): void {
    const { id } = this.#call;
    if (this.#isRunning()) this.#dispatch.signal(this, { type: "TaskStarted", task: id }, false);
  }

  submitted(output: Json): void {
    if (!this.#isRunning()) return;
    const signal: Signal = { type: "TaskSubmitted", task: this.#call.id, output };
    // From now on a `.waitForTaskToken` task is the client's.
    if (this.#isCallback) this.#finish(signal);
    else this.#dispatch.signal(this, signal, false);
  }

  /** Whether it said that it only waits. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  waits(): void {
    if (!this.#isRunning() || this.#isWaiting) return;
    this.#isWaiting = true;
    this.#dispatch.idles(this);
    this.#leavePlace();
  }

  succeeded(output: Json): void {
    this.#finish({ type: "TaskSucceeded", task: this.#call.id, output });
  }

  failed(error: string, cause: string | undefined, kind: TaskFailureKind = "Failed"): void {
    this.#finish({ type: "TaskFailed", task: this.#call.id, kind, error, cause });
  }

  #isRunning(): boolean {
    return this.#state === "Running";
  }

  #finish(signal: Signal): void {
    if (!this.#isRunning()) return;
    this.#dispatch.signal(this, signal, true);
    this.#end();
  }

  /** False: it had ended before. */
  #end(): boolean {
    const was = this.#state;
    this.#state = "Ended";
    this.#leavePlace();
    return was === "Running";
  }

  #leavePlace(): void {
    if (!this.#holdsPlace) return;
    this.#holdsPlace = false;
    this.#dispatch.release();
  }
}
