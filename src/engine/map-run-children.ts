/**
 * The child executions of Map Runs: starts them, finds them again after a restart, redrives and ends
 * them, and tells their parents of their ends.
 */
import type { Execution } from "../interpreter/execution.ts";
import type { ChildEnd, MapRunAttempt } from "../interpreter/signal.ts";
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import { ChildEnds } from "./child-ends.ts";
import { redriveChild } from "./child-redrive.ts";
import type { EngineLog } from "./engine-log.ts";
import { decodeDetails } from "./execution-details.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import { ExpressChildren } from "./express-children.ts";
import type { FormerExpress } from "./express-children.ts";
import type { Express } from "./express.ts";
import type { GroupCommit } from "./group-commit.ts";
import { foldJournal } from "./journal-fold.ts";
import { LiveExecution } from "./live-execution.ts";
import {
  arnOf,
  attemptOf,
  collectionOf,
  detailsOf,
  encodeChildDetails,
  machineOf,
  stopSignal,
} from "./map-run-child.ts";
import type { Child } from "./map-run-child.ts";
import { mapRunOfRecord, parseChildName } from "./map-run-names.ts";
import type { OpenExecutions } from "./open-executions.ts";
import { StoreUnavailable } from "./ports.ts";
import type { Clock, ExecutionRecord, Store } from "./ports.ts";
import type { Shard } from "./shard.ts";
import type { SignalSink } from "./signal-sink.ts";
import { Turns } from "./turns.ts";

/** Milliseconds until a child is tried again that could not be started or found. */
const RETRY_DELAY = 1_000;
/** Children that are looked for at the same time. */
const SEARCHES = 32;

export interface MapRunChildrenParts {
  readonly store: Pick<Store, "findExecution" | "readJournal">;
  readonly commit: Pick<GroupCommit, "nextExecutionId" | "put">;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly shard: Shard;
  readonly express: Express;
  readonly sink: SignalSink;
  readonly open: OpenExecutions;
  readonly clock: Clock;
  readonly log: EngineLog;
}

/** Something under way for a child that is not in the shard's hands. */
interface Business {
  /** The run is over. */
  isCancelled: boolean;
  /** Ends an EXPRESS child. */
  stop: (() => void) | undefined;
}

/** What a child starts with. */
export interface ChildStart {
  readonly input: Execution["input"];
  readonly items: number;
}

const NO_JOURNAL = { rows: 0, characters: 0 };

export class MapRunChildren {
  readonly #parts: MapRunChildrenParts;
  readonly #expressChildren: ExpressChildren;
  readonly #childEnds: ChildEnds;
  /** By the child's name: starts and searches under way, EXPRESS children until their end. */
  readonly #busy = new Map<string, Business>();
  /** A run can have thousands of children to end. */
  readonly #ends = new Turns<Child>((child) => void this.#end(child));
  #stopped = false;

  constructor(parts: MapRunChildrenParts) {
    this.#parts = parts;
    this.#expressChildren = new ExpressChildren(parts);
    this.#childEnds = new ChildEnds(parts.sink);
  }

  /** Starts a child, unless it is under way. */
  start(child: Child, start: ChildStart): void {
    void this.#start(child, start);
  }

  /**
   * Lets children of one run that are recorded as running go on in the run's present attempt, or
   * reports what became of them.
   */
  resume(children: readonly Child[]): void {
    void this.#resumeAll(children);
  }

  /** Ends a child whose run is over or fails. */
  end(child: Child): void {
    this.#ends.add(child);
  }

  /** A child has ended durably. */
  closed(record: ExecutionRecord, execution: Execution): void {
    this.#reportRecord(record, execution);
  }

  /** Starts and looks for nothing more. */
  stop(): void {
    this.#ends.stop();
    this.#expressChildren.stop();
    this.#stopped = true;
  }

