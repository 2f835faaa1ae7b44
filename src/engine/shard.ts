/**
 * The one writer of every STANDARD execution: takes its signals one at a time, in order, lets the
 * decider decide, and carries a decision out only after its events are durable.
 */
import { readyFrames } from "../interpreter/advance.ts";
import type { Command } from "../interpreter/command.ts";
import { decide } from "../interpreter/decide.ts";
import type { Decision } from "../interpreter/decide.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import { pendingCommands } from "../interpreter/pending.ts";
import type { Signal } from "../interpreter/signal.ts";
import { taskStatus } from "../interpreter/states/task.ts";
import { carryOut } from "./carry-out.ts";
import type { CommandParts } from "./carry-out.ts";
import type { EngineLog } from "./engine-log.ts";
import type { ExecutionEnds } from "./execution-ends.ts";
import type { ExecutionLoader } from "./execution-loader.ts";
import { asUnavailable } from "./group-commit.ts";
import type { Commitment, GroupCommit } from "./group-commit.ts";
import { DecisionCommitment } from "./decision-commitment.ts";
import type { DecisionOwner } from "./decision-commitment.ts";
import { LiveExecution } from "./live-execution.ts";
import type { Observations } from "./observations.ts";
import type { Clock, JournalRow } from "./ports.ts";
import { StoreUnavailable } from "./ports.ts";
import type { OpenExecutions } from "./open-executions.ts";
import type { RecentlyClosed } from "./recently-closed.ts";
import { updateRecord } from "./record-update.ts";
import type { Reply, SignalResult } from "./reply.ts";
import { RetryQueue } from "./retry-queue.ts";
import type { SignalSink } from "./signal-sink.ts";
import type { DecisionSurroundings } from "./decision-surroundings.ts";
import type { Timers } from "./timers.ts";
import { Turns } from "./turns.ts";

/** A journal holds at most 2^20 rows; only heartbeats can bring an execution near. */
const LAST_SEQUENCE = 2 ** 20 - 1;
const SEQUENCES_FOR_THE_END = 1_000;

export interface ShardParts extends CommandParts {
  readonly commit: GroupCommit;
  readonly loader: ExecutionLoader;
  readonly surroundings: DecisionSurroundings;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly recentlyClosed: RecentlyClosed;
  readonly ends: ExecutionEnds;
  readonly open: OpenExecutions;
  readonly observations: Observations;
  readonly log: EngineLog;
}

export class Shard implements SignalSink, DecisionOwner {
  readonly #parts: ShardParts;
  readonly #live = new Map<number, LiveExecution>();
  readonly #byArn = new Map<string, LiveExecution>();
  /** Signals that wait for an execution on its way from the store. */
  readonly #loading = new Map<number, { readonly signal: Signal; readonly reply: Reply }[]>();
  readonly #turns = new Turns<LiveExecution>((live) => this.#continue(live));
  readonly #retries: RetryQueue;

