/** The operations that only this server has: name, input, output. docs/extension-api.md says more. */
import type { Json, JsonObject } from "../../../src/json/json.ts";
import type { ExecutionStatus } from "./operations.ts";

export interface OwnOperations {
  CompareExecutions: [
    { readonly executionArn: string; readonly otherExecutionArn: string },
    Comparison,
  ];
  ExplainExecution: [{ readonly executionArn: string }, Explanation];
  ForkExecution: [ForkInput, { readonly executionArn: string; readonly startDate: number }];
  GetExecutionOrigin: [{ readonly executionArn: string }, ExecutionOrigin];
  GetExecutionSnapshot: [EventReference, ExecutionSnapshot];
  GetOverview: [{ readonly hours: number }, Overview];
  GetStateDataFlow: [EventReference, StateDataFlow];
  ListWaitingTasks: [{ readonly nextToken: string | undefined }, WaitingTaskPage];
}

export type OwnOperationName = keyof OwnOperations;
export type OwnInput<Name extends OwnOperationName> = OwnOperations[Name][0];
export type OwnOutput<Name extends OwnOperationName> = OwnOperations[Name][1];

export interface EventReference {
  readonly executionArn: string;
  readonly eventId: number;
}

/** Two executions state by state. */
export interface Comparison {
  readonly first: ComparedExecution;
  readonly second: ComparedExecution;
  readonly sameDefinition: boolean;
  readonly visits: readonly ComparedVisit[];
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Not present: they did not part. */
  readonly firstDivergence?: {
    readonly index: number;
    readonly key: string;
    readonly summary: string;
  };
  /** Whether there are more visits than were compared. */
  readonly truncated: boolean;
}

export type Verdict = "SAME" | "DIFFERS" | "ONLY_IN_FIRST" | "ONLY_IN_SECOND";

export interface ComparedExecution {
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  readonly revisionId?: string;
}

export interface ComparedVisit {
  readonly key: string;
  readonly state: string;
  readonly type: string;
  readonly verdict: Verdict;
  readonly differs: readonly ("input" | "output" | "error" | "duration" | "retries")[];
  readonly first?: VisitFacts;
  readonly second?: VisitFacts;
  readonly input?: PayloadDifferences;
  readonly output?: PayloadDifferences;
}

export interface VisitFacts {
  readonly enteredEventId: number;
  readonly exitedEventId?: number;
  readonly durationMilliseconds?: number;
  readonly retries: number;
  readonly error?: string;
}

export interface PayloadDifferences {
  /** JSON texts, cut; not present: the member is not there. */
  readonly members: readonly {
    readonly pointer: string;
    readonly first?: string;
    readonly second?: string;
  }[];
  readonly truncated: boolean;
}

/** Why an execution ended as it did, or what it waits for. */
export interface Explanation {
  readonly status: ExecutionStatus;
  readonly error?: string;
  readonly cause?: string;
  readonly state?: {
    readonly name: string;
    readonly type: string;
    readonly pointer?: string;
    readonly enteredEventId: number;
  };
  readonly failedEventId?: number;
  readonly summary: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly fixes: readonly string[];
}

export interface ForkInput extends EventReference {
  readonly name: string | undefined;
  readonly definition: string | undefined;
  /** JSON text. */
  readonly data: string | undefined;
  /** JSON text of an object. */
  readonly variables: string | undefined;
}

export interface ExecutionOrigin {
  readonly forkedFrom?: EventReference;
  readonly testCase?: string;
}

/** An execution as it was right after an event. Dates are epoch seconds. */
export interface ExecutionSnapshot {
  readonly status: ExecutionStatus;
  readonly eventId: number;
  readonly timestamp: number;
  readonly redriveCount: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** Parents before their children; the first ones if there are very many. */
  readonly frames: readonly FrameSnapshot[];
  readonly frameCount: number;
}

/** The top level, a branch of a Parallel or an iteration of a Map. */
export interface FrameSnapshot {
  readonly id: number;
  readonly parent?: number;
  readonly index: number;
  readonly state?: string;
  /** 0: no state was entered yet. */
  readonly enteredEventId: number;
  readonly enteredDate: number;
  readonly input: Json;
  readonly result?: Json;
  readonly retryCount: number;
  readonly variables: JsonObject;
  readonly phase: PhaseSnapshot;
}

export type PhaseSnapshot =
  | { readonly type: "Ready"; readonly next: string }
  | { readonly type: "Entered" | "Worked" | "Finished" }
  | { readonly type: "Waiting" | "Backoff"; readonly dueDate: number }
  | {
      readonly type: "Task";
      readonly scheduledEventId: number;
      readonly started: boolean;
      readonly submitted: boolean;
      readonly parameters: Json;
      readonly timeoutSeconds?: number;
      readonly heartbeatSeconds?: number;
    }
  | {
      readonly type: "Fork";
      readonly total: number;
      readonly started: number;
      readonly succeeded: number;
    }
  | {
      readonly type: "MapRun";
      readonly running: number;
      readonly succeeded: number;
      readonly failed: number;
    }
  | { readonly type: "Failing"; readonly error?: string; readonly cause?: string };

export interface Overview {
  readonly startDate: number;
  readonly endDate: number;
  readonly partSeconds: number;
  readonly parts: readonly { readonly startDate: number; readonly counts: StatusCounts }[];
  readonly stateMachines: readonly MachineOverview[];
  readonly stateMachinesLeftOut: number;
  readonly activities: readonly ActivityOverview[];
}

export type StatusCounts = Readonly<Record<Exclude<ExecutionStatus, "PENDING_REDRIVE">, number>>;

export interface MachineOverview {
  readonly stateMachineArn: string;
  /** Of executions that were started in the period; RUNNING: of all that run. */
  readonly counts: StatusCounts;
  readonly isComplete: boolean;
  /** Seconds. */
  readonly durations?: { readonly median: number; readonly p95: number; readonly longest: number };
  readonly slowest: readonly SlowExecution[];
}

export interface SlowExecution {
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate: number;
}

export interface ActivityOverview {
  readonly activityArn: string;
  readonly waitingTasks: number;
  readonly waitingWorkers: number;
  readonly workerNames: readonly string[];
}

/** What each stage of a past state made of its data. */
export interface StateDataFlow {
  readonly state: string;
  readonly type: string;
  readonly queryLanguage: "JSONPath" | "JSONata";
  readonly pointer: string;
  readonly enteredEventId: number;
  readonly exitedEventId?: number;
  readonly input: Json;
  readonly stages: readonly { readonly stage: string; readonly value: Json }[];
  readonly result?: Json;
  readonly output?: Json;
  readonly assigned?: JsonObject;
  readonly failure?: { readonly error?: string; readonly cause?: string };
  readonly retryCount: number;
  readonly variables: JsonObject;
}

export interface WaitingTask {
  readonly taskToken: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateName: string;
  readonly resource: string;
  readonly waitingDate: number;
  readonly parameters: Json;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
}

export interface WaitingTaskPage {
  readonly tasks: readonly WaitingTask[];
  readonly nextToken?: string;
}
