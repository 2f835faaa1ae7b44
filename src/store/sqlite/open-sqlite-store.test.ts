import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoreUnavailable, type Store } from "../../engine/ports.ts";
import { StoreBroken, StoreNotOpened } from "../store-errors.ts";
import { batchOf, executionOf, rowOf } from "../store-samples.contract.ts";
import { storeContract } from "../store.contract.ts";
import { migrations } from "./migrations.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "stepwell-store-"));
  file = join(directory, "stepwell.db");
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

storeContract("sqlite", async () => {
  let store = await openSqliteStore({ directory });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openSqliteStore({ directory });
      return store;
    },
  };
});

/** Opens the store, expects that it refuses, and gives back the message. */
async function refusal(): Promise<string> {
  const before = statSync(file, { throwIfNoEntry: false }) && readFileSync(file);
  const error = await openSqliteStore({ directory }).then(
    async (store) => {
      await store.close();
      throw new Error("the store was opened");
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreNotOpened)) throw error;
  // What cannot be opened is not touched either.
  expect(statSync(file, { throwIfNoEntry: false }) && readFileSync(file)).toEqual(before);
  return error.message;
}

/** Runs SQL on the closed database. */
function tamper(sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

async function openOnce(): Promise<void> {
  const store = await openSqliteStore({ directory });
  await store.close();
}

describe("opening", () => {
  it("makes the folder and a database that only the owner can enter", async () => {
    directory = join(directory, "a", "b");
    const store = await openSqliteStore({ directory });
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(directory, "stepwell.db.pid"), "utf8")).toBe(`${process.pid}\n`);
    await store.close();
    expect(statSync(join(directory, "stepwell.db.pid"), { throwIfNoEntry: false })).toBeUndefined();
    expect(statSync(join(directory, "stepwell.db-wal"), { throwIfNoEntry: false })).toBeUndefined();
  });

  it("needs no file of shared memory", async () => {
    await openOnce();
    const store = await openSqliteStore({ directory });
    await store.commit(batchOf({ journal: [rowOf(1, 0)] }));
    expect(readdirSync(directory).toSorted()).toEqual([
      "stepwell.db",
      "stepwell.db-wal",
      "stepwell.db.pid",
    ]);
    await store.close();
  });

  it("takes a file instead of a folder", async () => {
    const store = await openSqliteStore({ file: join(directory, "other.db") });
    await store.close();
    expect(statSync(join(directory, "other.db")).size).toBeGreaterThan(0);
  });

  it("refuses a database that is open already, naming folder and process", async () => {
    const store = await openSqliteStore({ directory });
    expect(await refusal()).toBe(
      `The data folder ${directory} is in use by process ${process.pid}, which holds ${file}. ` +
        "Stop it or choose another data folder.",
    );
    // The lock is still held by the first.
    await store.commit(batchOf({ started: [executionOf({ id: 1 })] }));
    expect(await refusal()).toContain("in use by process");
    await store.close();
    await openOnce();
  });

  it("refuses a newer schema", async () => {
    await openOnce();
    tamper("UPDATE meta SET value = 99 WHERE key = 'schema_version'");
    expect(await refusal()).toBe(
      `${file} has schema version 99, this Stepwell knows versions up to ${migrations.length}. ` +
        "Nothing was changed; start the newer Stepwell that wrote it.",
    );
  });

  it("refuses another program's database", async () => {
    tamper("CREATE TABLE notes (text)");
    expect(await refusal()).toContain("is a database of another program");
  });

  it.each([
    ["text", (): void => writeFileSync(file, "not a database, not at all".repeat(1000))],
    [
      "a torn first page",
      (): void => {
        const bytes = readFileSync(file);
        bytes.fill(0xee, 100, 4096);
        writeFileSync(file, bytes);
      },
    ],
    ["a missing version", (): void => tamper("DELETE FROM meta WHERE key = 'schema_version'")],
  ])("refuses a damaged file: %s", async (_, damage) => {
    await openOnce();
    damage();
    const message = await refusal();
    expect(message).toContain(`${file} is damaged or not a database`);
    expect(message).toContain("Nothing was changed");
  });

  it("refuses a log without its database", async () => {
    writeFileSync(`${file}-wal`, "log");
    expect(await refusal()).toContain(`its log ${file}-wal holds data`);
    expect(readFileSync(`${file}-wal`, "utf8")).toBe("log");
  });

  it("names the folder that cannot be made or used", async () => {
    writeFileSync(join(directory, "taken"), "");
    await expect(openSqliteStore({ directory: join(directory, "taken", "x") })).rejects.toThrow(
      `The data folder ${join(directory, "taken", "x")} cannot be made`,
    );
    mkdirSync(file);
    await expect(openSqliteStore({ directory })).rejects.toThrow(
      `The database ${file} cannot be opened`,
    );
  });
});

describe("a full disk", () => {
  let store: Store;

  beforeEach(async () => {
    store = await openSqliteStore({ directory, maximumPages: 200 });
  });

  afterEach(() => store.close());

  it("rejects the batch and those queued behind it, and later ones work again", async () => {
    await store.commit(batchOf({ started: [executionOf({ id: 1 })], journal: [rowOf(1, 0)] }));
    const full = batchOf({
      started: [executionOf({ id: 2 })],
      journal: [rowOf(1, 1), rowOf(1, 2, "x".repeat(2_000_000))],
    });
    const outcomes = await Promise.allSettled([
      store.commit(full),
      store.commit(batchOf({ journal: [rowOf(1, 3)] })),
    ]);
    for (const outcome of outcomes) {
      const reason: unknown = outcome.status === "rejected" ? outcome.reason : undefined;
      expect(reason).toBeInstanceOf(StoreUnavailable);
      expect(reason).not.toBeInstanceOf(StoreBroken);
    }
    await expect(store.commit(full)).rejects.toThrow("database or disk is full (SQLITE_FULL)");
    expect(await store.readJournal(1, 0, 10)).toEqual([rowOf(1, 0)]);
    expect(await store.readExecution(2)).toBeUndefined();
    await store.commit(batchOf({ started: [executionOf({ id: 2 })], journal: [rowOf(1, 1)] }));
    expect(await store.readJournal(1, 0, 10)).toEqual([rowOf(1, 0), rowOf(1, 1)]);
  });
});

describe("the write-ahead log", () => {
  it("stays bounded", async () => {
    const store = await openSqliteStore({ directory });
    let largest = 0;
    for (let id = 1; id <= 60; id++) {
      await store.commit(batchOf({ journal: [rowOf(id, 0, "x".repeat(1_000_000))] }));
      largest = Math.max(largest, statSync(`${file}-wal`).size);
    }
    expect(largest).toBeGreaterThan(8_000_000);
    expect(largest).toBeLessThan(24_000_000);
    await store.close();
  });
});
