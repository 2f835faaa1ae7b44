import { describe, expect, it } from "vitest";
import { FaultyStore } from "../../test/support/faulty-store.ts";
import { openMemoryStore } from "../store/memory-store.ts";
import { SILENT_LOG } from "./engine-log.ts";
import { GroupCommit } from "./group-commit.ts";
import { DEFAULT_LIMITS } from "./limits.ts";

async function open(): Promise<{ store: FaultyStore; commit: GroupCommit }> {
  const store = new FaultyStore(openMemoryStore());
  return {
    store,
    commit: await GroupCommit.open({ store, limits: DEFAULT_LIMITS, log: SILENT_LOG }),
  };
}

function revision(commit: GroupCommit, body: string) {
  return { revisions: [{ id: commit.nextRevisionId(), body }] };
}

describe("group commit", () => {
  it("puts what one turn brings into one commit, and what comes meanwhile into the next", async () => {
    const { store, commit } = await open();
    const first = [1, 2, 3].map((n) => commit.write(revision(commit, `${n}`)));
    await new Promise((resolve) => setImmediate(resolve));
    const second = [4, 5].map((n) => commit.write(revision(commit, `${n}`)));
    await Promise.all([...first, ...second]);
    expect(store.commits).toBe(2);
    expect((await store.readRevision(5))?.body).toBe("5");
    await commit.idle();
  });

  it("loses the batch and what was gathered behind it, then goes on", async () => {
    const { store, commit } = await open();
    store.fateOf = (number) => (number === 1 ? "unavailable" : "ok");
    const first = commit.write(revision(commit, "1"));
    await new Promise((resolve) => setImmediate(resolve));
    const second = commit.write(revision(commit, "2"));
    await expect(first).rejects.toThrow("full");
    await expect(second).rejects.toThrow("full");
    await commit.write(revision(commit, "3"));
    expect(await store.readRevision(1)).toBeUndefined();
    expect((await store.readRevision(3))?.body).toBe("3");
  });

  it("a part that the store refuses does not take the others with it", async () => {
    const { store, commit } = await open();
    await commit.write({ revisions: [{ id: 1, body: "there" }] });
    const results = await Promise.allSettled([
      commit.write({ revisions: [{ id: 10, body: "good" }] }),
      commit.write({ revisions: [{ id: 1, body: "again" }] }),
      commit.write({ revisions: [{ id: 11, body: "good" }] }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await store.readRevision(11))?.body).toBe("good");
  });

  it("is full before memory is", async () => {
    const store = new FaultyStore(openMemoryStore());
    const limits = { queuedParts: 2, queuedCharacters: 1_000_000 };
    const commit = await GroupCommit.open({ store, limits, log: SILENT_LOG });
    const writes = [1, 2, 3].map((n) => commit.write(revision(commit, `${n}`)));
    const results = await Promise.allSettled(writes);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  });
});
