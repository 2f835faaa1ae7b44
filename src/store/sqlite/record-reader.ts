/** Reads executions, journals, the catalog. Runs in the database thread. */
import type { Statement } from "better-sqlite3";
import type { CatalogEntry } from "../../engine/ports.ts";
import type { ExecutionTuple, JournalTuple } from "./columns.ts";
import { nameHash } from "./name-hash.ts";
import type { Connection } from "./open-database.ts";
import type { Operations, Page } from "./protocol.ts";

/** A page ends after this many rows or UTF-16 units of text: a commit waits for no more than one. */
const pageRows = 1_000;
const pageText = 4_000_000;

const columns =
  "id, machine_id, revision_id, name, status, started_at, stopped_at, details, parked_until";

const range = (status: string): string =>
  `INDEXED BY executions_by_list WHERE machine_id = @machineId AND status = ${status}` +
  " AND (started_at, id) < (@startedAt, @id)";

type Input<K extends keyof Operations> = Operations[K]["input"];
type Output<K extends keyof Operations> = Operations[K]["output"];

/** Prepared statements for every question. */
export class RecordReader {
  readonly #nameSeed: string;
  readonly #byName: Statement<unknown[], ExecutionTuple>;
  readonly #byId: Statement<unknown[], ExecutionTuple>;
  readonly #listStatus: Statement<unknown[], ExecutionTuple>;
  readonly #listAll: Statement<unknown[], ExecutionTuple>;
  readonly #running: Statement<unknown[], ExecutionTuple>;
  readonly #journal: Statement<unknown[], JournalTuple>;
  readonly #lastJournalRow: Statement<unknown[], JournalTuple>;
  readonly #catalog: Statement<unknown[], CatalogEntry>;
  readonly #revision: Statement<unknown[], string>;
  readonly #highest: Statement<unknown[], Output<"highestIds">>;

  constructor(connection: Connection, nameSeed: string) {
    this.#nameSeed = nameSeed;
    const executions = (rest: string) =>
      connection
        .prepare<unknown[], ExecutionTuple>(`SELECT ${columns} FROM executions ${rest}`)
        .raw();
    // A name can be used again when AWS has forgotten it: the newest counts.
    this.#byName = executions(
      "INDEXED BY executions_by_name WHERE name_hash = ? AND machine_id = ? AND name = ? ORDER BY id DESC LIMIT 1",
    );
    this.#byId = executions("WHERE id = ?");
    const order = "ORDER BY started_at DESC, id DESC LIMIT @limit";
    this.#listStatus = executions(`${range("@status")} ${order}`);
    // SQLite merges the five ranges as it goes: no sort, and no range is read further than needed.
    this.#listAll = executions(
      [0, 1, 2, 3, 4]
        .map((status) => range(String(status)))
        .join(` UNION ALL SELECT ${columns} FROM executions `)
        .concat(" ", order),
    );
    this.#running = executions(
      "INDEXED BY executions_running WHERE status = 0 AND id > ? ORDER BY id LIMIT ?",
    );
    const journal = (direction: string) =>
      connection
        .prepare<unknown[], JournalTuple>(
          `SELECT key, at, body FROM journal WHERE key >= ? AND key < ? ORDER BY key ${direction} LIMIT ?`,
        )
        .raw();
    this.#journal = journal("ASC");
    this.#lastJournalRow = journal("DESC");
    this.#catalog = connection.prepare(
      `SELECT id, kind, key, body FROM catalog WHERE id > ? ORDER BY id LIMIT ${pageRows}`,
    );
    this.#revision = connection
      .prepare<unknown[], string>("SELECT body FROM revisions WHERE id = ?")
      .pluck();
    this.#highest = connection.prepare(
      `SELECT
        (SELECT coalesce(max(id), 0) FROM executions) AS execution,
        coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'catalog'), 0) AS catalog,
        (SELECT coalesce(max(id), 0) FROM revisions) AS revision`,
    );
  }

  highestIds(): Output<"highestIds"> {
    return this.#highest.get() ?? { execution: 0, catalog: 0, revision: 0 };
  }

  findExecution({ machineId, name }: Input<"findExecution">): ExecutionTuple | undefined {
    return this.#byName.get(nameHash(this.#nameSeed, machineId, name), machineId, name);
  }

  readExecution(id: number): ExecutionTuple | undefined {
    return this.#byId.get(id);
  }

  listExecutions({ machineId, status, after, limit }: Input<"listExecutions">): ExecutionTuple[] {
    const { startedAt, id } = after ?? { startedAt: Number.MAX_SAFE_INTEGER, id: 0 };
    if (status === undefined) return this.#listAll.all({ machineId, startedAt, id, limit });
    return this.#listStatus.all({ machineId, status, startedAt, id, limit });
  }

  listRunning({ afterId, limit }: Input<"listRunning">): ExecutionTuple[] {
    return this.#running.all(afterId, limit);
  }

  readJournal({ from, to, limit }: Input<"readJournal">): Page<JournalTuple> {
    const most = Math.min(limit, pageRows);
    const page = firstPage(this.#journal.iterate(from, to, most), ([, , body]) => body.length);
    return { rows: page.rows, more: page.cut || (page.rows.length === most && most < limit) };
  }

  readLastJournalRow({ from, to }: Input<"readLastJournalRow">): JournalTuple | undefined {
    return this.#lastJournalRow.get(from, to, 1);
  }

  readCatalog({ afterId }: Input<"readCatalog">): Page<CatalogEntry> {
    const page = firstPage(this.#catalog.iterate(afterId), ({ body }) => body.length);
    return { rows: page.rows, more: page.cut || page.rows.length === pageRows };
  }

  readRevision(id: number): string | undefined {
    return this.#revision.get(id);
  }
}

/** Takes rows until their text is too much for a page; `cut` says that it stopped because of that. */
function firstPage<T>(
  rows: Iterable<T>,
  textLength: (row: T) => number,
): { rows: T[]; cut: boolean } {
  const taken: T[] = [];
  let text = 0;
  for (const row of rows) {
    taken.push(row);
    text += textLength(row);
    if (text >= pageText) return { rows: taken, cut: true };
  }
  return { rows: taken, cut: false };
}
