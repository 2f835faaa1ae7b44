/** What the engine needs from outside, and the shapes that cross these borders. */
import type { ScheduledTask } from "../interpreter/command.ts";
import type { ChildResult, ItemQuery, ResultTarget, SourceItem } from "../interpreter/map-data.ts";
import type { TaskFailureKind } from "../interpreter/signal.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import type { Evaluated, PendingExpression, States } from "../data/evaluation.ts";
import type { Json, JsonObject } from "../json/json.ts";
import type { LoggingConfiguration } from "./catalog/configuration.ts";
import type { ExecutionDescription } from "./execution-service.ts";

/** Time and randomness; replaced in tests by a virtual clock and a seeded generator. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once, not before `dueAt` (epoch milliseconds); the returned function cancels. */
  schedule(dueAt: number, callback: () => void): () => void;
}

export interface Randomness {
  /** A number in [0, 1). */
  number(): number;
  uuid(): string;
  /** Cryptographically strong. */
  bytes(length: number): Uint8Array;
}

// --- store -------------------------------------------------------------------------------------

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** One execution as the store lists it. Payloads are in its journal. */
export interface ExecutionRecord {
  /** Given out by the engine, growing. At most 2^32. */
  readonly id: number;
  /** Id of its state machine's catalog entry. */
  readonly machineId: number;
  /** Id of the revision it runs. */
  readonly revisionId: number;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  /** Rarely needed facts as JSON text: version and alias ARN, trace header, redrives; or "". */
  readonly details: string;
  /**
   * undefined: in memory, or to be loaded at start. Otherwise evicted while it waits: epoch
   * milliseconds of the next timer, Infinity if only a callback can wake it.
   */
  readonly parkedUntil: number | undefined;
}

/** One decision's events. */
export interface JournalRow {
  readonly executionId: number;
  /** 0, 1, 2, ... without gaps in an execution. At most 2^20 - 1. */
  readonly sequence: number;
  /** Epoch milliseconds of the signal. */
  readonly at: number;
  /** The events as the interpreter's codec writes them. */
  readonly body: string;
}

/** A state machine, version, alias, activity, ...: found by its ARN, listed in order of creation. */
export interface CatalogEntry {
  /** Given out by the engine, growing. */
  readonly id: number;
  readonly kind: string;
  /** Unique within its kind. */
  readonly key: string;
  /** JSON text. */
  readonly body: string;
}

/** An immutable text, such as one revision of a definition. */
export interface Revision {
  readonly id: number;
  readonly body: string;
}

/** Everything that becomes durable together. Order within a list is the order of application. */
export interface Batch {
  readonly started: readonly ExecutionRecord[];
  readonly journal: readonly JournalRow[];
  /** Changes of status, stop date, details or parking of executions started in earlier batches. */
  readonly changed: readonly ExecutionRecord[];
  readonly catalog: readonly CatalogEntry[];
  readonly revisions: readonly Revision[];
  /** Ids of catalog entries to remove. */
  readonly removedCatalog: readonly number[];
}

export interface ExecutionQuery {
  readonly machineId: number;
  readonly status: ExecutionStatus | undefined;
  /** Only executions that stand after this one in the list's order; undefined = from the start. */
  readonly after: { readonly startedAt: number; readonly id: number } | undefined;
  readonly limit: number;
}

/**
 * Durable storage with one writer. Every method rejects with StoreUnavailable when the database
 * cannot be used now; after a rejected commit nothing of the batch is stored.
 */
export interface Store {
  /** Resolves when the whole batch is durable (fsync); rejects when nothing of it is. */
  commit(batch: Batch): Promise<void>;
  /** Highest ids in use, 0 if none: the engine goes on from there. */
  highestIds(): Promise<{ execution: number; catalog: number; revision: number }>;
  findExecution(machineId: number, name: string): Promise<ExecutionRecord | undefined>;
  readExecution(id: number): Promise<ExecutionRecord | undefined>;
  /** Newest first: by startedAt, then id, descending. */
  listExecutions(query: ExecutionQuery): Promise<ExecutionRecord[]>;
  /** RUNNING executions in order of id, `limit` at a time, with ids above `afterId`. */
  listRunning(afterId: number, limit: number): Promise<ExecutionRecord[]>;
  /** Rows of one execution in order, from `fromSequence` on. */
  readJournal(executionId: number, fromSequence: number, limit: number): Promise<JournalRow[]>;
  /** The row with the highest sequence. */
  readLastJournalRow(executionId: number): Promise<JournalRow | undefined>;
  /** All entries in order of id. */
  readCatalog(): Promise<CatalogEntry[]>;
  readRevision(id: number): Promise<Revision | undefined>;
  close(): Promise<void>;
}

