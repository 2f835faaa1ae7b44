/** EXPRESS executions: the same decider in memory, without a journal. */
import type { Command } from "../interpreter/command.ts";
import { decide } from "../interpreter/decide.ts";
import { executionTimer } from "../interpreter/execution-timeout.ts";
import type { Decision } from "../interpreter/decide.ts";
import type { Execution } from "../interpreter/execution.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import type { Signal } from "../interpreter/signal.ts";
import type { Json } from "../json/json.ts";
import { replay } from "../interpreter/replay.ts";
import { ArmedTimers } from "./armed-timers.ts";
import type { LoggingConfiguration } from "./catalog/configuration.ts";
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import type { DecisionSurroundings } from "./decision-surroundings.ts";
import type { Dispatch } from "./dispatch.ts";
import type { Evaluations } from "./evaluations.ts";
import type { EngineLog } from "./engine-log.ts";
import { expressArn } from "./execution-arn.ts";
import { describeExecution } from "./execution-description.ts";
import { encodeDetails } from "./execution-details.ts";
import { isInService } from "./execution-loader.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { ExecutionDescription, StartRequest, StartResult } from "./execution-service.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { EngineLimits } from "./limits.ts";
import type { Observations } from "./observations.ts";
import type { Clock, ExecutionRecord, Randomness, Store } from "./ports.ts";
import { StoreUnavailable } from "./ports.ts";
import type { SignalSink } from "./signal-sink.ts";
import type { Timers } from "./timers.ts";
import { Turns } from "./turns.ts";

export interface ExpressParts {
  readonly store: Pick<Store, "readJournal">;
  readonly commit: GroupCommit;
  readonly loader: ExecutionLoader;
  readonly directory: MachineDirectory;
  readonly surroundings: DecisionSurroundings;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly timers: Timers;
  readonly dispatch: Dispatch;
  readonly evaluations: Evaluations;
  readonly limits: EngineLimits;
  readonly observations: Observations;
  readonly log: EngineLog;
}

/** Milliseconds until the end of an execution is written again if it could not be stored. */
const RETRY_DELAY = 2_000;

interface Run {
  /** Negative, so that it is not taken for a STANDARD execution's. */
  readonly id: number;
  readonly execution: Execution;
  readonly timers: ArmedTimers;
  readonly logging: LoggingConfiguration;
  /** As its record has them. */
  readonly details: string;
  /** Not told yet; undefined: nobody wants them. */
  readonly events: HistoryEvent[] | undefined;
  /** An asynchronous execution's durable record, so that it runs again after a crash. */
  record: ExecutionRecord | undefined;
  /** Called once, at the end; the error: the server stops. */
  ended: ((error?: StoreUnavailable) => void) | undefined;
}

export class Express implements SignalSink {
  readonly #parts: ExpressParts;
  readonly #runs = new Map<number, Run>();
  readonly #turns = new Turns<Run>((run) => this.#handle(run, { type: "Continue" }));
  #lastId = 0;
  #idle: (() => void)[] = [];

  constructor(parts: ExpressParts) {
    this.#parts = parts;
  }

