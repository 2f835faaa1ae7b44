/**
 * The child executions of Map Runs: starts them, finds them again after a restart, ends them, and tells
 * their parents what became of them. Who is to run is decided, and recorded, by the parents alone; a
 * child is named after its run and its number in it, so none is ever made twice.
 */
import type { Command, MapRunRef } from "../interpreter/command.ts";
import type { Execution, ExecutionInfo } from "../interpreter/execution.ts";
import { labelledMachineArn } from "../interpreter/map-run.ts";
import type { Signal } from "../interpreter/signal.ts";
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import type { EngineLog } from "./engine-log.ts";
import { executionArn } from "./execution-arn.ts";
import { decodeDetails, encodeDetails } from "./execution-details.ts";
import { machineIdOf } from "./execution-loader.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { Express } from "./express.ts";
import type { GroupCommit } from "./group-commit.ts";
import { foldJournal } from "./journal-fold.ts";
import { LiveExecution } from "./live-execution.ts";
import {
  childName,
  collectionId,
  isChildOfMapRun,
  mapRunOfRecord,
  parseChildName,
} from "./map-run-names.ts";
import type { OpenExecutions } from "./open-executions.ts";
import { StoreUnavailable } from "./ports.ts";
import type { Clock, ExecutionRecord, Store } from "./ports.ts";
import type { Shard } from "./shard.ts";
import type { SignalSink } from "./signal-sink.ts";
import { Turns } from "./turns.ts";

/** Milliseconds until a child is tried again that could not be started or found. */
const RETRY_DELAY = 1_000;

export interface MapRunsParts {
  readonly store: Pick<Store, "findExecution" | "readExecution" | "readJournal">;
  readonly commit: Pick<GroupCommit, "nextExecutionId">;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly shard: Shard;
  readonly express: Express;
  readonly sink: SignalSink;
  readonly open: OpenExecutions;
  readonly clock: Clock;
  readonly log: EngineLog;
}

export type ChildCommand = Extract<
  Command,
  { type: "StartChild" | "ResumeChild" | "StopChildren" }
>;

/** What is known of the execution that a Map Run belongs to. */
interface Parent {
  readonly id: number;
  readonly revisionId: number;
  /** Of the state machine whose revision it runs. */
  readonly machineId: number;
  readonly info: ExecutionInfo;
}

/** One child of a run. */
interface Child {
  readonly parent: Parent;
  readonly run: MapRunRef;
  readonly index: number;
  readonly name: string;
}

/** Something under way for a child that is not in the shard's hands. */
interface Business {
  /** The run is over. */
  isCancelled: boolean;
  /** Ends an EXPRESS child. */
  stop: (() => void) | undefined;
}

const STOP: Signal = { type: "StopRequested", error: undefined, cause: undefined };
const NO_JOURNAL = { rows: 0, characters: 0 };

export class MapRuns {
  readonly #parts: MapRunsParts;
  /** By the child's name: starts and searches under way, EXPRESS children until their end. */
  readonly #busy = new Map<string, Business>();
  /** A run can have thousands of children to end. */
  readonly #ends = new Turns<Child>((child) => void this.#end(child));
  #stopped = false;

  constructor(parts: MapRunsParts) {
    this.#parts = parts;
  }