/** The database cannot be used now: full disk, lost connection. The caller may try again. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

// --- expressions -------------------------------------------------------------------------------

/** Evaluates JSONata that must not run in the server's own process. */
export interface ExpressionEvaluator {
  /** Results in the order of the expressions; rejects if it cannot work now. */
  evaluate(request: {
    readonly expressions: readonly PendingExpression[];
    readonly states: States;
    readonly variables: JsonObject;
    /** Whose expressions these are: a state machine's ARN. */
    readonly owner: string;
  }): Promise<readonly Evaluated[]>;
}

// --- items and results of a distributed Map ----------------------------------------------------

export interface ItemPage {
  readonly items: readonly SourceItem[];
  /** No item comes after these. */
  readonly isLast: boolean;
}

/**
 * The items of one ItemReader, read in pages by position, so that a Map Run goes on after a restart
 * where it was and never has all items in memory. Reading on from where the last page ended, or from
 * further ahead (what is between is skipped), is cheap; reading from before it starts again at the
 * beginning.
 */
export interface ItemSource {
  /**
   * Items from number `from` on: at most `limit`, and fewer if they are big, but at least one unless
   * there is none. One call at a time. Rejects with ItemsUnreadable, or with StoreUnavailable when
   * the bucket cannot be reached now.
   */
  read(from: number, limit: number): Promise<ItemPage>;
  /** Ends connections; a read under way may reject. */
  close(): void;
}

export interface ItemSources {
  /** Nothing is read before the first `read`. */
  open(query: ItemQuery): ItemSource;
}

/** The items are not there or not in the form that the ItemReader says. The message is the cause. */
export class ItemsUnreadable extends Error {
  override readonly name = "ItemsUnreadable";
}

/**
 * The result files of one Map Run. `add` and `finish` reject with ResultsUnwritable, or with
 * StoreUnavailable when the bucket cannot be reached now; after either only `abort` is left.
 */
export interface ResultFiles {
  /** Resolves when there is room for the next one. */
  add(result: ChildResult): Promise<void>;
  /** Writes what is left and the manifest. */
  finish(): Promise<{ readonly bucket: string; readonly key: string }>;
  /** Gives up; leaves no unfinished upload behind. */
  abort(): Promise<void>;
}

export interface ResultWriters {
  open(target: ResultTarget): ResultFiles;
}

/** Results cannot be written there. The message is the cause of States.ResultWriterFailed. */
export class ResultsUnwritable extends Error {
  override readonly name = "ResultsUnwritable";
}

// --- tasks -------------------------------------------------------------------------------------

/** One attempt of a task on its way out. */
export interface TaskCall extends ScheduledTask {
  /** Token for `.waitForTaskToken`. */
  readonly token: string;
  readonly executionArn: string;
  /** Epoch milliseconds; with the ARN it names one execution for ever. */
  readonly executionStartedAt: number;
  readonly stateMachineArn: string;
  readonly region: string;
  readonly accountId: string;
  /** The execution's test case; undefined: none. */
  readonly testCase?: string | undefined;
}

/** How a call reports back. After succeeded or failed nothing more is reported. */
export interface TaskReport {
  /** The service accepted the call or the function runs. At most once. */
  started(): void;
  /** Answer of the call of a `.waitForTaskToken` or `.sync` task. */
  submitted(output: Json): void;
  /**
   * From now on the call only waits, perhaps for long: it gives its place among the calls that run
   * at a time to others, and a server that stops does not wait for it.
   */
  waits(): void;
  succeeded(output: Json): void;
  /** `cause` undefined: there is none, and the history shows none. */
  failed(error: string, cause: string | undefined, kind?: TaskFailureKind): void;
  /** Who wants to see the HTTP request of the call; only TestState does. */
  readonly trace?: HttpTrace | undefined;
}