  constructor(parts: ShardParts) {
    this.#parts = parts;
    this.#retries = new RetryQueue(parts.clock, (id, signal, reply) =>
      this.signal(id, signal, reply),
    );
  }

  /** Executions in memory, by id. */
  get live(): ReadonlyMap<number, LiveExecution> {
    return this.#live;
  }

  /** The running execution of that ARN, if it is in memory. */
  findLive(arn: string): LiveExecution | undefined {
    return this.#byArn.get(arn);
  }

  /** Starts an execution that does not exist yet; `record` says RUNNING. */
  start(
    live: LiveExecution,
    signal: Signal & { readonly type: "Started" | "HistoryAdopted" },
    reply: Reply,
  ): void {
    this.#register(live);
    this.#decide(live, signal, reply);
  }

  /**
   * Lets a closed execution go on that is not in memory. `detailsAt`: its record's details, given the
   * time of the redrive. The reply is "Ignored" if the decider refuses.
   */
  redrive(live: LiveExecution, detailsAt: (at: number) => string, reply: Reply): void {
    this.#parts.recentlyClosed.remove(live.execution.info.arn);
    live.isStored = false;
    live.detailsAfterRedrive = detailsAt;
    this.#register(live);
    this.#decide(live, { type: "RedriveRequested" }, reply);
    if (live.uncommitted === 0 && !live.isGone) this.#forget(live);
  }

  /** Delivers a signal, loading the execution if need be. */
  signal(executionId: number, signal: Signal, reply: Reply): void {
    const live = this.#live.get(executionId);
    if (live !== undefined) {
      this.#receive(live, signal, reply);
      return;
    }
    const waiting = this.#loading.get(executionId);
    if (waiting !== undefined) {
      waiting.push({ signal, reply });
      return;
    }
    this.#loading.set(executionId, [{ signal, reply }]);
    void this.#load(executionId);
  }

  insist(executionId: number, signal: Signal, settled?: () => void): void {
    this.#retries.send(executionId, signal, settled);
  }

  /** A timer of the execution may be due. */
  wake(executionId: number): void {
    const live = this.#live.get(executionId);
    if (live === undefined) this.insist(executionId, { type: "Continue" });
    else this.#fireDue(live);
  }

  /** Takes over an execution that was folded from the store. */
  adopt(live: LiveExecution): void {
    this.#register(live);
    this.#carryOut(live, pendingCommands(live.execution));
    if (readyFrames(live.execution).length > 0) this.#continueLater(live);
  }

  /** Makes durable that the execution waits until `until` and drops it, unless it is touched before. */
  park(live: LiveExecution, until: number): void {
    if (live.record.parkedUntil === until) return this.evict(live, until);
    const { nextSequence } = live;
    const record = { ...live.record, parkedUntil: until };
    const commitment: Commitment = {
      executionId: live.id,
      record,
      isNew: false,
      row: undefined,
      change: undefined,
      batch: 0,
      durable: () => {
        live.isParking = false;
        if (live.record === record && live.nextSequence === nextSequence) this.evict(live, until);
      },
      lost: () => this.#throwOut(live),
    };
    live.isParking = true;
    live.record = record;
    live.recordHolder = commitment;
    this.#parts.commit.put(commitment);
  }

  /** Drops an execution that waits until `until` from memory; with the next server it is there again. */
  evict(live: LiveExecution, until: number): void {
    if (live.isGone) return;
    this.#forget(live);
    this.#parts.timers.set(live.id, until);
  }

  /** Executions stay as they are from now on; signals that come from outside are still taken. */
  stop(): void {
    this.#turns.stop();
    this.#retries.stop();
  }

  #register(live: LiveExecution): void {
    this.#live.set(live.id, live);
    this.#byArn.set(live.execution.info.arn, live);
  }

  async #load(executionId: number): Promise<void> {
    let loaded: LiveExecution | SignalResult;
    try {
      loaded = await this.#parts.loader.load(executionId);
    } catch (failure) {
      if (!(failure instanceof StoreUnavailable)) {
        this.#parts.log.error({ err: failure, executionId }, "an execution cannot be loaded");
      }
      const waiting = this.#takeWaiting(executionId);
      for (const { reply } of waiting) reply.lost(asUnavailable(failure));
      return;
    }
    const waiting = this.#takeWaiting(executionId);
    if (this.#live.has(executionId)) {
      // A redrive has brought it into memory meanwhile.
      for (const { signal, reply } of waiting) this.signal(executionId, signal, reply);
      return;
    }
    if (!(loaded instanceof LiveExecution)) {
      // Closed by a commit whose outcome was not known.
      this.#parts.ends.closed(executionId);
      for (const { reply } of waiting) reply.settled(loaded, undefined);
      return;
    }
    this.adopt(loaded);
    for (const { signal, reply } of waiting) {
      // A signal before it may have thrown the execution out again.
      if (loaded.isGone) this.signal(executionId, signal, reply);
      else this.#receive(loaded, signal, reply);
    }
    if (!loaded.isGone) this.#fireDue(loaded);
  }

  #takeWaiting(executionId: number): { readonly signal: Signal; readonly reply: Reply }[] {
    const waiting = this.#loading.get(executionId) ?? [];
    this.#loading.delete(executionId);
    return waiting;
  }

  #receive(live: LiveExecution, signal: Signal, reply: Reply): void {
    const { execution } = live;
    if (reply.startedAt !== undefined && reply.startedAt !== execution.info.startedAt) {
      reply.settled("Unknown", undefined);
    } else if (execution.status === "RUNNING") {
      this.#decide(live, signal, reply);
    } else {
      this.#answer(live, reply, "Closed");
    }
  }

  #decide(live: LiveExecution, signal: Signal, reply: Reply): void {
    const { execution } = live;
    const wasOpen = "task" in signal && taskStatus(execution, signal.task) === "Open";
    const now = this.#parts.clock.now();
    live.touchedAt = now;
    const { surroundings } = this.#parts;
    surroundings.prepare(live, now);
    const events = this.#parts.observations.gather(live.logging, execution);
    let decision: Decision;
    try {
      decision = decide(execution, this.#bounded(live, signal), surroundings, undefined, events);
    } catch (defect) {
      this.#parts.log.error({ err: defect, executionId: live.id }, "defect in a decision");
      this.#throwOut(live);
      reply.lost(new StoreUnavailable("The execution could not go on; see the server's log"));
      return;
    }
    if (decision.body === "") {
      // Without events there can only be expressions to evaluate.
      this.#carryOut(live, decision.commands);
      if (decision.more) this.#continueLater(live);
      this.#answer(live, reply, wasOpen || signal.type === "Continue" ? "Accepted" : "Ignored");
      return;
    }
    this.#commit(live, decision, reply, events);
  }

  /** Near the journal's end the execution is stopped, so that this can still be recorded. */
  #bounded(live: LiveExecution, signal: Signal): Signal {
    if (live.nextSequence <= LAST_SEQUENCE - SEQUENCES_FOR_THE_END) return signal;
    const cause = "The execution reached the maximum number of journal rows.";
    return { type: "StopRequested", error: "States.Runtime", cause };
  }

  #commit(
    live: LiveExecution,
    decision: Decision,
    reply: Reply,
    events: HistoryEvent[] | undefined,
  ): void {
    const { body } = decision;
    const { at } = this.#parts.surroundings;
    const row: JournalRow = { executionId: live.id, sequence: live.nextSequence++, at, body };
    live.characters += body.length;
    live.uncommitted++;
    const pending = new DecisionCommitment(this, live, decision, row, reply);
    live.newest = pending;
    pending.observation = this.#parts.observations.of(live, live.isNew, events);
    updateRecord(this.#parts.commit, live, pending, at);
    this.#parts.commit.put(pending);
    if (decision.more) live.isContinuing = true;
  }

  /** Called when a decision is durable. */
  whenDurable(pending: DecisionCommitment): void {
    const { live, decision, reply, observation } = pending;
    live.isStored = true;
    live.uncommitted--;
    if (live.newest === pending) live.newest = undefined;
    this.#retries.reset();
    if (observation !== undefined) this.#parts.observations.tell(live, observation);
    this.#carryOut(live, decision.commands);
    if (live.execution.status !== "RUNNING" && live.uncommitted === 0) this.#close(live);
    reply.settled("Accepted", live.execution);
    for (const { settle } of pending.followers ?? []) settle();
    if (decision.more) {
      live.isContinuing = false;
      this.#continueLater(live);
    }
  }

  /** Called when a decision is lost with its batch. */
  whenLost(pending: DecisionCommitment, error: StoreUnavailable): void {
    this.#throwOut(pending.live);
    pending.reply.lost(error);
    for (const { reply } of pending.followers ?? []) reply.lost(error);
  }

  /** Answers after everything the answer rests on is durable. */
  #answer(live: LiveExecution, reply: Reply, result: SignalResult): void {
    const settle = (): void => reply.settled(result, live.execution);
    if (live.newest === undefined) settle();
    else (live.newest.followers ??= []).push({ reply, settle });
  }

  #carryOut(live: LiveExecution, commands: readonly Command[]): void {
    if (commands.length === 0) return;
    for (const command of commands) carryOut(this.#parts, live, command);
    if (!live.isGone) this.#parts.timers.set(live.id, live.timers.nextDueAt);
  }

  #fireDue(live: LiveExecution): void {
    const now = this.#parts.clock.now();
    for (let due = live.timers.takeDue(now); due !== undefined; due = live.timers.takeDue(now)) {
      if (live.execution.status !== "RUNNING" || live.isGone) return;
      this.#decide(live, { type: "TimerFired", timer: due }, NO_REPLY);
    }
    if (!live.isGone) this.#parts.timers.set(live.id, live.timers.nextDueAt);
  }

  #continueLater(live: LiveExecution): void {
    if (live.isContinuing || live.isGone) return;
    live.isContinuing = true;
    this.#turns.add(live);
  }

  #continue(live: LiveExecution): void {
    live.isContinuing = false;
    if (live.isGone || live.execution.status !== "RUNNING") return;
    this.#decide(live, { type: "Continue" }, NO_REPLY);
  }

  #close(live: LiveExecution): void {
    this.#forget(live);
    this.#parts.timers.clear(live.id);
    this.#parts.recentlyClosed.put(live);
    this.#parts.open.closed();
    this.#parts.ends.closed(live.id);
    this.#parts.children.closed(live);
  }

  #forget(live: LiveExecution): void {
    live.isGone = true;
    this.#live.delete(live.id);
    this.#byArn.delete(live.execution.info.arn);
  }

  /** What is in memory rests on events that are not stored: the journal knows better. */
  #throwOut(live: LiveExecution): void {
    if (live.isGone) return;
    this.#forget(live);
    this.insist(live.id, { type: "Continue" });
  }
}

/** For signals whose loss mends itself: the execution is loaded again and finds them due. */
const NO_REPLY: Reply = { settled: () => {}, lost: () => {} };