  async #start(child: Child, start: ChildStart): Promise<void> {
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
        if (business.isCancelled) this.#reportMissing([child]);
      } else if (run.executionType === "EXPRESS") {
        this.#startExpress(child, compiled, business, start, undefined);
      } else {
        this.#startStandard(child, compiled, start);
      }
    } catch (failure) {
      this.#failed(child, failure);
    }
  }

  #startStandard(child: Child, compiled: CompiledRevision, { input, items }: ChildStart): void {
    const { commit, loader, shard, clock, open, directory } = this.#parts;
    const { parent, name } = child;
    const now = clock.now();
    const details = detailsOf(child, items);
    const machine = machineOf(directory, parent);
    const startedAt = Math.max(now, machine.createdAt);
    const record: ExecutionRecord = {
      id: commit.nextExecutionId(),
      machineId: collectionOf(parent, child.run),
      revisionId: parent.revisionId,
      name,
      status: "RUNNING",
      startedAt,
      stoppedAt: undefined,
      details: encodeChildDetails(parent, details),
      parkedUntil: undefined,
    };
    const own = { name, startedAt, testCase: parent.info.testCase };
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
    start: ChildStart,
    former: FormerExpress | undefined,
  ): void {
    const { name } = child;
    const stop = this.#expressChildren.start(child, compiled, { ...start, former }, (ended) => {
      this.#busy.delete(name);
      if (ended !== undefined) this.#report(child, ended.status, ended);
    });
    if (stop === "Full") {
      this.#busy.delete(name);
      this.#later(child);
    } else {
      business.stop = stop;
      if (business.isCancelled) stop();
    }
  }

  /** Finds out what became of children that are recorded as running. */
  async #resumeAll(children: readonly Child[]): Promise<void> {
    const missing: Child[] = [];
    let next = 0;
    const search = async (): Promise<void> => {
      while (next < children.length && !this.#stopped) {
        const child = children[next++]!;
        if ((await this.#resume(child)) === "Missing") missing.push(child);
      }
    };
    await Promise.all(Array.from({ length: SEARCHES }, search));
    this.#reportMissing(missing);
  }

  /** All of one run. */
  #reportMissing(children: readonly Child[]): void {
    const [first] = children;
    if (first === undefined || this.#stopped) return;
    const indexes = children.map(({ index }) => index);
    const attempt = { run: first.run.id, redriveCount: first.run.redriveCount };
    this.#parts.sink.insist(first.parent.id, { type: "ChildrenMissing", ...attempt, indexes });
  }

  async #resume(child: Child): Promise<"Missing" | undefined> {
    const { name, run } = child;
    const { shard } = this.#parts;
    if (this.#stopped || this.#busy.has(name)) return undefined;
    const live = shard.findLive(arnOf(child));
    if (live !== undefined) {
      // Still at the end of an attempt before: it is redriven after that.
      if (attemptOf(live.record) < run.redriveCount) this.#later(child);
      return undefined;
    }
    const business: Business = { isCancelled: false, stop: undefined };
    this.#busy.set(name, business);
    try {
      const record = await this.#parts.store.findExecution(collectionOf(child.parent, run), name);
      if (record === undefined) {
        this.#busy.delete(name);
        return "Missing";
      }
      await this.#resumeRecord(child, record, business);
    } catch (failure) {
      this.#failed(child, failure);
    }
    return undefined;
  }

  async #resumeRecord(child: Child, record: ExecutionRecord, business: Business): Promise<void> {
    const { sink } = this.#parts;
    const isOfBefore = attemptOf(record) < child.run.redriveCount;
    if (record.status === "RUNNING") {
      this.#busy.delete(child.name);
      if (business.isCancelled || isOfBefore) sink.insist(record.id, stopSignal(child));
      // Not in memory and without a timer if its start was stored but seemed lost.
      else if (record.parkedUntil === undefined) sink.insist(record.id, { type: "Continue" });
      if (isOfBefore) this.#later(child);
      return;
    }
    if (isOfBefore && !business.isCancelled) {
      await this.#redrive(child, record, business);
      return;
    }
    const execution = await this.#parts.loader.blank(record);
    await foldJournal(this.#parts.store, record.id, execution);
    this.#busy.delete(child.name);
    this.#report(child, record.status, execution);
  }

  /** The child ended in an attempt before and is to go on in this one. */
  async #redrive(child: Child, record: ExecutionRecord, business: Business): Promise<void> {
    const { directory, loader, store } = this.#parts;
    const { name, run, parent } = child;
    if (run.executionType === "EXPRESS") {
      const execution = await loader.blank(record);
      const { rows } = await foldJournal(store, record.id, execution);
      const compiled = await directory.definitions.get(parent.revisionId);
      const { child: details } = decodeDetails(record.details);
      const start = { input: execution.input, items: details?.items ?? 1 };
      this.#startExpress(child, compiled, business, start, { record, rows });
      return;
    }
    const outcome = await redriveChild(this.#parts, child, record);
    this.#busy.delete(name);
    if (outcome === "Redriven") {
      if (business.isCancelled) this.#ends.add(child);
    } else if (outcome === "Lost") {
      this.#later(child);
    } else {
      this.#report(child, record.status, undefined, true);
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
    if (live !== undefined) return sink.insist(live.id, stopSignal(child));
    if (business !== undefined || child.run.executionType === "EXPRESS") return;
    try {
      const record = await store.findExecution(collectionOf(child.parent, child.run), child.name);
      if (record?.status === "RUNNING") sink.insist(record.id, stopSignal(child));
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
    this.#after(() => void this.#resumeAll([child]));
  }

  #after(callback: () => void): void {
    const { clock } = this.#parts;
    clock.schedule(clock.now() + RETRY_DELAY, () => {
      if (!this.#stopped) callback();
    });
  }

  #report(
    { parent, run, index }: Child,
    status: ExecutionRecord["status"],
    execution: Execution | undefined,
    isNotRedrivable?: true,
  ): void {
    const attempt = { run: run.id, redriveCount: run.redriveCount };
    this.#reportEnd(parent.id, attempt, index, status, execution, isNotRedrivable);
  }

  #reportRecord(record: ExecutionRecord, execution: Execution): void {
    const { executionId, startedEventId } = mapRunOfRecord(record);
    const { child } = decodeDetails(record.details);
    const index = parseChildName(record.name)?.index;
    if (child === undefined || index === undefined) return;
    const run = { frame: child.frame, startedEventId };
    const attempt = { run, redriveCount: child.attempt ?? 0 };
    this.#reportEnd(executionId, attempt, index, execution.status, execution);
  }

  #reportEnd(
    parentId: number,
    attempt: MapRunAttempt,
    index: number,
    status: ExecutionRecord["status"],
    execution: Execution | undefined,
    isNotRedrivable?: true,
  ): void {
    if (status === "RUNNING") return;
    const output = status === "SUCCEEDED" ? execution?.output : undefined;
    const end: ChildEnd = { index, status, output };
    const more = isNotRedrivable === undefined ? {} : { isNotRedrivable };
    this.#childEnds.report(parentId, attempt, { ...end, ...more });
  }
}
