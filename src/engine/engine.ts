/** The engine: everything that happens to executions goes through here. */
import type { Signal } from "../interpreter/signal.ts";
import { openTask, scheduledTask } from "../interpreter/states/task.ts";
import { Activities } from "./activities.ts";
import type { ActivityAnswer } from "./activities.ts";
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import { DecisionSurroundings } from "./decision-surroundings.ts";
import { Dispatch } from "./dispatch.ts";
import type { EngineParts } from "./engine-parts.ts";
import { Evaluations } from "./evaluations.ts";
import { ExecutionEnds, untilEnded } from "./execution-ends.ts";
import { ExecutionInsight } from "./execution-insight.ts";
import { ExecutionLoader } from "./execution-loader.ts";
import { ExecutionReader } from "./execution-reader.ts";
import type {
  ExecutionDescription,
  ExecutionService,
  SendTaskResult,
  StartRequest,
  StartResult,
  TaskOutcome,
} from "./execution-service.ts";
import { Express } from "./express.ts";
import type { LiveExecution } from "./live-execution.ts";
import { MachineDeletion } from "./machine-deletion.ts";
import { Observations } from "./observations.ts";
import { MapRunReader } from "./map-run-reader.ts";
import type { MapRunService } from "./map-run-service.ts";
import { MapRuns } from "./map-runs.ts";
import { OpenExecutions } from "./open-executions.ts";
import { signalOf } from "./outcome-signal.ts";
import { Parking } from "./parking.ts";
import { StoreUnavailable } from "./ports.ts";
import { RecentlyClosed } from "./recently-closed.ts";
import { recover } from "./recovery.ts";
import { Redriver } from "./redriver.ts";
import type { Reply, SignalResult } from "./reply.ts";
import { Shard } from "./shard.ts";
import type { SignalSink } from "./signal-sink.ts";
import { Starter } from "./starter.ts";
import { Timers } from "./timers.ts";
import { Tokens } from "./tokens.ts";

/** Milliseconds until a task is returned again if the store was away. */
const RETURN_RETRY_DELAY = 500;

export class Engine implements ExecutionService {
  readonly #parts: EngineParts;
  readonly #tokens: Tokens;
  readonly #timers: Timers;
  readonly #dispatch: Dispatch;
  readonly #evaluations: Evaluations;
  readonly #activities: Activities;
  readonly #shard: Shard;
  readonly #express: Express;
  readonly #reader: ExecutionReader;
  readonly #ends = new ExecutionEnds();
  readonly #starter: Starter;
  readonly #redriver: Redriver;
  readonly #parking: Parking;
  readonly #deletion: MachineDeletion;
  readonly #mapRuns: MapRuns;
  readonly mapRuns: MapRunService;
  readonly insight: ExecutionInsight;
  #closing: Promise<void> | undefined;

