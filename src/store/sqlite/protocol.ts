/**
 * What the main and the database thread say to each other. Requests are answered in the order in
 * which they were sent, so a reply needs no id.
 */
import type { CatalogEntry } from "../../engine/ports.ts";
import type { BatchColumns, ExecutionTuple, JournalTuple } from "./columns.ts";

/** The operations of the database thread: what goes in, what comes out. */
export interface Operations {
  commit: {
    readonly input: {
      /** Number of failed commits that the sender knew of. */
      readonly generation: number;
      /** A text: why the sender refused the batch itself; it takes its place in the order. */
      readonly batch: BatchColumns | string;
    };
    readonly output: undefined;
  };
  highestIds: {
    readonly input: undefined;
    readonly output: { execution: number; catalog: number; revision: number };
  };
  findExecution: {
    readonly input: { readonly machineId: number; readonly name: string };
    readonly output: ExecutionTuple | undefined;
  };
  readExecution: { readonly input: number; readonly output: ExecutionTuple | undefined };
  listExecutions: {
    readonly input: {
      readonly machineId: number;
      /** undefined = all. */
      readonly status: number | undefined;
      readonly after: { readonly startedAt: number; readonly id: number } | undefined;
      readonly limit: number;
    };
    readonly output: ExecutionTuple[];
  };
  listRunning: {
    readonly input: { readonly afterId: number; readonly limit: number };
    readonly output: ExecutionTuple[];
  };
  readJournal: {
    /** `from` is included, `to` is not. */
    readonly input: { readonly from: number; readonly to: number; readonly limit: number };
    readonly output: Page<JournalTuple>;
  };
  readLastJournalRow: {
    readonly input: { readonly from: number; readonly to: number };
    readonly output: JournalTuple | undefined;
  };
  readCatalog: {
    readonly input: { readonly afterId: number };
    readonly output: Page<CatalogEntry>;
  };
  readRevision: { readonly input: number; readonly output: string | undefined };
  close: { readonly input: undefined; readonly output: undefined };
}

/** A part of a long answer, so that commits can go on between two parts. */
export interface Page<T> {
  readonly rows: T[];
  /** Whether the next part should be asked for. */
  readonly more: boolean;
}

export type Operation = keyof Operations;

/** One request: an operation and its input. */
export type Request = {
  readonly [K in Operation]: { readonly operation: K; readonly input: Operations[K]["input"] };
}[Operation];

/** How an operation failed: which error the main thread makes of it. */
export type FailureKind = "unavailable" | "broken" | "refused";

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
}

export type Reply =
  | { readonly ok: true; readonly output: Operations[Operation]["output"] }
  | { readonly ok: false; readonly failure: Failure };

/** From the database thread. */
export type WorkerMessage =
  | { readonly type: "opened" }
  /** Opening failed: the message is for the operator. The thread ends. */
  | { readonly type: "not-opened"; readonly message: string }
  /** `done`: no more replies to this message of requests will come. */
  | { readonly type: "replies"; readonly replies: readonly Reply[]; readonly done: boolean };

/** What the database thread is started with. */
export interface WorkerOptions {
  /** Path of the database file; its folder exists. */
  readonly file: string;
  /** Highest number of 4 KiB pages of the database file; undefined: SQLite's own bound, 16 TiB. */
  readonly maximumPages: number | undefined;
}