  /** Resolves at the end of the execution. Rejects with StoreUnavailable when the server stops. */
  startSync(request: StartRequest, compiled: CompiledRevision): Promise<ExecutionDescription> {
    if (this.#isFull) return Promise.reject(this.#full());
    const run = this.#newRun(request, compiled);
    return new Promise((resolve, reject) => {
      run.ended = (error) => {
        if (error !== undefined) return reject(error);
        const { status, stoppedAt } = run.execution;
        const { revisionId } = request;
        const record = { status, stoppedAt, revisionId, details: run.details };
        const now = this.#parts.clock.now();
        return resolve(describeExecution(run.execution, record, { isInService: true, now }));
      };
      this.#enter(run);
      this.#handle(run, { type: "Started", input: request.input });
    });
  }

  /** Resolves when it is sure that the execution will run, at least once. */
  start(request: StartRequest, compiled: CompiledRevision): Promise<StartResult> {
    if (this.#isFull || this.#parts.commit.isFull) return Promise.reject(this.#full());
    if (!isInService(this.#parts.directory, request.machine)) {
      return Promise.resolve({ type: "MachineGone" });
    }
    const run = this.#newRun(request, compiled);
    const { arn, startedAt, name } = run.execution.info;
    const result: StartResult = { type: "Started", executionArn: arn, startedAt };
    const decision = this.#decide(run, { type: "Started", input: request.input });
    // Done without having acted on anything: nothing of it has to outlive a crash.
    if (run.execution.status !== "RUNNING") {
      this.#tell(run);
      return Promise.resolve(result);
    }
    const id = this.#parts.commit.nextExecutionId();
    const record: ExecutionRecord = {
      id,
      machineId: request.machine.id,
      revisionId: request.revisionId,
      // Names can be used again at once; a colon is in no name.
      name: `${name}:${arn.slice(arn.lastIndexOf(":") + 1)}`,
      status: "RUNNING",
      startedAt,
      stoppedAt: undefined,
      details: run.details,
      parkedUntil: undefined,
    };
    run.record = record;
    this.#enter(run);
    return new Promise((resolve, reject) => {
      this.#parts.commit.put({
        executionId: id,
        record,
        isNew: true,
        row: { executionId: id, sequence: 0, at: startedAt, body: decision.body },
        change: undefined,
        batch: 0,
        durable: () => {
          this.#carryOut(run, decision);
          resolve(result);
        },
        lost: (error) => {
          this.#leave(run);
          reject(error);
        },
      });
    });
  }

  /**
   * Runs a child execution of a Map Run in memory; the run starts it again after a crash. `ended` is
   * called once, without an execution if the server stops. What is returned ends it.
   */
  startChild(
    execution: Execution,
    compiled: CompiledRevision,
    input: Json,
    ended: (execution: Execution | undefined) => void,
  ): (() => void) | "Full" {
    if (this.#isFull) return "Full";
    const run = this.#runOf(execution, compiled, "", undefined);
    run.ended = (error) => ended(error === undefined ? execution : undefined);
    this.#enter(run);
    this.#handle(run, { type: "Started", input });
    return () => this.#handle(run, { type: "StopRequested", error: undefined, cause: undefined });
  }

  /** Starts an execution again that a crash interrupted. */
  async rerun(record: ExecutionRecord, machine: StateMachine): Promise<void> {
    const { store, loader, directory, clock } = this.#parts;
    const before = await loader.blank(record);
    const [row] = await store.readJournal(record.id, 0, 1);
    if (row === undefined) throw new Error(`execution ${record.id} has no journal`);
    replay(before, row.body, row.at);
    const compiled = await directory.definitions.get(record.revisionId);
    const name = record.name.slice(0, record.name.lastIndexOf(":"));
    const arn = expressArn(machine.arn, name, record.name.slice(name.length + 1));
    const { testCase } = before.info;
    const own = { arn, name, startedAt: clock.now(), testCase };
    const execution = loader.create(machine, compiled, own);
    const run = this.#runOf(execution, compiled, record.details, record);
    this.#enter(run);
    this.#handle(run, { type: "Started", input: before.input });
  }

  insist(id: number, signal: Signal, settled?: () => void): void {
    const run = this.#runs.get(id);
    if (run !== undefined) this.#handle(run, signal);
    settled?.();
  }

  /** A timer may be due. */
  wake(id: number): void {
    const run = this.#runs.get(id);
    if (run === undefined) return;
    const now = this.#parts.clock.now();
    for (let due = run.timers.takeDue(now); due !== undefined; due = run.timers.takeDue(now)) {
      this.#handle(run, { type: "TimerFired", timer: due });
    }
    if (this.#runs.has(id)) this.#parts.timers.set(id, run.timers.nextDueAt);
  }

  /** Ends the executions of a state machine. */
  end(machineArn: string): void {
    for (const run of this.#runs.values()) {
      if (run.execution.info.stateMachineArn !== machineArn) continue;
      this.#handle(run, { type: "StopRequested", error: undefined, cause: undefined });
    }
  }

  /** Resolves when no execution runs. */
  idle(): Promise<void> {
    if (this.#runs.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Gives up what still runs; asynchronous executions start again with the next server. */
  stop(): void {
    this.#turns.stop();
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    for (const run of runs) run.ended?.(new StoreUnavailable("The server is stopping"));
  }

  get #isFull(): boolean {
    return this.#runs.size >= this.#parts.limits.expressExecutions;
  }

  #full(): StoreUnavailable {
    return new StoreUnavailable("Too many EXPRESS executions are running; try again later");
  }

  #newRun(request: StartRequest, compiled: CompiledRevision): Run {
    const { randomness, clock, loader } = this.#parts;
    const name = request.name ?? randomness.uuid();
    const arn = expressArn(request.machine.arn, name, randomness.uuid());
    const own = { arn, name, startedAt: clock.now(), testCase: request.testCase };
    const execution = loader.create(request.machine, compiled, own);
    return this.#runOf(execution, compiled, encodeDetails(request), undefined);
  }

  #runOf(
    execution: Execution,
    { revision: { logging } }: CompiledRevision,
    details: string,
    record: ExecutionRecord | undefined,
  ): Run {
    this.#lastId--;
    const timers = new ArmedTimers();
    timers.arm(
      executionTimer(execution),
      execution.info.startedAt + this.#parts.limits.expressMilliseconds,
    );
    const events = this.#parts.observations.gather(logging, execution);
    const id = this.#lastId;
    return { id, execution, timers, logging, details, events, record, ended: undefined };
  }

  #enter(run: Run): void {
    this.#runs.set(run.id, run);
    this.#parts.timers.set(run.id, run.timers.nextDueAt);
  }

