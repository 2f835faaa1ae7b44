/** What every store must do, as tests. A store's own test file calls `storeContract`. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoreUnavailable, type Store } from "../engine/ports.ts";
import { storeModelContract } from "./store-model.contract.ts";
import { storeRefusalContract } from "./store-refusal.contract.ts";
import {
  batchOf,
  executionOf,
  rowOf,
  statuses,
  type OpenedStore,
} from "./store-samples.contract.ts";

/** Registers the suite. `open` makes a new empty store each time. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  storeModelContract(name, async () => (await open()).store);
  storeRefusalContract(name, open);

  describe(`store contract: ${name}`, () => {
    let opened: OpenedStore;
    let store: Store;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    afterEach(async () => {
      await store.close();
    });

    const listed = async (parts: Partial<Parameters<Store["listExecutions"]>[0]> = {}) => {
      const query = { machineId: 1, status: undefined, after: undefined, limit: 100 };
      const records = await store.listExecutions({ ...query, ...parts });
      return records.map(({ id }) => id);
    };

    it("is empty at first", async () => {
      expect(await store.highestIds()).toEqual({ execution: 0, catalog: 0, revision: 0 });
      expect(await store.findExecution(1, "a")).toBeUndefined();
      expect(await store.readExecution(1)).toBeUndefined();
      expect(await listed()).toEqual([]);
      expect(await store.listRunning(0, 10)).toEqual([]);
      expect(await store.readJournal(1, 0, 10)).toEqual([]);
      expect(await store.readLastJournalRow(1)).toBeUndefined();
      expect(await store.readCatalog()).toEqual([]);
      expect(await store.readRevision(1)).toBeUndefined();
      await store.commit(batchOf({}));
    });

    it("gives back what was committed, also after it is opened again", async () => {
      const records = statuses.map((status, index) =>
        executionOf({
          id: index + 1,
          status,
          machineId: 7,
          revisionId: 9,
          stoppedAt: status === "RUNNING" ? undefined : 1_700_000_000_999,
          details: `{"n":${index}}`,
        }),
      );
      const journal = [rowOf(1, 0), rowOf(1, 1), rowOf(2, 0)];
      const catalog = [{ id: 7, kind: "stateMachine", key: "arn:7", body: '{"a":1}' }];
      const revisions = [{ id: 9, body: '{"StartAt":"A"}' }];
      await store.commit(batchOf({ started: records, journal, catalog, revisions }));
      for (let round = 0; round < 3; round++) {
        for (const record of records) {
          expect(await store.readExecution(record.id)).toEqual(record);
          expect(await store.findExecution(7, record.name)).toEqual(record);
        }
        expect(await store.listRunning(0, 10)).toEqual([records[0]]);
        expect(await store.readJournal(1, 0, 10)).toEqual(journal.slice(0, 2));
        expect(await store.readLastJournalRow(1)).toEqual(journal[1]);
        expect(await store.readCatalog()).toEqual(catalog);
        expect(await store.readRevision(9)).toEqual(revisions[0]);
        expect(await store.highestIds()).toEqual({ execution: 5, catalog: 7, revision: 9 });
        store = await opened.reopen();
      }
    });

    it("finds an execution by machine and exact name, the newest of several", async () => {
      const started = [
        executionOf({ id: 1, machineId: 1, name: "a" }),
        executionOf({ id: 2, machineId: 2, name: "a" }),
        executionOf({ id: 3, machineId: 1, name: "A" }),
        executionOf({ id: 4, machineId: 1, name: "a" }),
      ];
      await store.commit(batchOf({ started }));
      expect((await store.findExecution(1, "a"))?.id).toBe(4);
      expect((await store.findExecution(2, "a"))?.id).toBe(2);
      expect((await store.findExecution(1, "A"))?.id).toBe(3);
      expect(await store.findExecution(3, "a")).toBeUndefined();
      expect(await store.findExecution(1, "a ")).toBeUndefined();
    });

    it("keeps every text as it is", async () => {
      const texts = [
        "",
        " ",
        "é",
        "e\u0301",
        "日本語",
        "😀\u{10FFFF}",
        "'\";--\\\n\r\t",
        "\ufeffx",
      ];
      const started = texts.map((text, index) =>
        executionOf({ id: index + 1, name: text, details: text }),
      );
      await store.commit(
        batchOf({
          started,
          journal: texts.map((text, index) => rowOf(index + 1, 0, text)),
          catalog: texts.map((text, index) => ({
            id: index + 1,
            kind: text,
            key: text,
            body: text,
          })),
          revisions: texts.map((body, index) => ({ id: index + 1, body })),
        }),
      );
      const catalog = await store.readCatalog();
      for (const [index, text] of texts.entries()) {
        expect(await store.findExecution(1, text)).toEqual(started[index]);
        expect((await store.readLastJournalRow(index + 1))?.body).toBe(text);
        expect(catalog[index]).toEqual({ id: index + 1, kind: text, key: text, body: text });
        expect((await store.readRevision(index + 1))?.body).toBe(text);
      }
    });

    it("keeps ids and sequences up to their bounds", async () => {
      const ids = [1, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32];
      const sequences = [0, 1, 2 ** 20 - 1];
      const journal = ids.flatMap((id) => sequences.map((sequence) => rowOf(id, sequence)));
      const started = ids.map((id) => executionOf({ id, machineId: id, revisionId: id }));
      await store.commit(batchOf({ started, journal }));
      for (const [index, id] of ids.entries()) {
        expect(await store.readExecution(id)).toEqual(started[index]);
        expect(await store.findExecution(id, `name-${id}`)).toEqual(started[index]);
        expect(await store.readJournal(id, 0, 10)).toEqual(sequences.map((s) => rowOf(id, s)));
        expect(await store.readLastJournalRow(id)).toEqual(rowOf(id, 2 ** 20 - 1));
        expect(await listed({ machineId: id })).toEqual([id]);
      }
      expect((await store.listRunning(2 ** 31, 10)).map(({ id }) => id)).toEqual(ids.slice(3));
      expect((await store.highestIds()).execution).toBe(2 ** 32);
    });

    it("lists by machine and status, newest first, ties by id", async () => {
      const started = [30, 10, 20, 20, 20, 40].map((startedAt, index) =>
        executionOf({ id: index + 1, startedAt, status: statuses[index % 3]! }),
      );
      await store.commit(batchOf({ started: [...started, executionOf({ id: 9, machineId: 2 })] }));
      expect(await listed()).toEqual([6, 1, 5, 4, 3, 2]);
      expect(await listed({ status: "RUNNING" })).toEqual([1, 4]);
      expect(await listed({ status: "FAILED" })).toEqual([6, 3]);
      expect(await listed({ status: "ABORTED" })).toEqual([]);
      expect(await listed({ machineId: 2 })).toEqual([9]);
      expect(await listed({ limit: 0 })).toEqual([]);
      // A place in the order need not be that of a stored execution.
      expect(await listed({ after: { startedAt: 20, id: 100 } })).toEqual([5, 4, 3, 2]);
      expect(await listed({ after: { startedAt: 25, id: 0 } })).toEqual([5, 4, 3, 2]);
      expect(await listed({ after: { startedAt: 20, id: 4 } })).toEqual([3, 2]);
      expect(await listed({ after: { startedAt: 10, id: 2 } })).toEqual([]);
    });

    it("lists the same in pages of any size", async () => {
      const started = Array.from({ length: 40 }, (_, index) =>
        executionOf({
          id: index + 1,
          startedAt: 100 + ((index * 7) % 5),
          status: statuses[(index * 3) % 5]!,
        }),
      );
      await store.commit(batchOf({ started }));
      for (const status of [undefined, ...statuses]) {
        const whole = await listed({ status });
        expect(whole.length).toBe(status === undefined ? 40 : 8);
        for (const limit of [1, 2, 3, 7, 39, 40, 41]) {
          const paged: number[] = [];
          let after: { startedAt: number; id: number } | undefined;
          for (;;) {
            const page = await store.listExecutions({ machineId: 1, status, after, limit });
            expect(page.length).toBeLessThanOrEqual(limit);
            paged.push(...page.map(({ id }) => id));
            after = page.at(-1);
            if (after === undefined) break;
          }
          expect(paged).toEqual(whole);
        }
      }
    });

    it("lists running executions in order of id", async () => {
      const started = [5, 3, 9, 1, 7].map((id) => executionOf({ id, machineId: id }));
      const done = executionOf({ id: 4, status: "SUCCEEDED" });
      await store.commit(batchOf({ started: [...started, done] }));
      const running = async (afterId: number, limit: number) =>
        (await store.listRunning(afterId, limit)).map(({ id }) => id);
      expect(await running(0, 10)).toEqual([1, 3, 5, 7, 9]);
      expect(await running(0, 2)).toEqual([1, 3]);
      expect(await running(3, 2)).toEqual([5, 7]);
      expect(await running(9, 2)).toEqual([]);
    });

    it("changes status, stop date, details and parking, nothing else", async () => {
      const before = executionOf({ id: 1, name: "a" });
      await store.commit(batchOf({ started: [before] }));
      const parkings = [1_800_000_000_000, Infinity, undefined];
      for (const parkedUntil of parkings) {
        await store.commit(batchOf({ changed: [{ ...before, parkedUntil }] }));
        expect(await store.readExecution(1)).toEqual({ ...before, parkedUntil });
        expect(await store.listRunning(0, 1)).toEqual([{ ...before, parkedUntil }]);
      }
      const after = {
        ...before,
        status: "FAILED",
        stoppedAt: 1_900_000_000_000,
        details: "x",
      } as const;
      await store.commit(
        batchOf({
          changed: [
            { ...after, status: "ABORTED" },
            { ...after, machineId: 5, revisionId: 5, name: "b", startedAt: 5 },
          ],
        }),
      );
      expect(await store.readExecution(1)).toEqual(after);
      expect(await store.listRunning(0, 1)).toEqual([]);
      expect(await listed({ status: "FAILED" })).toEqual([1]);
      expect(await listed({ status: "RUNNING" })).toEqual([]);
      // Redrive.
      await store.commit(batchOf({ changed: [before] }));
      expect(await listed({ status: "RUNNING" })).toEqual([1]);
      expect(await store.listRunning(0, 1)).toEqual([before]);
    });

    it("reads a journal from any sequence, without its neighbours", async () => {
      const journal = [1, 2, 3].flatMap((id) =>
        [0, 1, 2, 3].map((sequence) => rowOf(id, sequence)),
      );
      // Interleaved and in several batches, as executions run.
      for (const part of [0, 1, 2, 3]) {
        await store.commit(batchOf({ journal: journal.filter((_, index) => index % 4 === part) }));
      }
      const read = async (from: number, limit: number) =>
        (await store.readJournal(2, from, limit)).map(({ executionId, sequence }) => {
          expect(executionId).toBe(2);
          return sequence;
        });
      expect(await read(0, 10)).toEqual([0, 1, 2, 3]);
      expect(await read(2, 10)).toEqual([2, 3]);
      expect(await read(1, 2)).toEqual([1, 2]);
      expect(await read(4, 10)).toEqual([]);
      expect(await read(0, 0)).toEqual([]);
      expect(await store.readLastJournalRow(2)).toEqual(rowOf(2, 3));
      expect(await store.readLastJournalRow(4)).toBeUndefined();
    });

    it("reads long journals whole", async () => {
      const journal = Array.from({ length: 2_500 }, (_, sequence) => rowOf(1, sequence));
      await store.commit(batchOf({ journal }));
      expect(await store.readJournal(1, 0, 10_000)).toEqual(journal);
      expect(await store.readJournal(1, 0, 2_000)).toEqual(journal.slice(0, 2_000));
      expect(await store.readJournal(1, 499, 2_000)).toEqual(journal.slice(499, 2_499));
      expect(await store.readJournal(1, 0, 1_000)).toEqual(journal.slice(0, 1_000));
    });

    it("keeps big texts", async () => {
      const journal = [0, 1, 2, 3].map((sequence) =>
        rowOf(1, sequence, `${sequence}é`.repeat(1_500_000)),
      );
      const catalog = [1, 2, 3].map((id) => ({
        id,
        kind: "k",
        key: `${id}`,
        body: `${id}`.repeat(3e6),
      }));
      await store.commit(batchOf({ journal, catalog }));
      const rows = await store.readJournal(1, 0, 10);
      expect(rows.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
      expect(rows.every(({ body }, index) => body === journal[index]?.body)).toBe(true);
      const entries = await store.readCatalog();
      expect(entries.map(({ id }) => id)).toEqual([1, 2, 3]);
      expect(entries.every(({ body }, index) => body === catalog[index]?.body)).toBe(true);
    });

    it("replaces and removes catalog entries and never forgets their ids", async () => {
      const entry = (id: number, body = "{}") => ({ id, kind: "alias", key: `arn:${id}`, body });
      await store.commit(batchOf({ catalog: [entry(2), entry(1), entry(3)] }));
      expect(await store.readCatalog()).toEqual([entry(1), entry(2), entry(3)]);
      await store.commit(batchOf({ catalog: [entry(2, "new")], removedCatalog: [3] }));
      expect(await store.readCatalog()).toEqual([entry(1), entry(2, "new")]);
      // Removed and made anew under the same key; made and removed within one batch.
      const again = { ...entry(4), key: "arn:1" };
      await store.commit(batchOf({ catalog: [again, entry(5)], removedCatalog: [1, 5, 99] }));
      expect(await store.readCatalog()).toEqual([entry(2, "new"), again]);
      await store.commit(batchOf({ removedCatalog: [2, 4] }));
      expect((await store.highestIds()).catalog).toBe(5);
      store = await opened.reopen();
      expect(await store.readCatalog()).toEqual([]);
      expect((await store.highestIds()).catalog).toBe(5);
    });

    it("answers reads after the commits that were called before them", async () => {
      const commits: Promise<void>[] = [];
      const reads: Promise<unknown>[] = [];
      for (let id = 1; id <= 50; id++) {
        commits.push(
          store.commit(batchOf({ started: [executionOf({ id })], journal: [rowOf(id, 0)] })),
        );
        reads.push(store.readExecution(id).then((record) => record?.id));
      }
      await Promise.all(commits);
      expect(await Promise.all(reads)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    });

    it("refuses limits that are none", async () => {
      for (const limit of [-1, 1.5, Number.NaN, 10_001]) {
        const query = { machineId: 1, status: undefined, after: undefined, limit };
        await expect(store.listExecutions(query)).rejects.toThrow("limit must be an integer");
        await expect(store.listRunning(0, limit)).rejects.toThrow("limit must be an integer");
      }
      await expect(store.readJournal(1, 0, -1)).rejects.toThrow("limit must be an integer");
    });

    it("can be closed twice; then every call rejects", async () => {
      const last = store.commit(batchOf({ started: [executionOf({ id: 1 })] }));
      await Promise.all([store.close(), store.close()]);
      await last;
      const calls = [
        store.commit(batchOf({})),
        store.highestIds(),
        store.findExecution(1, "a"),
        store.readExecution(1),
        store.listExecutions({ machineId: 1, status: undefined, after: undefined, limit: 1 }),
        store.listRunning(0, 1),
        store.readJournal(1, 0, 1),
        store.readLastJournalRow(1),
        store.readCatalog(),
        store.readRevision(1),
      ];
      for (const outcome of await Promise.allSettled(calls)) {
        expect(outcome.status === "rejected" && outcome.reason).toBeInstanceOf(StoreUnavailable);
      }
    });
  });
}