  private constructor(parts: EngineParts) {
    const { store, commit, directory, clock, randomness, limits, log } = parts;
    this.#parts = parts;
    const tokens = new Tokens(parts.secret);
    this.#tokens = tokens;
    const surroundings = new DecisionSurroundings(randomness, tokens);
    const loader = new ExecutionLoader({ store, directory, clock, limits });
    const sink: SignalSink = {
      insist: (id, signal, settled) => {
        (id < 0 ? this.#express : this.#shard).insist(id, signal, settled);
      },
    };
    this.#timers = new Timers(clock, (id) => (id < 0 ? this.#express : this.#shard).wake(id));
    const { region, accountId, taskRunner: runner } = parts;
    const { concurrentCalls } = limits;
    this.#dispatch = new Dispatch({ runner, sink, tokens, region, accountId, concurrentCalls });
    const signal = (id: number, signalled: Signal, reply: Reply): void => {
      this.#shard.signal(id, signalled, reply);
    };
    this.#activities = new Activities({ signal, tokens, clock, limits });
    this.#evaluations = new Evaluations({ evaluator: parts.evaluator, sink, clock, log });
    const recentlyClosed = new RecentlyClosed(limits.recentlyClosedCharacters);
    const open = new OpenExecutions(limits.openExecutions);
    const { observer, evaluator } = parts;
    const shared = {
      commit,
      loader,
      surroundings,
      clock,
      timers: this.#timers,
      dispatch: this.#dispatch,
      evaluations: this.#evaluations,
      observations: new Observations({ observer, directory, clock }),
      log,
    };
    const children = {
      carryOut: (...call: Parameters<MapRuns["carryOut"]>) => this.#mapRuns.carryOut(...call),
      closed: (live: LiveExecution) => this.#mapRuns.closed(live),
    };
    const activities = this.#activities;
    this.#shard = new Shard({
      ...shared,
      activities,
      recentlyClosed,
      open,
      ends: this.#ends,
      children,
    });
    this.#express = new Express({ ...shared, store, directory, randomness, limits });
    const shard = this.#shard;
    const express = this.#express;
    const { itemSources, resultWriters } = parts;
    const data = { itemSources, resultWriters };
    const childParts = { store, directory, shard, express, sink, open, ...data };
    this.#mapRuns = new MapRuns({ ...shared, ...childParts });
    this.#reader = new ExecutionReader({
      store,
      directory,
      loader,
      shard,
      recentlyClosed,
      clock,
    });
    const reader = this.#reader;
    this.mapRuns = new MapRunReader({ store, loader, reader, shard });
    const startParts = { store, commit, directory, loader, reader, shard, open, clock, randomness };
    this.#starter = new Starter(startParts);
    this.insight = new ExecutionInsight({
      ...startParts,
      tokens,
      activities,
      evaluator,
      isStopping: () => this.#closing !== undefined,
    });
    this.#redriver = new Redriver({ commit, directory, loader, reader, shard, open, clock });
    this.#deletion = new MachineDeletion({
      store,
      machines: directory.machines,
      flush: () => commit.write({}),
      end: ({ id }) => this.#end(id),
      endExpress: ({ arn }) => this.#express.end(arn),
      clock,
      log,
    });
    this.#parking = new Parking({
      shard,
      dispatch: this.#dispatch,
      activities: this.#activities,
      clock,
      limits,
    });
    this.#recover = () =>
      recover({
        store,
        directory,
        loader,
        shard,
        express: this.#express,
        timers: this.#timers,
        open,
        mapRuns: this.#mapRuns,
        log,
      });
  }

  readonly #recover: () => Promise<void>;

  /** Takes up what was running when the last server ended. Rejects with StoreUnavailable. */
  static async open(parts: EngineParts): Promise<Engine> {
    const engine = new Engine(parts);
    await engine.#recover();
    engine.#parking.start();
    // Ends by itself; the server need not wait for it.
    void engine.#deletion.resume();
    return engine;
  }

  start(request: StartRequest): Promise<StartResult> {
    return this.#withRevision(request, (compiled) =>
      request.machine.type === "EXPRESS"
        ? this.#express.start(request, compiled)
        : this.#starter.start(request, compiled),
    );
  }

  startSync(request: StartRequest): Promise<ExecutionDescription> {
    return this.#withRevision(request, (compiled) => this.#express.startSync(request, compiled));
  }

  async stop(
    executionArn: string,
    error: string | undefined,
    cause: string | undefined,
  ): Promise<{ stoppedAt: number } | undefined> {
    if (this.#parts.commit.isFull) throw this.#busy();
    let id = this.#shard.findLive(executionArn)?.id;
    if (id === undefined) {
      const record = await this.#reader.find(executionArn);
      if (record === undefined) return undefined;
      if (record.stoppedAt !== undefined) return { stoppedAt: record.stoppedAt };
      ({ id } = record);
    }
    const [result, stoppedAt] = await this.#signal(id, { type: "StopRequested", error, cause });
    if (result === "Unknown") return undefined;
    if (stoppedAt !== undefined) return { stoppedAt };
    const record = await this.#parts.store.readExecution(id);
    return record?.stoppedAt === undefined ? undefined : { stoppedAt: record.stoppedAt };
  }

  redrive(
    executionArn: string,
    clientToken: string | undefined,
  ): ReturnType<ExecutionService["redrive"]> {
    if (this.#closing !== undefined) {
      return Promise.reject(new StoreUnavailable("The server is stopping"));
    }
    if (this.#parts.commit.isFull) return Promise.reject(this.#busy());
    return this.#redriver.redrive(executionArn, clientToken);
  }

  describe(executionArn: string): ReturnType<ExecutionService["describe"]> {
    return this.#reader.describe(executionArn);
  }

  /**
   * Resolves when a STANDARD execution has ended durably; with undefined if there is none, or when
   * `signal` aborts. Rejects with StoreUnavailable.
   */
  ended(executionArn: string, signal: AbortSignal): Promise<ExecutionDescription | undefined> {
    const parts = { ends: this.#ends, reader: this.#reader, shard: this.#shard };
    return untilEnded(parts, executionArn, signal);
  }

  list(query: Parameters<ExecutionService["list"]>[0]): ReturnType<ExecutionService["list"]> {
    return this.#reader.list(query);
  }

  history(
    executionArn: string,
    page: Parameters<ExecutionService["history"]>[1],
  ): ReturnType<ExecutionService["history"]> {
    return this.#reader.history(executionArn, page);
  }

  async sendTask(token: string, outcome: TaskOutcome): Promise<SendTaskResult> {
    const subject = this.#tokens.read(token);
    if (subject === undefined) return "InvalidToken";
    if (this.#parts.commit.isFull) throw this.#busy();
    const signal = signalOf(outcome, subject);
    const [result] = await this.#signal(subject.executionId, signal, subject.startedAt);
    switch (result) {
      case "Accepted":
        return "Accepted";
      case "Unknown":
        return "TaskDoesNotExist";
      case "Ignored":
      case "Closed":
        return "TaskTimedOut";
    }
  }

  getActivityTask(
    activityArn: string,
    workerName: string | undefined,
    signal: AbortSignal,
  ): Promise<ActivityAnswer> {
    return this.#activities.poll(activityArn, workerName, signal);
  }

  /**
   * Offers a task again that GetActivityTask handed over in vain: its answer did not reach the
   * worker. Nothing happens if the attempt is closed.
   */
  returnActivityTask(taskToken: string): void {
    const subject = this.#tokens.read(taskToken);
    if (subject === undefined || this.#closing !== undefined) return;
    const { executionId: id, startedAt, task } = subject;
    const { clock } = this.#parts;
    this.#shard.signal(
      id,
      { type: "Continue" },
      {
        startedAt,
        settled: (_result, execution) => {
          if (execution === undefined) return;
          const open = openTask(execution, task);
          if (open === undefined) return;
          this.#activities.offerAgain({ id, execution }, scheduledTask(open.frame, open.phase));
        },
        lost: () => {
          clock.schedule(clock.now() + RETURN_RETRY_DELAY, () =>
            this.returnActivityTask(taskToken),
          );
        },
      },
    );
  }

  endExecutions(machine: StateMachine): Promise<void> {
    return this.#deletion.begin(machine);
  }

  /** Starts nothing more, waits a while for calls that are out, and until all is stored. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { clock, limits, commit } = this.#parts;
    this.#activities.close();
    this.#evaluations.stop();
    this.#parking.stop();
    this.#deletion.stop();
    this.#mapRuns.stop();
    const drained = Promise.all([this.#dispatch.drain(), this.#express.idle()]);
    let cancel = (): void => {};
    const late = new Promise<void>((resolve) => {
      cancel = clock.schedule(clock.now() + limits.drainMilliseconds, resolve);
    });
    await Promise.race([drained, late]);
    cancel();
    this.#timers.stop();
    this.#shard.stop();
    this.#express.stop();
    await commit.idle();
  }

  #withRevision<Result>(
    request: StartRequest,
    start: (compiled: CompiledRevision) => Promise<Result>,
  ): Promise<Result> {
    if (this.#closing !== undefined) {
      return Promise.reject(new StoreUnavailable("The server is stopping"));
    }
    const { definitions } = this.#parts.directory;
    const compiled = definitions.peek(request.revisionId);
    return compiled === undefined
      ? definitions.get(request.revisionId).then(start)
      : start(compiled);
  }

  /** Resolves, after durability, with what became of the signal and the execution's stop date. */
  #signal(
    id: number,
    signal: Signal,
    startedAt?: number,
  ): Promise<readonly [SignalResult, number | undefined]> {
    return new Promise((resolve, reject) => {
      this.#shard.signal(id, signal, {
        startedAt,
        settled: (result, execution) => resolve([result, execution?.stoppedAt]),
        lost: reject,
      });
    });
  }

  /** Whether the execution has ended durably. */
  #end(id: number): Promise<boolean> {
    const signal: Signal = { type: "StopRequested", error: undefined, cause: undefined };
    return this.#signal(id, signal).then(
      () => true,
      () => false,
    );
  }

  #busy(): StoreUnavailable {
    return new StoreUnavailable("Too much waits for the database; try again later");
  }
}
