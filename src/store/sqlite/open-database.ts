/** Opens the database file: lock, settings, version. Runs in the database thread. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StoreNotOpened } from "../store-errors.ts";
import { applicationId, migrations } from "./migrations.ts";
import type { WorkerOptions } from "./protocol.ts";

/** An open database file. */
export type Connection = Database.Database;

// Before it, two connections could damage a WAL database (3.7.0 to 3.51.2).
const oldestSqlite = [3, 51, 3] as const;

/** How long a file that is still locked by an ending process is waited for, in milliseconds. */
const lockWaitMilliseconds = 500;

/**
 * Opens or creates the database and brings its schema up to date.
 *
 * The lock is SQLite's own on the file (`locking_mode=EXCLUSIVE`): the kernel drops it with the
 * process, so a killed server blocks nobody. As long as the store is open, nothing else in this
 * process may open and close the file, because POSIX drops a process's locks with that.
 *
 * Throws StoreNotOpened, naming the file, when another process has it, when it is damaged, not
 * Stepwell's or of a newer version. Nothing is ever deleted or repaired.
 */
export function openDatabase({ file, maximumPages }: WorkerOptions): Connection {
  refuseLostDatabase(file);
  let connection: Connection | undefined;
  try {
    connection = new Database(file, { timeout: lockWaitMilliseconds });
    // First of all: only then the index of the log is kept in memory instead of in a shared file.
    connection.pragma("locking_mode = EXCLUSIVE");
    checkSqliteVersion(connection);
    const fresh = isFresh(connection, file);
    setUp(connection, maximumPages);
    migrate(connection, file, fresh);
    writePid(file);
    return connection;
  } catch (error) {
    connection?.close();
    throw notOpened(error, file);
  }
}

/** Path of the file that holds the number of the process which has the database open. */
export function pidFile(file: string): string {
  return `${file}.pid`;
}

function setUp(connection: Connection, maximumPages: number | undefined): void {
  connection.pragma("journal_mode = WAL");
  // Every commit is flushed to the disk before it is acknowledged; on macOS to the platter too.
  connection.pragma("synchronous = FULL");
  connection.pragma("fullfsync = ON");
  connection.pragma("checkpoint_fullfsync = ON");
  connection.pragma("foreign_keys = OFF");
  connection.pragma("trusted_schema = OFF");
  connection.pragma("temp_store = MEMORY");
  // 64 MiB; with 16 MiB a million executions were as fast, but ten million would not be.
  connection.pragma("cache_size = -65536");
  // Checkpoints are run by `SqliteDatabase.checkpoint`, after the commit is acknowledged.
  connection.pragma("wal_autocheckpoint = 0");
  connection.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
  if (maximumPages !== undefined) connection.pragma(`max_page_count = ${maximumPages}`);
}

function checkSqliteVersion(connection: Connection): void {
  const version = String(connection.prepare("SELECT sqlite_version()").pluck().get());
  const parts = version.split(".").map(Number);
  for (const [index, least] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least) {
      throw new StoreNotOpened(
        `SQLite ${version} is too old, ${oldestSqlite.join(".")} or newer is needed: run "npm ci" again.`,
      );
    }
  }
}

/** Takes the lock. True if there is nothing in the file yet; refuses another program's database. */
function isFresh(connection: Connection, file: string): boolean {
  const id = connection.pragma("application_id", { simple: true });
  if (id === applicationId) return false;
  const tables = connection.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  if (id === 0 && tables === 0) return true;
  throw new StoreNotOpened(
    `${file} is a database of another program. Nothing was changed; choose another data folder.`,
  );
}

function migrate(connection: Connection, file: string, fresh: boolean): void {
  const found = fresh ? 0 : schemaVersion(connection);
  if (found > migrations.length) {
    throw new StoreNotOpened(
      `${file} has schema version ${found}, this Stepwell knows versions up to ${migrations.length}. ` +
        "Nothing was changed; start the newer Stepwell that wrote it.",
    );
  }
  for (const [version, sql] of migrations.entries()) {
    if (version < found) continue;
    const step = connection.transaction(() => {
      if (version === 0) connection.pragma(`application_id = ${applicationId}`);
      connection.exec(sql);
      connection
        .prepare("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)")
        .run(version + 1);
    });
    step.exclusive();
  }
}

function schemaVersion(connection: Connection): number {
  const select = connection.prepare("SELECT value FROM meta WHERE key = 'schema_version'");
  const version: unknown = select.pluck().get();
  if (typeof version === "number" && Number.isInteger(version) && version > 0) return version;
  throw Object.assign(new Error("its schema version is missing"), { code: "SQLITE_CORRUPT" });
}

/** A write-ahead log without its database would silently be deleted by SQLite. */
function refuseLostDatabase(file: string): void {
  if (fileSize(file) > 0 || fileSize(`${file}-wal`) === 0) return;
  throw new StoreNotOpened(
    `${file} is missing or empty, but its log ${file}-wal holds data. ` +
      "Nothing was changed; put the database file back or restore a backup of both.",
  );
}

function fileSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function writePid(file: string): void {
  try {
    writeFileSync(pidFile(file), `${process.pid}\n`);
  } catch {
    // Only the message of a second process gets poorer.
  }
}

function readPid(file: string): string {
  try {
    const pid = readFileSync(pidFile(file), "utf8").trim();
    return /^\d{1,10}$/.test(pid) ? `process ${pid}` : "another process";
  } catch {
    return "another process";
  }
}

function notOpened(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreNotOpened) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    return new StoreNotOpened(
      `The data folder ${dirname(file)} is in use by ${readPid(file)}, which holds ${file}. ` +
        "Stop it or choose another data folder.",
    );
  }
  if (code.startsWith("SQLITE_NOTADB") || code.startsWith("SQLITE_CORRUPT")) {
    return new StoreNotOpened(
      `${file} is damaged or not a database (${error.message}). ` +
        "Nothing was changed; restore a backup or choose another data folder.",
    );
  }
  return new StoreNotOpened(
    `The database ${file} cannot be opened: ${error.message}${code === "" ? "" : ` (${code})`}. ` +
      "Check that the folder can be written and that its disk has room.",
  );
}
