/** A store that forgets everything with the process: for tests and benchmarks of the engine. */
import {
  StoreUnavailable,
  type Batch,
  type CatalogEntry,
  type ExecutionRecord,
  type JournalRow,
  type Store,
} from "../engine/ports.ts";
import { checkBatch, checkLimit, maximumListLimit, maximumSequences } from "./batch-check.ts";
import { BatchRefused } from "./store-errors.ts";

/** Opens an empty store in memory. It passes the store contract, except that reopening is lost. */
export function openMemoryStore(): Store {
  const executions = new Map<number, ExecutionRecord>();
  const names = new Map<string, number>();
  const journals = new Map<number, JournalRow[]>();
  const catalog = new Map<number, CatalogEntry>();
  const revisions = new Map<number, string>();
  const highest = { execution: 0, catalog: 0, revision: 0 };
  let closed = false;
  /** Bumped by a failed commit; commits that were called before it was known fail too. */
  let generation = 0;

  /** Throws BatchRefused if the batch contradicts what is stored; changes nothing. */
  function checkFits(batch: Batch): void {
    checkBatch(batch);
    const started = new Set<number>();
    for (const { id } of batch.started) {
      if (executions.has(id) || started.has(id)) {
        throw new BatchRefused(`started[].id ${id} was started already`);
      }
      started.add(id);
    }
    for (const { id } of batch.changed) {
      if (!executions.has(id) && !started.has(id)) {
        throw new BatchRefused(`changed[].id ${id} was never started`);
      }
    }
    const keys = new Set<string>();
    for (const { executionId, sequence } of batch.journal) {
      const key = `${executionId}/${sequence}`;
      const stored = journals.get(executionId)?.some((row) => row.sequence === sequence) ?? false;
      if (stored || keys.has(key)) throw new BatchRefused(`journal row ${key} is stored already`);
      keys.add(key);
    }
    const added = new Set<number>();
    for (const { id } of batch.revisions) {
      if (revisions.has(id) || added.has(id)) {
        throw new BatchRefused(`revisions[].id ${id} is stored already`);
      }
      added.add(id);
    }
  }

  function apply(batch: Batch): void {
    for (const { id, body } of batch.revisions) {
      revisions.set(id, body);
      highest.revision = Math.max(highest.revision, id);
    }
    for (const entry of batch.catalog) {
      catalog.set(entry.id, entry);
      highest.catalog = Math.max(highest.catalog, entry.id);
    }
    for (const record of batch.started) {
      executions.set(record.id, record);
      const name = nameKey(record.machineId, record.name);
      names.set(name, Math.max(names.get(name) ?? 0, record.id));
      highest.execution = Math.max(highest.execution, record.id);
    }
    for (const row of batch.journal) {
      const rows = journals.get(row.executionId);
      if (rows === undefined) journals.set(row.executionId, [row]);
      else rows.splice(rows.findLastIndex((r) => r.sequence < row.sequence) + 1, 0, row);
    }
    for (const { id, status, stoppedAt, details, parkedUntil } of batch.changed) {
      executions.set(id, { ...executions.get(id)!, status, stoppedAt, details, parkedUntil });
    }
    for (const id of batch.removedCatalog) catalog.delete(id);
  }

  function check(): void {
    if (closed) throw new StoreUnavailable("The store is closed");
  }

  return {
    async commit(batch) {
      check();
      const known = generation;
      // Later than the caller, as with a disk; so batches that are queued meanwhile behave alike.
      await Promise.resolve();
      if (known < generation) {
        throw new StoreUnavailable("The database cannot be used now: an earlier commit failed");
      }
      try {
        checkFits(batch);
      } catch (error) {
        generation++;
        throw error;
      }
      apply(batch);
    },
    async highestIds() {
      check();
      return { ...highest };
    },
    async findExecution(machineId, name) {
      check();
      await Promise.resolve();
      return executions.get(names.get(nameKey(machineId, name)) ?? 0);
    },
    async readExecution(id) {
      check();
      await Promise.resolve();
      return executions.get(id);
    },
    async listExecutions({ machineId, status, after, limit }) {
      check();
      checkLimit(limit, maximumListLimit);
      await Promise.resolve();
      return [...executions.values()]
        .filter((record) => record.machineId === machineId)
        .filter((record) => status === undefined || record.status === status)
        .filter((record) => after === undefined || newestFirst(after, record) < 0)
        .toSorted(newestFirst)
        .slice(0, limit);
    },
    async listRunning(afterId, limit) {
      check();
      checkLimit(limit, maximumListLimit);
      await Promise.resolve();
      return [...executions.values()]
        .filter((record) => record.status === "RUNNING" && record.id > afterId)
        .toSorted((a, b) => a.id - b.id)
        .slice(0, limit);
    },
    async readJournal(executionId, fromSequence, limit) {
      check();
      checkLimit(limit, maximumSequences);
      await Promise.resolve();
      const rows = journals.get(executionId) ?? [];
      return rows.filter((row) => row.sequence >= fromSequence).slice(0, limit);
    },
    async readLastJournalRow(executionId) {
      check();
      await Promise.resolve();
      return journals.get(executionId)?.at(-1);
    },
    async readCatalog() {
      check();
      await Promise.resolve();
      return [...catalog.values()].toSorted((a, b) => a.id - b.id);
    },
    async readRevision(id) {
      check();
      await Promise.resolve();
      const body = revisions.get(id);
      return body === undefined ? undefined : { id, body };
    },
    async close() {
      closed = true;
    },
  };
}

function nameKey(machineId: number, name: string): string {
  return `${machineId}:${name}`;
}

function newestFirst(
  a: Pick<ExecutionRecord, "startedAt" | "id">,
  b: Pick<ExecutionRecord, "startedAt" | "id">,
): number {
  return b.startedAt - a.startedAt || b.id - a.id;
}