  #handle(run: Run, signal: Signal): void {
    if (run.execution.status !== "RUNNING" || !this.#runs.has(run.id)) return;
    this.#carryOut(run, this.#decide(run, signal));
  }

  #decide(run: Run, signal: Signal): Decision {
    const { surroundings, clock, log } = this.#parts;
    surroundings.prepare(run, clock.now());
    try {
      return decide(run.execution, signal, surroundings, undefined, run.events);
    } catch (defect) {
      log.error({ err: defect, executionArn: run.execution.info.arn }, "defect in a decision");
      run.execution.status = "FAILED";
      run.execution.error = "States.Runtime";
      run.execution.stoppedAt = surroundings.at;
      return { body: "", commands: [], more: false };
    }
  }

  #tell({ execution, logging, details, events }: Run): void {
    if (events === undefined) return;
    this.#parts.observations.tellEvents(execution, logging, details, events.splice(0));
  }

  #carryOut(run: Run, { commands, more }: Decision): void {
    this.#tell(run);
    for (const command of commands) this.#carryOutOne(run, command);
    if (run.execution.status !== "RUNNING") this.#close(run);
    else {
      if (this.#runs.has(run.id)) this.#parts.timers.set(run.id, run.timers.nextDueAt);
      if (more) this.#turns.add(run);
    }
  }

  #carryOutOne(run: Run, command: Command): void {
    switch (command.type) {
      case "StartTask":
        this.#parts.dispatch.start(run, command.task);
        break;
      case "CancelTask":
        this.#parts.dispatch.cancel(run.id, command.task);
        break;
      case "ArmTimer":
        run.timers.arm(command.timer, command.dueAt);
        break;
      case "Evaluate":
        this.#parts.evaluations.start(run, command);
        break;
      case "StartChild":
      case "ResumeChildren":
      case "StopChildren":
      case "ReadItems":
      case "WriteResults":
      case "WriteUnstarted":
        throw new Error("an EXPRESS execution has no Map Runs");
    }
  }

  #close(run: Run): void {
    if (!this.#runs.has(run.id)) return;
    this.#leave(run);
    if (run.record !== undefined) this.#writeEnd(run.execution, run.record);
    run.ended?.();
  }

  #leave(run: Run): void {
    this.#runs.delete(run.id);
    this.#parts.timers.clear(run.id);
    if (this.#runs.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #writeEnd(execution: Execution, record: ExecutionRecord): void {
    const { commit, clock } = this.#parts;
    const { status, stoppedAt } = execution;
    commit.put({
      executionId: record.id,
      record: { ...record, status, stoppedAt },
      isNew: false,
      row: undefined,
      change: undefined,
      batch: 0,
      durable: () => {},
      lost: () => {
        clock.schedule(clock.now() + RETRY_DELAY, () => this.#writeEnd(execution, record));
      },
    });
  }
}
