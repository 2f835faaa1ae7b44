/**
 * Group commit: what all executions and the catalog produce while one commit is under way becomes
 * the next one, so that one fsync is shared by all of them. Nothing waits without need.
 */
import type { CatalogChange, CatalogWriter } from "./catalog/catalog-writer.ts";
import type { EngineLimits } from "./limits.ts";
import type { EngineLog } from "./engine-log.ts";
import { StoreUnavailable } from "./ports.ts";
import type { Batch, ExecutionRecord, JournalRow, Store } from "./ports.ts";

/** Something to make durable, whole or not at all. */
export interface Commitment {
  /** The execution it belongs to; 0: none. */
  readonly executionId: number;
  /** The execution's record if it is new or changed. Replaced by a later one of the same batch. */
  record: ExecutionRecord | undefined;
  /** Whether the record is new. */
  readonly isNew: boolean;
  /** Rows before `row` that become durable with it; undefined, as nearly always: none. */
  readonly earlierRows?: readonly JournalRow[] | undefined;
  readonly row: JournalRow | undefined;
  readonly change: CatalogChange | undefined;
  /** Number of the batch it is in; set by `put`. */
  batch: number;
  /** Called in the order of `put`. Exactly one of the two is called, once. */
  durable(): void;
  lost(error: StoreUnavailable): void;
}

/** What a queued part costs beside its text, in characters: for the bound only. */
const PART_OVERHEAD = 200;

export interface GroupCommitParts {
  readonly store: Pick<Store, "commit" | "highestIds">;
  readonly limits: Pick<EngineLimits, "queuedParts" | "queuedCharacters">;
  readonly log: EngineLog;
}

/** One for each open store; also gives out the ids. */
export class GroupCommit implements CatalogWriter {
  readonly #store: Pick<Store, "commit">;
  readonly #limits: Pick<EngineLimits, "queuedParts" | "queuedCharacters">;
  readonly #log: EngineLog;
  readonly #ids: { execution: number; catalog: number; revision: number };
  #gathering: Commitment[] = [];
  #characters = 0;
  #batch = 1;
  #committing = false;
  #scheduled = false;
  #idle: (() => void)[] = [];

  private constructor(
    parts: GroupCommitParts,
    ids: { execution: number; catalog: number; revision: number },
  ) {
    this.#store = parts.store;
    this.#limits = parts.limits;
    this.#log = parts.log;
    this.#ids = { ...ids };
  }

  /** Reads which ids are in use. Rejects with StoreUnavailable. */
  static async open(parts: GroupCommitParts): Promise<GroupCommit> {
    return new GroupCommit(parts, await parts.store.highestIds());
  }

  nextExecutionId(): number {
    return ++this.#ids.execution;
  }

  nextCatalogId(): number {
    return ++this.#ids.catalog;
  }

  nextRevisionId(): number {
    return ++this.#ids.revision;
  }

  /** Whether so much waits for the store that new requests must be refused. */
  get isFull(): boolean {
    return (
      this.#gathering.length >= this.#limits.queuedParts ||
      this.#characters >= this.#limits.queuedCharacters
    );
  }

