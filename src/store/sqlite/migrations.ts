/** The schema of the database, as the steps that lead from one version to the next. */

/** Marks the file as Stepwell's: `PRAGMA application_id`, the letters STPW. */
export const applicationId = 0x53545057;

/**
 * Step n brings version n to version n + 1. A released step is never edited; the steps run in one
 * transaction each at start.
 *
 * Why the indexes are as they are, measured with 1,000,000 executions stored, batches of 200
 * executions of one 600 byte journal row, fsync on, executions per second on two cores:
 *   no index 101,000; executions_by_list and executions_running 94,000; the name's hash too 32,000.
 * Instead of the hash a unique text index on (machine_id, name) gave 11 % less and 31 bytes more
 * per execution. The hash index costs because its entries land on random pages; with 5,000,000
 * executions stored 22,000 executions per second are left.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value ANY NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Makes hashes of names unpredictable: nobody can choose names that all share one.
  INSERT INTO meta VALUES ('name_seed', lower(hex(randomblob(16))));

  -- key = execution_id * 1048576 + sequence: one execution's rows are a range of keys.
  CREATE TABLE journal (
    key INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE executions (
    id INTEGER PRIMARY KEY,
    machine_id INTEGER NOT NULL,
    revision_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- 0 RUNNING, 1 SUCCEEDED, 2 FAILED, 3 TIMED_OUT, 4 ABORTED.
    status INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    stopped_at INTEGER,
    details TEXT NOT NULL,
    parked_until INTEGER,
    -- 32 bits of a keyed hash of machine_id and name. Not unique: readers compare the name.
    name_hash INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX executions_by_name ON executions (name_hash);

  -- Lists of one status are a range; lists of all merge one range per status. The id, last in
  -- every index, breaks ties.
  CREATE INDEX executions_by_list ON executions (machine_id, status, started_at);

  -- For the start of the server. An execution that ends in the batch it starts in never gets here.
  CREATE INDEX executions_running ON executions (id) WHERE status = 0;

  -- AUTOINCREMENT: the highest id ever used is remembered after its entry is removed.
  CREATE TABLE catalog (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;
  `,
];