/** The members of the API's `InspectionDataRequest`. */
export interface ShownRequest {
  readonly protocol: string;
  readonly method: string;
  readonly url: string;
  readonly headers: string;
  readonly body?: string;
}

/** The members of the API's `InspectionDataResponse`. */
export interface ShownResponse {
  readonly protocol: string;
  readonly statusCode: string;
  readonly statusMessage: string;
  readonly headers: string;
  readonly body?: string;
}

/** Is shown the HTTP request of a task and its answer. A repeated request replaces the one before. */
export interface HttpTrace {
  /** Whether the request is shown with what the connection adds to it. */
  readonly revealsSecrets: boolean;
  request(shown: ShownRequest): void;
  response(shown: ShownResponse): void;
}

/** Carries out Lambda calls and service integrations; activities stay inside the engine. */
export interface TaskRunner {
  /** Starts the call and returns at once; never throws. The returned function cancels it. */
  run(call: TaskCall, report: TaskReport): () => void;
  /**
   * Whether it answers these calls itself, to the end: then an activity's are sent to it too, and a
   * `.waitForTaskToken` task does not wait for a client. Not present: none.
   */
  mocks?(call: Pick<TaskCall, "stateMachineArn" | "stateName" | "testCase">): boolean;
  /** Stops accepting calls and ends child processes. */
  close(): Promise<void>;
}

// --- test cases --------------------------------------------------------------------------------

/** What is known of test cases: which states of which state machine get mocked responses. */
export interface TestCases {
  /**
   * Called when an execution is to be started with a test case. Returns why that cannot be, naming the
   * cure; undefined: it can.
   */
  choose(choice: {
    readonly stateMachineName: string;
    readonly revisionId: number;
    readonly testCase: string;
  }): string | undefined;
}

// --- observation -------------------------------------------------------------------------------

/** Where logged events come from. */
export interface LoggedExecution {
  readonly arn: string;
  readonly stateMachineName: string;
  readonly logging: LoggingConfiguration;
  /** How often it was redriven when the events happened. */
  readonly redriveCount: number;
}

/** A change of an execution's status. */
export interface StatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  /** Everything, payloads too; to be called at once or not at all: making it costs time. */
  describe(): ExecutionDescription;
}

/**
 * Is told of what executions do, after it is durable (of EXPRESS executions: after it is decided)
 * and in the order of one execution. Its methods return at once and never throw.
 */
export interface ExecutionObserver {
  /** Whether the events of this execution, with these settings, are wanted: making them costs time. */
  wantsEvents(logging: LoggingConfiguration, executionArn: string): boolean;
  /** Whether changes of status are wanted now. */
  readonly wantsStatus: boolean;
  /** Events as GetExecutionHistory tells them. */
  eventsHappened(execution: LoggedExecution, events: readonly HistoryEvent[]): void;
  /** A STANDARD execution was started or redriven (RUNNING), or has ended. */
  statusChanged(change: StatusChange): void;
}

// --- shapes of results -------------------------------------------------------------------------

/** What an API says about the answer of an operation, as far as a mocked one is checked. */
export type ResultShape =
  | { readonly type: "any" }
  | { readonly type: "boolean" }
  | {
      readonly type: "string";
      /** Bounds of the length. */
      readonly min?: number | undefined;
      readonly max?: number | undefined;
      /** The allowed values. */
      readonly values?: readonly string[] | undefined;
    }
  | {
      readonly type: "number";
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
  | { readonly type: "list"; readonly element: LazyShape }
  | { readonly type: "map"; readonly value: LazyShape }
  | {
      readonly type: "structure";
      /** By the names that Step Functions uses: they begin with a capital. */
      readonly members: ReadonlyMap<string, LazyShape>;
      readonly required: readonly string[];
    };

/** Shapes may contain themselves. */
export type LazyShape = () => ResultShape;

/** Knows the shapes of results of service integrations. */
export interface ResultShapes {
  /** `service` and `action` as `Resource` has them; undefined: nothing is known of it. */
  find(
    service: string,
    action: string,
    pattern: "RequestResponse" | "Sync" | "Sync2" | "WaitForTaskToken",
  ): Promise<ResultShape | undefined>;
}