  /** Takes the commitment into the next batch. */
  put(commitment: Commitment): void {
    commitment.batch = this.#batch;
    this.#gathering.push(commitment);
    this.#characters += (commitment.row?.body.length ?? 0) + PART_OVERHEAD;
    if (this.#committing || this.#scheduled) return;
    // At the end of this turn of the event loop: so all that it brought shares one commit.
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#flush();
    });
  }

  /** Whether the commitment's batch is still open, so that its record can be replaced. */
  isGathering(commitment: Commitment): boolean {
    return commitment.batch === this.#batch;
  }

  write(change: CatalogChange): Promise<void> {
    if (this.isFull) return Promise.reject(new StoreUnavailable("Too much waits for the database"));
    return new Promise((durable, lost) => {
      const parts = { executionId: 0, record: undefined, isNew: false, row: undefined };
      this.put({ ...parts, change, batch: 0, durable, lost });
    });
  }

  /** Resolves when nothing waits for the store. */
  idle(): Promise<void> {
    if (!this.#committing && !this.#scheduled) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #take(): Commitment[] {
    const commitments = this.#gathering;
    this.#gathering = [];
    this.#characters = 0;
    this.#batch++;
    return commitments;
  }

  async #flush(): Promise<void> {
    this.#committing = true;
    let commitments = this.#take();
    let committed = this.#commit(commitments);
    while (commitments.length > 0) {
      const failure = await committed;
      if (failure !== undefined) {
        await this.#fail(commitments, failure);
        commitments = this.#take();
        committed = this.#commit(commitments);
        continue;
      }
      // The next batch goes out before this one's consequences are drawn: disk and CPU overlap.
      const done = commitments;
      commitments = this.#take();
      committed = this.#commit(commitments);
      for (const commitment of done) this.#tell(commitment, undefined);
      if (commitments.length === 0 && this.#gathering.length > 0) {
        commitments = this.#take();
        committed = this.#commit(commitments);
      }
    }
    this.#committing = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Resolves with what went wrong, or undefined. */
  async #commit(commitments: readonly Commitment[]): Promise<unknown> {
    if (commitments.length === 0) return undefined;
    try {
      await this.#store.commit(batchOf(commitments));
      return undefined;
    } catch (error) {
      return error ?? new Error("commit failed");
    }
  }

  async #fail(commitments: readonly Commitment[], failure: unknown): Promise<void> {
    if (failure instanceof StoreUnavailable) {
      this.#log.warn({ err: failure, parts: commitments.length }, "the store cannot be used now");
      for (const commitment of commitments) this.#tell(commitment, failure);
    } else {
      this.#log.error({ err: failure, parts: commitments.length }, "the store refused a batch");
      await this.#commitOneByOne(commitments);
    }
    // What was gathered meanwhile may rest on what is lost, so it is lost too.
    const error =
      failure instanceof StoreUnavailable
        ? failure
        : new StoreUnavailable("An earlier write failed");
    for (const commitment of this.#take()) this.#tell(commitment, error);
  }

  /** A refused batch holds something that can never be stored: the others must not suffer. */
  async #commitOneByOne(commitments: readonly Commitment[]): Promise<void> {
    const refused = new Set<number>();
    for (const commitment of commitments) {
      const { executionId } = commitment;
      let error: StoreUnavailable | undefined;
      if (refused.has(executionId)) {
        error = new StoreUnavailable("An earlier write of this execution was refused");
      } else {
        const failure = await this.#commit([commitment]);
        if (failure !== undefined) {
          error = asUnavailable(failure);
          if (executionId !== 0) refused.add(executionId);
        }
      }
      this.#tell(commitment, error);
    }
  }

  #tell(commitment: Commitment, error: StoreUnavailable | undefined): void {
    try {
      if (error === undefined) commitment.durable();
      else commitment.lost(error);
    } catch (defect) {
      // Others of the batch must still hear of it.
      this.#log.error(
        { err: defect, executionId: commitment.executionId },
        "defect after a commit",
      );
    }
  }
}

/** Any failure of the store as the error that tells callers to try again. */
export function asUnavailable(failure: unknown): StoreUnavailable {
  if (failure instanceof StoreUnavailable) return failure;
  const message = failure instanceof Error ? failure.message : String(failure);
  return new StoreUnavailable(`The database failed: ${message}`);
}

function batchOf(commitments: readonly Commitment[]): Batch {
  const started: ExecutionRecord[] = [];
  const journal: JournalRow[] = [];
  const changed: ExecutionRecord[] = [];
  const changes: CatalogChange[] = [];
  for (const { record, isNew, earlierRows, row, change } of commitments) {
    if (record !== undefined) (isNew ? started : changed).push(record);
    if (earlierRows !== undefined) journal.push(...earlierRows);
    if (row !== undefined) journal.push(row);
    if (change !== undefined) changes.push(change);
  }
  return {
    started,
    journal,
    changed,
    catalog: changes.flatMap(({ catalog }) => catalog ?? []),
    revisions: changes.flatMap(({ revisions }) => revisions ?? []),
    removedCatalog: changes.flatMap(({ removedCatalog }) => removedCatalog ?? []),
  };
}
