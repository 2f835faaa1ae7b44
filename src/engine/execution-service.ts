/** What the API asks of executions. Implemented by the engine. */
import type { HistoryEvent } from "../interpreter/history.ts";
import type { Json } from "../json/json.ts";
import type { ExecutionStatus } from "./ports.ts";
import type { StateMachine } from "./catalog/state-machine.ts";

export interface StartRequest {
  readonly machine: StateMachine;
  /** The revision to run: the machine's newest, or that of a version. */
  readonly revisionId: number;
  /** Undefined: a UUID. */
  readonly name: string | undefined;
  /** Valid JSON; parsed with its source text kept. */
  readonly input: Json;
  readonly traceHeader: string | undefined;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
}

/** "NameTaken": an execution of that name exists and AWS answers ExecutionAlreadyExists. */
export type StartResult =
  | { readonly type: "Started"; readonly executionArn: string; readonly startedAt: number }
  | { readonly type: "NameTaken"; readonly executionArn: string };

export interface ExecutionDescription {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** Epoch milliseconds, like all times here. */
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  /** JSON text as it was given or made. */
  readonly input: string;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly traceHeader: string | undefined;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly revisionId: number;
}

export interface ExecutionSummary {
  readonly id: number;
  readonly executionArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
}

export type SendTaskResult = "Accepted" | "InvalidToken" | "TaskDoesNotExist" | "TaskTimedOut";

export type TaskOutcome =
  | { readonly type: "Success"; readonly output: Json }
  | {
      readonly type: "Failure";
      readonly error: string | undefined;
      readonly cause: string | undefined;
    }
  | { readonly type: "Heartbeat" };

export interface ExecutionService {
  /** Resolves when the start is durable. */
  start(request: StartRequest): Promise<StartResult>;
  /** Runs an EXPRESS machine to its end, at most 5 minutes; never durable. */
  startSync(request: StartRequest): Promise<ExecutionDescription>;
  /** Undefined: no such execution. A closed one stays as it was and its stop date is given. */
  stop(
    executionArn: string,
    error: string | undefined,
    cause: string | undefined,
  ): Promise<{ stoppedAt: number } | undefined>;
  describe(executionArn: string): Promise<ExecutionDescription | undefined>;
  list(query: {
    readonly machine: StateMachine;
    readonly status: ExecutionStatus | undefined;
    readonly after: { readonly startedAt: number; readonly id: number } | undefined;
    readonly limit: number;
  }): Promise<ExecutionSummary[]>;
  /**
   * Events with ids in (afterId, afterId + limit], or counted from the end when `reverse`; undefined:
   * no such execution. `lastId` is the number of events so far.
   */
  history(
    executionArn: string,
    page: { readonly afterId: number; readonly limit: number; readonly reverse: boolean },
  ): Promise<{ readonly events: readonly HistoryEvent[]; readonly lastId: number } | undefined>;
  /** Resolves when the outcome is durable. */
  sendTask(token: string, outcome: TaskOutcome): Promise<SendTaskResult>;
  /**
   * Long poll: resolves with undefined after 60 s without a task, or when `signal` aborts. A task
   * that was answered but did not reach the worker is given back with `Engine.returnActivityTask`.
   */
  getActivityTask(
    activityArn: string,
    workerName: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly taskToken: string; readonly input: string } | "TooManyPollers" | undefined>;
}
