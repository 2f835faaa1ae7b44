/** What every store must do with a batch that it refuses, as tests. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoreUnavailable, type Batch, type Store } from "../engine/ports.ts";
import { BatchRefused } from "./store-errors.ts";
import { batchOf, executionOf, rowOf, type OpenedStore } from "./store-samples.contract.ts";

/** Registers the tests. `open` makes a new empty store each time. */
export function storeRefusalContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`store contract: ${name}: a refused batch`, () => {
    let opened: OpenedStore;
    let store: Store;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    afterEach(async () => {
      await store.close();
    });

    const stored = batchOf({
      started: [executionOf({ id: 1 })],
      journal: [rowOf(1, 0)],
      revisions: [{ id: 1, body: "r" }],
    });
    const whole = batchOf({
      started: [executionOf({ id: 2 })],
      journal: [rowOf(2, 0)],
      changed: [executionOf({ id: 1, status: "FAILED" })],
      catalog: [{ id: 1, kind: "k", key: "k", body: "b" }],
      revisions: [{ id: 2, body: "r" }],
    });
    const wrong: Record<string, Partial<Batch>> = {
      "an execution twice": { started: [executionOf({ id: 2 }), executionOf({ id: 1 })] },
      "a journal row twice": { journal: [rowOf(2, 0), rowOf(1, 0)] },
      "a journal row twice in one batch": { journal: [rowOf(2, 0), rowOf(2, 0)] },
      "a revision twice": {
        revisions: [
          { id: 2, body: "r" },
          { id: 1, body: "r" },
        ],
      },
      "a change of an unknown execution": { changed: [executionOf({ id: 3 })] },
      "an execution id too high": { started: [executionOf({ id: 2 ** 32 + 1 })] },
      "an execution id that is no integer": { started: [executionOf({ id: 1.5 })] },
      "a sequence too high": { journal: [rowOf(2, 2 ** 20)] },
      "a sequence below 0": { journal: [rowOf(2, -1)] },
      "a date that is no number": { started: [executionOf({ id: 2, startedAt: Number.NaN })] },
      "a stop date without bound": { changed: [executionOf({ id: 1, stoppedAt: Infinity })] },
    };

    it.each(Object.entries(wrong))("stores nothing: %s", async (_, parts) => {
      await store.commit(stored);
      await expect(store.commit({ ...whole, ...parts })).rejects.toBeInstanceOf(BatchRefused);
      for (let round = 0; round < 2; round++) {
        expect(await store.readExecution(1)).toEqual(stored.started[0]);
        expect(await store.readExecution(2)).toBeUndefined();
        expect(await store.readJournal(2, 0, 10)).toEqual([]);
        expect(await store.readCatalog()).toEqual([]);
        expect(await store.readRevision(2)).toBeUndefined();
        expect(await store.highestIds()).toEqual({ execution: 1, catalog: 0, revision: 1 });
        store = await opened.reopen();
      }
      // And the store goes on.
      await store.commit(whole);
      expect((await store.readExecution(2))?.id).toBe(2);
    });

    it.each(["an execution id too high", "a change of an unknown execution"])(
      "takes the batches with it that were queued behind: %s",
      async (key) => {
        const outcomes = await Promise.allSettled([
          store.commit(stored),
          store.commit(batchOf(wrong[key] ?? {})),
          store.commit(batchOf({ journal: [rowOf(1, 1)] })),
          store.commit(batchOf({ journal: [rowOf(1, 2)] })),
        ]);
        const errors = outcomes.map((o) =>
          o.status === "rejected" ? (o.reason as unknown) : "ok",
        );
        expect(errors[0]).toBe("ok");
        expect(errors[1]).toBeInstanceOf(BatchRefused);
        expect(errors[2]).toBeInstanceOf(StoreUnavailable);
        expect(errors[3]).toBeInstanceOf(StoreUnavailable);
        await store.commit(batchOf({ journal: [rowOf(1, 1)] }));
        expect((await store.readLastJournalRow(1))?.sequence).toBe(1);
      },
    );

    it("names the field", async () => {
      await expect(store.commit(batchOf({ journal: [rowOf(1, -1)] }))).rejects.toThrow(
        "journal[].sequence must be an integer from 0 to 1048575, got -1",
      );
    });
  });
}
