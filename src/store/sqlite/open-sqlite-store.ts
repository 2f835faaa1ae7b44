/** The embedded store: one SQLite database in a thread of its own. */
import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type {
  Batch,
  CatalogEntry,
  ExecutionQuery,
  ExecutionRecord,
  JournalRow,
  Revision,
  Store,
} from "../../engine/ports.ts";
import { StoreUnavailable } from "../../engine/ports.ts";
import { checkBatch, checkLimit, maximumListLimit, maximumSequences } from "../batch-check.ts";
import { StoreNotOpened } from "../store-errors.ts";
import {
  batchColumns,
  executionRecord,
  journalKey,
  journalRow,
  statusCode,
  type BatchColumns,
} from "./columns.ts";
import { startDatabaseThread, type DatabaseThread } from "./database-thread.ts";

/** Where the database is: in a folder as `stepwell.db`, or exactly this file. */
export type SqliteStoreOptions = ({ readonly directory: string } | { readonly file: string }) & {
  /** Bound for the database file in pages of 4 KiB; a commit beyond it rejects like a full disk. */
  readonly maximumPages?: number;
};

/**
 * Opens the database, creating folder and file if need be. Rejects with StoreNotOpened when another
 * process has it open, it is damaged, or a newer Stepwell wrote it. A store that was killed needs
 * no care: opening it recovers what was committed.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const file = resolve("file" in options ? options.file : join(options.directory, "stepwell.db"));
  makeFolder(dirname(file));
  return new SqliteStore(await startDatabaseThread({ file, maximumPages: options.maximumPages }));
}

class SqliteStore implements Store {
  readonly #thread: DatabaseThread;
  /** Number of failed commits heard of; tells the thread which commits did not know of a failure. */
  #generation = 0;
  #closing: Promise<void> | undefined;

  constructor(thread: DatabaseThread) {
    this.#thread = thread;
  }

  async commit(batch: Batch): Promise<void> {
    this.#refuseIfClosed();
    const generation = this.#generation;
    try {
      await this.#thread.call("commit", { generation, batch: checkedColumns(batch) });
    } catch (error) {
      this.#generation = Math.max(this.#generation, generation + 1);
      throw error;
    }
  }

  async highestIds(): Promise<{ execution: number; catalog: number; revision: number }> {
    this.#refuseIfClosed();
    return this.#thread.call("highestIds", undefined);
  }

  async findExecution(machineId: number, name: string): Promise<ExecutionRecord | undefined> {
    this.#refuseIfClosed();
    const tuple = await this.#thread.call("findExecution", { machineId, name });
    return tuple && executionRecord(tuple);
  }

  async readExecution(id: number): Promise<ExecutionRecord | undefined> {
    this.#refuseIfClosed();
    const tuple = await this.#thread.call("readExecution", id);
    return tuple && executionRecord(tuple);
  }

  async listExecutions(query: ExecutionQuery): Promise<ExecutionRecord[]> {
    this.#refuseIfClosed();
    checkLimit(query.limit, maximumListLimit);
    const status = query.status === undefined ? undefined : statusCode(query.status);
    const tuples = await this.#thread.call("listExecutions", { ...query, status });
    return tuples.map(executionRecord);
  }

  async listRunning(afterId: number, limit: number): Promise<ExecutionRecord[]> {
    this.#refuseIfClosed();
    checkLimit(limit, maximumListLimit);
    const tuples = await this.#thread.call("listRunning", { afterId, limit });
    return tuples.map(executionRecord);
  }

  async readJournal(
    executionId: number,
    fromSequence: number,
    limit: number,
  ): Promise<JournalRow[]> {
    checkLimit(limit, maximumSequences);
    const to = journalKey(executionId + 1, 0);
    const rows: JournalRow[] = [];
    let from = journalKey(executionId, fromSequence);
    for (let more = true; more;) {
      this.#refuseIfClosed();
      const page = await this.#thread.call("readJournal", { from, to, limit: limit - rows.length });
      for (const tuple of page.rows) rows.push(journalRow(tuple));
      from = (page.rows.at(-1)?.[0] ?? to) + 1;
      more = page.more && rows.length < limit;
    }
    return rows;
  }

  async readLastJournalRow(executionId: number): Promise<JournalRow | undefined> {
    this.#refuseIfClosed();
    const [from, to] = [journalKey(executionId, 0), journalKey(executionId + 1, 0)];
    const tuple = await this.#thread.call("readLastJournalRow", { from, to });
    return tuple && journalRow(tuple);
  }

  async readCatalog(): Promise<CatalogEntry[]> {
    const entries: CatalogEntry[] = [];
    for (let more = true; more;) {
      this.#refuseIfClosed();
      const page = await this.#thread.call("readCatalog", { afterId: entries.at(-1)?.id ?? 0 });
      for (const entry of page.rows) entries.push(entry);
      more = page.more;
    }
    return entries;
  }

  async readRevision(id: number): Promise<Revision | undefined> {
    this.#refuseIfClosed();
    const body = await this.#thread.call("readRevision", id);
    return body === undefined ? undefined : { id, body };
  }

  close(): Promise<void> {
    this.#closing ??= this.#thread.close();
    return this.#closing;
  }

  #refuseIfClosed(): void {
    if (this.#closing !== undefined) throw new StoreUnavailable("The store is closed");
  }
}

/** The batch, or why it is refused: even then it is sent, so that commits behind it fail as well. */
function checkedColumns(batch: Batch): BatchColumns | string {
  try {
    checkBatch(batch);
    return batchColumns(batch);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Makes the folder and what leads to it durable: a power cut must not lose a new data folder. */
function makeFolder(folder: string): void {
  try {
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = folder; ; made = dirname(made)) {
      syncFolder(dirname(made));
      if (made === resolve(first)) return;
    }
  } catch (error) {
    throw new StoreNotOpened(
      `The data folder ${folder} cannot be made: ${error instanceof Error ? error.message : String(error)}. ` +
        "Check its path and permissions.",
    );
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder.
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
