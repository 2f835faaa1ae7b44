/** Sample values and the frame for the tests of stores. */
import type {
  Batch,
  ExecutionRecord,
  ExecutionStatus,
  JournalRow,
  Store,
} from "../engine/ports.ts";

/** A store under test, empty at first. */
export interface OpenedStore {
  readonly store: Store;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<Store>;
}

/** Every status of an execution. */
export const statuses: readonly ExecutionStatus[] = [
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
];

/** A batch of the given parts. */
export function batchOf(parts: Partial<Batch>): Batch {
  return {
    started: [],
    journal: [],
    changed: [],
    catalog: [],
    revisions: [],
    removedCatalog: [],
    ...parts,
  };
}

/** An execution with plain values for everything that is not given. */
export function executionOf(parts: Partial<ExecutionRecord> & { id: number }): ExecutionRecord {
  return {
    machineId: 1,
    revisionId: 1,
    name: `name-${parts.id}`,
    status: "RUNNING",
    startedAt: 1_700_000_000_000 + parts.id,
    stoppedAt: undefined,
    details: "",
    parkedUntil: undefined,
    ...parts,
  };
}

/** A journal row; the body tells where it belongs. */
export function rowOf(executionId: number, sequence: number, body?: string): JournalRow {
  return {
    executionId,
    sequence,
    at: 1_700_000_000_000 + sequence,
    body: body ?? `body ${executionId}/${sequence}`,
  };
}
