/** Writes batches: one transaction each. Runs in the database thread. */
import type { Statement } from "better-sqlite3";
import { BatchRefused } from "../store-errors.ts";
import type { BatchColumns, ExecutionColumns } from "./columns.ts";
import { nameHash } from "./name-hash.ts";
import type { Connection } from "./open-database.ts";

/** Prepared statements for everything a batch holds. */
export class BatchWriter {
  readonly #connection: Connection;
  readonly #nameSeed: string;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;
  readonly #start: Statement;
  readonly #change: Statement;
  readonly #append: Statement;
  readonly #putEntry: Statement;
  readonly #removeEntry: Statement;
  readonly #putRevision: Statement;

  constructor(connection: Connection, nameSeed: string) {
    this.#connection = connection;
    this.#nameSeed = nameSeed;
    this.#begin = connection.prepare("BEGIN IMMEDIATE");
    this.#commit = connection.prepare("COMMIT");
    this.#rollback = connection.prepare("ROLLBACK");
    this.#start = connection.prepare(
      "INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    this.#change = connection.prepare(
      "UPDATE executions SET status = ?, stopped_at = ?, details = ?, parked_until = ? WHERE id = ?",
    );
    this.#append = connection.prepare("INSERT INTO journal VALUES (?, ?, ?)");
    this.#putEntry = connection.prepare(
      "INSERT INTO catalog VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE " +
        "SET kind = excluded.kind, key = excluded.key, body = excluded.body",
    );
    this.#removeEntry = connection.prepare("DELETE FROM catalog WHERE id = ?");
    this.#putRevision = connection.prepare("INSERT INTO revisions VALUES (?, ?)");
  }

  /**
   * Returns when the batch is on the disk. Throws SQLite's error or BatchRefused when nothing of it
   * is stored; after an SQLITE_IOERR that is not certain.
   */
  write(batch: BatchColumns): void {
    this.#begin.run();
    try {
      this.#apply(batch);
      this.#commit.run();
    } catch (error) {
      // Some errors end the transaction by themselves.
      if (this.#connection.inTransaction) this.#rollback.run();
      throw error;
    }
  }

  #apply({ revisions, catalog, started, journal, changed, removedCatalog }: BatchColumns): void {
    for (const [index, id] of revisions.id.entries()) {
      this.#putRevision.run(id, revisions.body[index]);
    }
    for (const [index, id] of catalog.id.entries()) {
      this.#putEntry.run(id, catalog.kind[index], catalog.key[index], catalog.body[index]);
    }
    this.#insertStarted(started);
    this.#insertJournal(journal);
    this.#updateChanged(changed);
    // Last, so that an entry made and removed within one batch is gone.
    for (const id of removedCatalog) this.#removeEntry.run(id);
  }

  #insertStarted(started: ExecutionColumns): void {
    for (let index = 0; index < started.id.length; index++) {
      const machineId = started.machineId[index]!;
      const name = started.name[index]!;
      this.#start.run(
        started.id[index],
        machineId,
        started.revisionId[index],
        name,
        started.status[index],
        started.startedAt[index],
        started.stoppedAt[index],
        started.details[index],
        started.parkedUntil[index],
        nameHash(this.#nameSeed, machineId, name),
      );
    }
  }

  #insertJournal({ key, at, body }: BatchColumns["journal"]): void {
    for (let index = 0; index < key.length; index++) {
      this.#append.run(key[index], at[index], body[index]);
    }
  }

  #updateChanged(changed: ExecutionColumns): void {
    for (let index = 0; index < changed.id.length; index++) {
      const { changes } = this.#change.run(
        changed.status[index],
        changed.stoppedAt[index],
        changed.details[index],
        changed.parkedUntil[index],
        changed.id[index],
      );
      if (changes === 0) {
        throw new BatchRefused(`changed[].id ${changed.id[index]} was never started`);
      }
    }
  }
}