  /** Carries out a command of `live`; what it rests on is durable. */
  carryOut(live: LiveExecution, command: ChildCommand): void {
    if (this.#stopped) return;
    const { record, execution } = live;
    const parent: Parent = {
      id: live.id,
      revisionId: record.revisionId,
      machineId: machineIdOf(record),
      info: execution.info,
    };
    const { run } = command;
    const child = (index: number): Child => ({
      parent,
      run,
      index,
      name: childName(run.uuid, index),
    });
    switch (command.type) {
      case "StartChild":
        void this.#start(child(command.index), command);
        break;
      case "ResumeChild":
        void this.#resume(child(command.index));
        break;
      case "StopChildren":
        for (const index of command.indexes) this.#ends.add(child(index));
        break;
    }
  }

  /** An execution has ended durably. */
  closed({ record, execution }: LiveExecution): void {
    if (isChildOfMapRun(record)) this.#reportRecord(record, execution);
  }

  /** Ends a child execution, found running at the start of the server, that no run waits for. */
  async endIfOrphan(record: ExecutionRecord): Promise<void> {
    const { executionId, startedEventId } = mapRunOfRecord(record);
    const parent = this.#parts.shard.live.get(executionId);
    if (parent === undefined) {
      const stored = await this.#parts.store.readExecution(executionId);
      // One that could not be read at start is not in memory; its children wait for it.
      const isWaitedFor = stored?.status === "RUNNING" && stored.parkedUntil === undefined;
      if (isWaitedFor) return;
    } else {
      // What is not durable yet ends its children itself.
      if (parent.uncommitted > 0) return;
      const run = parent.execution.mapRuns.find(({ id }) => id.startedEventId === startedEventId);
      const index = parseChildName(record.name)?.index;
      if (index !== undefined && run?.status === "RUNNING" && run.running.has(index)) return;
    }
    this.#parts.sink.insist(record.id, STOP);
  }

  /** Starts and looks for nothing more. */
  stop(): void {
    this.#ends.stop();
    this.#stopped = true;
  }

  async #start(
    child: Child,
    { input, items }: Pick<ChildCommand & { type: "StartChild" }, "input" | "items">,
  ): Promise<void> {
    const { name, parent, run } = child;
    if (this.#busy.has(name)) return;
    const business: Business = { isCancelled: false, stop: undefined };
    this.#busy.set(name, business);
    try {
      const { definitions } = this.#parts.directory;
      const { revisionId } = parent;
      // oxlint-disable-next-line typescript/await-thenable -- most often it is in memory
      const compiled = definitions.peek(revisionId) ?? (await definitions.get(revisionId));
      if (this.#stopped || business.isCancelled) {
        this.#busy.delete(name);
      } else if (run.executionType === "EXPRESS") {
        this.#startExpress(child, compiled, business, input);
      } else {
        this.#startStandard(child, compiled, input, items);
      }
    } catch (failure) {
      this.#failed(child, failure);
    }
  }

  #startStandard(
    child: Child,
    compiled: CompiledRevision,
    input: Execution["input"],
    items: number,
  ): void {
    const { commit, loader, shard, clock, open } = this.#parts;
    const { parent, run, name } = child;
    const now = clock.now();
    const details = {
      machineId: parent.machineId,
      pointer: run.pointer,
      label: run.label,
      run: run.uuid,
      frame: run.id.frame,
      items,
    };
    const machine = this.#machine(parent);
    const startedAt = Math.max(now, machine.createdAt);
    const { testCase } = parent.info;
    const none = { versionArn: undefined, aliasArn: undefined, traceHeader: undefined };
    const record: ExecutionRecord = {
      id: commit.nextExecutionId(),
      machineId: collectionOf(child),
      revisionId: parent.revisionId,
      name,
      status: "RUNNING",
      startedAt,
      stoppedAt: undefined,
      details: encodeDetails({ ...none, child: details, testCase }),
      parkedUntil: undefined,
    };
    const own = { name, startedAt, testCase };
    const execution = loader.createChild(machine, compiled, details, own);
    const { logging } = compiled.revision;
    const live = new LiveExecution(record, execution, logging, NO_JOURNAL, now);
    // Children count as open, but a run is never refused one: its parent is open already.
    open.opened();
    shard.start(
      live,
      { type: "Started", input },
      {
        settled: () => this.#busy.delete(name),
        lost: () => {
          open.closed();
          this.#busy.delete(name);
          this.#later(child);
        },
      },
    );
  }

