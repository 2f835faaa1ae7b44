/** What the API asks of executions. Implemented by the engine. */
import type { HistoryEvent } from "../interpreter/history.ts";
import type { Json } from "../json/json.ts";
import type { MapRunService } from "./map-run-service.ts";
import type { ExecutionStatus } from "./ports.ts";
import type { StateMachine } from "./catalog/state-machine.ts";

/** Reason of an AbortSignal: the server stops, but an answer still reaches the client. */
export const STOPPING = "the server stops";

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
  /** Names the attempt of a task that starts it: the same attempt never starts two. */
  readonly startedBy?: string | undefined;
  /** The test case whose mocked responses its tasks get; undefined: none. */
  readonly testCase?: string | undefined;
}

export type StartResult =
  | { readonly type: "Started"; readonly executionArn: string; readonly startedAt: number }
  /** An execution of that name exists and AWS answers ExecutionAlreadyExists. */
  | { readonly type: "NameTaken"; readonly executionArn: string }
  /** The state machine was deleted, or is being deleted, since it was looked up. */
  | { readonly type: "MachineGone" }
  /** As many executions run as the quota allows. */
  | { readonly type: "TooManyOpen"; readonly limit: number };

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
  /** Undefined: not a child execution of a Map Run. */
  readonly child?: ChildOfMapRun | undefined;
  readonly redriveCount: number;
  /** When it was redriven last. */
  readonly redrivenAt: number | undefined;
  /** Why it cannot be redriven, in AWS's words; undefined: it can. */
  readonly notRedrivable: string | undefined;
}

export interface ChildOfMapRun {
  /** It ended without success and its Map Run is about to redrive it. */
  readonly isPendingRedrive: boolean;
  readonly mapRunArn: string;
  readonly label: string;
  /** JSON pointer of the Map state whose item processor it runs. */
  readonly pointer: string;
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
  /** Items that a child execution of a Map Run stands for; undefined: it is none. */
  readonly itemCount?: number | undefined;
  /** A child execution that its Map Run is about to redrive. */
  readonly isPendingRedrive?: boolean | undefined;
  readonly redriveCount: number;
  readonly redrivenAt: number | undefined;
}

export type RedriveResult =
  | { readonly type: "Redriven"; readonly redrivenAt: number }
  /** `reason` in AWS's words. */
  | { readonly type: "NotRedrivable"; readonly reason: string }
  /** As many executions run as the quota allows. */
  | { readonly type: "TooManyOpen"; readonly limit: number };

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
  readonly mapRuns: MapRunService;
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
  /**
   * Lets a failed, timed out or aborted execution go on; resolves when that is durable. The same
   * client token gets the same answer for a while. Undefined: no such execution.
   */
  redrive(
    executionArn: string,
    clientToken: string | undefined,
  ): Promise<RedriveResult | undefined>;
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
   * Long poll: resolves with undefined after 60 s without a task, or when `signal` aborts; with the
   * task if that is on its way already and the reason is STOPPING. A task
   * that was answered but did not reach the worker is given back with `returnActivityTask`.
   */
  getActivityTask(
    activityArn: string,
    workerName: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly taskToken: string; readonly input: string } | "TooManyPollers" | undefined>;
  /**
   * Offers a task again that `getActivityTask` handed over in vain. Nothing happens if the token is
   * unknown or the attempt is closed.
   */
  returnActivityTask(taskToken: string): void;
  /**
   * Ends the executions of a state machine that is DELETING; in the background if some run. When
   * none runs any more the machine is deleted. Never rejects: what fails is tried again.
   */
  endExecutions(machine: StateMachine): Promise<void>;
}
