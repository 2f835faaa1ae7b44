/**
 * The live state of an execution: a tree of frames. It changes only in `evolve`, one event at a time,
 * so it always equals the fold of the journal.
 */
import type {
  Definition,
  Machine,
  MapState,
  ParallelState,
  State,
  TaskState,
} from "../asl/definition.ts";
import type { Evaluated, PendingExpression } from "../data/evaluation.ts";
import type { Json, JsonArray } from "../json/json.ts";
import type { Limits } from "./limits.ts";
import type { MapRun, MapRunPhase } from "./map-run.ts";
import type { MapWork } from "./map-work.ts";

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** What an execution is called and where it comes from; never changes. */
export interface ExecutionInfo {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The test case whose mocked responses its tasks get; undefined: none. */
  readonly testCase?: string | undefined;
}

export interface Execution {
  readonly info: ExecutionInfo;
  readonly definition: Definition;
  readonly limits: Limits;
  status: ExecutionStatus;
  /** Id of the newest public event; ids are 1..lastEventId. */
  lastEventId: number;
  /** Epoch milliseconds of the newest event. */
  lastAt: number;
  input: Json;
  output: Json | undefined;
  error: string | undefined;
  cause: string | undefined;
  stoppedAt: number | undefined;
  readonly root: Frame;
  /** All live frames by id. */
  readonly frames: Map<number, Frame>;
  nextFrameId: number;
  /** Serial of the newest timer; 0 is the time-out of the whole execution. */
  lastTimerSerial: number;
  /** The newest redrive; undefined = never redriven. */
  redrive: Redrive | undefined;
  /** All Map Runs, oldest first; those that are over hold no results. */
  readonly mapRuns: MapRun[];
  /** How often each Task state was scheduled, by name; counted only for a test case. */
  readonly taskCounts: Map<string, number> | undefined;
}

/** What a redrive leaves behind. */
export interface Redrive {
  /** 1 for the first. */
  readonly count: number;
  /** Epoch milliseconds; undefined: an EXPRESS child of a Map Run, which was started again. */
  readonly at: number | undefined;
  /** Id of ExecutionRedriven; 0: there is none. */
  readonly eventId: number;
  /** Serial of the timer of the state machine's TimeoutSeconds, which begins to count anew. */
  readonly timeoutSerial: number;
}

/** One line of control: the top level, a branch of Parallel or an iteration of Map. */
export interface Frame {
  readonly id: number;
  readonly parent: Frame | undefined;
  /** Number of the branch or iteration in its parent. */
  readonly index: number;
  readonly machine: Machine;
  /** Input of the state that is running or comes next; after the last state, the frame's output. */
  input: Json;
  phase: Phase;
  /** The state that runs, or ran last. */
  state: State | undefined;
  enteredEventId: number;
  enteredAt: number;
  /** What the next event of this frame names as its previousEventId. */
  lastEventId: number;
  /** Attempts made by each retrier in this visit of the state; undefined = none yet. */
  attempts: number[] | undefined;
  /** Retries in this visit of the state, over all retriers. */
  retryCount: number;
  /** Result of the finished task or of all children, before ResultSelector. */
  result: Json | undefined;
  /** Variables assigned in this scope; undefined = none. */
  variables: Map<string, Json> | undefined;
  /** previousEventId of the state's …Entered event. */
  eventIdBeforeEntry: number;
  /** Not part of the fold: what the guarded evaluator is asked for this frame, or has answered. */
  evaluation: FrameEvaluation | undefined;
  /** Not part of the fold: what a distributed Map state is doing. */
  mapWork: MapWork | undefined;
}

/** A frame waits while `isOpen`; afterwards its state runs again with the results at hand. */
export interface FrameEvaluation {
  /** The newest event when the evaluator was asked. */
  readonly afterEventId: number;
  isOpen: boolean;
  readonly expressions: readonly PendingExpression[];
  /** By field; those of earlier requests of the same visit are kept. */
  readonly results: Map<string, Evaluated>;
}