  #startExpress(
    child: Child,
    compiled: CompiledRevision,
    business: Business,
    input: Execution["input"],
  ): void {
    const { parent, run, name } = child;
    const { express, loader, clock } = this.#parts;
    const machine = this.#machine(parent);
    const own = { name, startedAt: clock.now(), testCase: parent.info.testCase };
    const execution = loader.createChild(machine, compiled, run, own, "EXPRESS");
    const stop = express.startChild(execution, compiled, input, (ended) => {
      this.#busy.delete(name);
      if (ended !== undefined) this.#report(child, ended);
    });
    if (stop === "Full") {
      this.#busy.delete(name);
      this.#later(child);
    } else {
      business.stop = stop;
      if (business.isCancelled) stop();
    }
  }

  /** Finds out what became of a child that is recorded as running. */
  async #resume(child: Child): Promise<void> {
    const { name, run, parent } = child;
    const { shard, sink } = this.#parts;
    if (this.#stopped || this.#busy.has(name)) return;
    if (shard.findLive(arnOf(child)) !== undefined) return;
    const missing: Signal = { type: "ChildMissing", run: run.id, index: child.index };
    if (run.executionType === "EXPRESS") {
      sink.insist(parent.id, missing);
      return;
    }
    const business: Business = { isCancelled: false, stop: undefined };
    this.#busy.set(name, business);
    try {
      const record = await this.#parts.store.findExecution(collectionOf(child), name);
      if (record === undefined) {
        this.#busy.delete(name);
        if (!business.isCancelled) sink.insist(parent.id, missing);
      } else if (record.status === "RUNNING") {
        this.#busy.delete(name);
        if (business.isCancelled) sink.insist(record.id, STOP);
        // Not in memory and without a timer if its start was stored but seemed lost.
        else if (record.parkedUntil === undefined) sink.insist(record.id, { type: "Continue" });
      } else {
        const execution = await this.#parts.loader.blank(record);
        await foldJournal(this.#parts.store, record.id, execution);
        this.#busy.delete(name);
        this.#reportRecord(record, execution);
      }
    } catch (failure) {
      this.#failed(child, failure);
    }
  }

  /** Ends a child whose run is over. */
  async #end(child: Child): Promise<void> {
    const { store, shard, sink } = this.#parts;
    const business = this.#busy.get(child.name);
    if (business !== undefined) {
      business.isCancelled = true;
      business.stop?.();
    }
    const live = shard.findLive(arnOf(child));
    if (live !== undefined) return sink.insist(live.id, STOP);
    if (business !== undefined || child.run.executionType === "EXPRESS") return;
    try {
      const record = await store.findExecution(collectionOf(child), child.name);
      if (record?.status === "RUNNING") sink.insist(record.id, STOP);
    } catch (failure) {
      this.#warn(child, failure);
      this.#after(() => this.#ends.add(child));
    }
  }

  #failed(child: Child, failure: unknown): void {
    this.#busy.delete(child.name);
    this.#warn(child, failure);
    this.#later(child);
  }

  #warn({ name, parent }: Child, failure: unknown): void {
    if (failure instanceof StoreUnavailable) return;
    const facts = { err: failure, executionId: parent.id, child: name };
    this.#parts.log.error(facts, "a child execution of a Map Run has to wait");
  }

  /** Nobody knows whether a start that was lost was stored: first look. */
  #later(child: Child): void {
    this.#after(() => void this.#resume(child));
  }

  #after(callback: () => void): void {
    const { clock } = this.#parts;
    clock.schedule(clock.now() + RETRY_DELAY, () => {
      if (!this.#stopped) callback();
    });
  }

  #machine({
    machineId,
  }: Parent): NonNullable<ReturnType<MachineDirectory["machines"]["findById"]>> {
    const machine = this.#parts.directory.machines.findById(machineId);
    if (machine === undefined) throw new Error(`state machine ${machineId} is not in the catalog`);
    return machine;
  }

  #report({ parent, run, index }: Child, { status, output }: Execution): void {
    if (status === "RUNNING") return;
    const given = status === "SUCCEEDED" ? output : undefined;
    const ended: Signal = { type: "ChildEnded", run: run.id, index, status, output: given };
    this.#parts.sink.insist(parent.id, ended);
  }

  #reportRecord(record: ExecutionRecord, { status, output }: Execution): void {
    const { executionId, startedEventId } = mapRunOfRecord(record);
    const { child } = decodeDetails(record.details);
    const index = parseChildName(record.name)?.index;
    if (child === undefined || index === undefined || status === "RUNNING") return;
    const run = { frame: child.frame, startedEventId };
    const given = status === "SUCCEEDED" ? output : undefined;
    this.#parts.sink.insist(executionId, {
      type: "ChildEnded",
      run,
      index,
      status,
      output: given,
    });
  }
}

function arnOf({ parent, run, name }: Child): string {
  return executionArn(labelledMachineArn(parent.info, run.label), name);
}

function collectionOf({ parent, run }: Child): number {
  return collectionId({ executionId: parent.id, startedEventId: run.id.startedEventId });
}