export type Phase =
  /** Enters `next` when its turn comes. */
  | { readonly type: "Ready"; readonly next: string }
  /** Entered its state and has not acted yet; also when a retry is due. */
  | { readonly type: "Entered" }
  /** A Wait state until `dueAt`. */
  | { readonly type: "Waiting"; readonly dueAt: number; readonly serial: number }
  /** Between two attempts. */
  | { readonly type: "Backoff"; readonly dueAt: number; readonly serial: number }
  | TaskPhase
  | ForkPhase
  | MapRunPhase
  /** The task or all children are done and `frame.result` is what they gave, or a wait is over. */
  | { readonly type: "Worked" }
  /**
   * The state failed and its retriers and catchers have not decided yet, or nothing helped. `fork`:
   * its branches, iterations or Map Run, for a redrive; undefined = it has none to go on with.
   */
  | {
      readonly type: "Failing";
      readonly failure: Failure;
      readonly fork: ForkPhase | MapRunPhase | undefined;
    }
  /** Its last state is done; `frame.input` is the output. */
  | { readonly type: "Finished" };

/** Why a state fails. No retrier or catcher gets States.Runtime. */
export interface Failure {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** A name that retriers and catchers may use as well, e.g. States.HeartbeatTimeout. */
  readonly alias?: string;
  /** A JSONata expression failed, or what it gave cannot be used: AWS shows EvaluationFailed. */
  readonly evaluation?: {
    /** The field, e.g. `Arguments/FunctionName`. */
    readonly location: string | undefined;
    /** Whether the expression itself failed, and not only the use of its value. */
    readonly inExpression: boolean;
  };
}

/** An attempt of a task is out. */
export interface TaskPhase {
  readonly type: "Task";
  readonly scheduledEventId: number;
  readonly parameters: Json;
  readonly credentials: Json | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  /** When TimeoutSeconds began to count (epoch ms): when scheduled, for activities when started. */
  countsFrom: number | undefined;
  started: boolean;
  submitted: boolean;
  /** What TaskSubmitted told of a job (`.sync`); undefined for other tasks. */
  submittedOutput: Json | undefined;
  heartbeatAt: number;
  /** Serial of the timer armed for the next time-out; 0 = none. */
  serial: number;
  /** How often the state was scheduled before in this execution; undefined: no test case. */
  readonly callNumber: number | undefined;
}

/** Children are running, or will go on with a redrive. */
export interface ForkPhase {
  readonly type: "Fork";
  readonly state: ParallelState | MapState;
  /** Input of every branch, or the (effective) input that the items came from. */
  readonly input: Json;
  /** A Map's items; undefined for Parallel. */
  readonly items: JsonArray | undefined;
  readonly total: number;
  readonly concurrency: number;
  readonly results: Json[];
  /** Those that have not succeeded; the failed and aborted ones wait here for a redrive. */
  readonly children: Map<number, Frame>;
  started: number;
  succeeded: number;
  /** previousEventId of the next MapIterationStarted, in the order in which places became free. */
  readonly places: number[];
}

/** The execution before its Started signal. */
export function newExecution(
  info: ExecutionInfo,
  definition: Definition,
  limits: Limits,
): Execution {
  const root = newFrame(0, undefined, 0, definition, {});
  return {
    info,
    definition,
    limits,
    status: "RUNNING",
    lastEventId: 0,
    lastAt: info.startedAt,
    input: {},
    output: undefined,
    error: undefined,
    cause: undefined,
    stoppedAt: undefined,
    root,
    frames: new Map([[0, root]]),
    nextFrameId: 1,
    lastTimerSerial: 0,
    redrive: undefined,
    mapRuns: [],
    taskCounts: info.testCase === undefined ? undefined : new Map(),
  };
}

export function newFrame(
  id: number,
  parent: Frame | undefined,
  index: number,
  machine: Machine,
  input: Json,
): Frame {
  return {
    id,
    parent,
    index,
    machine,
    input,
    phase: { type: "Ready", next: machine.startAt },
    state: undefined,
    enteredEventId: 0,
    enteredAt: 0,
    lastEventId: 0,
    attempts: undefined,
    retryCount: 0,
    result: undefined,
    variables: undefined,
    eventIdBeforeEntry: 0,
    evaluation: undefined,
    mapWork: undefined,
  };
}

/** The value of a variable as seen from a frame: its own scope first, then the outer ones. */
export function variableOf(frame: Frame, name: string): Json | undefined {
  for (let scope: Frame | undefined = frame; scope !== undefined; scope = scope.parent) {
    const value = scope.variables?.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The Task state of a frame whose phase is Task. */
export function taskStateOf(frame: Frame): TaskState {
  if (frame.state?.type !== "Task") throw new Error("the frame is not in a Task state");
  return frame.state;
}
