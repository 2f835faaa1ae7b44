/** An execution as it is at one moment, as plain data: what time travel shows. */
import type { Json, JsonObject } from "../json/json.ts";
import type { Execution, ExecutionStatus, Frame, Phase } from "./execution.ts";

export interface ExecutionSnapshot {
  readonly status: ExecutionStatus;
  /** Id of the newest event. */
  readonly eventId: number;
  /** Epoch milliseconds of the newest event. */
  readonly at: number;
  readonly redriveCount: number;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Lines of control, parents before their children. */
  readonly frames: readonly FrameSnapshot[];
  /** How many there are; more than `frames` has if there are very many. */
  readonly frameCount: number;
}

/** The top level, a branch of Parallel or an iteration of Map. */
export interface FrameSnapshot {
  readonly id: number;
  /** Undefined: the top level. */
  readonly parent: number | undefined;
  /** Number of the branch or iteration in its parent. */
  readonly index: number;
  /** The state that runs or ran last; undefined: none yet. */
  readonly state: string | undefined;
  /** Id of its …StateEntered; 0: none yet. */
  readonly enteredEventId: number;
  /** Epoch milliseconds. */
  readonly enteredAt: number;
  /** What the state works on, or, after the last one, what the frame gives. */
  readonly input: Json;
  /** Of the finished work, before ResultSelector. */
  readonly result: Json | undefined;
  readonly retryCount: number;
  /** Those of this scope; inner scopes see the outer ones' too. */
  readonly variables: JsonObject;
  readonly phase: PhaseSnapshot;
}

export type PhaseSnapshot =
  | { readonly type: "Ready"; readonly next: string }
  | { readonly type: "Entered" | "Worked" | "Finished" }
  | { readonly type: "Waiting" | "Backoff"; readonly dueAt: number }
  | {
      readonly type: "Task";
      readonly scheduledEventId: number;
      readonly started: boolean;
      readonly submitted: boolean;
      readonly parameters: Json;
      readonly timeoutSeconds: number | undefined;
      readonly heartbeatSeconds: number | undefined;
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
  | {
      readonly type: "Failing";
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

/** At most `maxFrames` frames are told. */
export function snapshotOf(execution: Execution, maxFrames: number): ExecutionSnapshot {
  const { status, lastEventId, lastAt, redrive, output, error, cause, frames } = execution;
  // A closed execution has no live frames; what it came to is in its root.
  const living = frames.size === 0 ? [execution.root] : [...frames.values()];
  return {
    status,
    eventId: lastEventId,
    at: lastAt,
    redriveCount: redrive?.count ?? 0,
    output,
    error,
    cause,
    frames: living.slice(0, maxFrames).map(frameSnapshot),
    frameCount: living.length,
  };
}

function frameSnapshot(frame: Frame): FrameSnapshot {
  const { id, parent, index, state, enteredEventId, enteredAt, input, result, retryCount } = frame;
  return {
    id,
    parent: parent?.id,
    index,
    state: state?.name,
    enteredEventId,
    enteredAt,
    input,
    result,
    retryCount,
    variables: Object.fromEntries(frame.variables ?? []),
    phase: phaseSnapshot(frame.phase),
  };
}

function phaseSnapshot(phase: Phase): PhaseSnapshot {
  switch (phase.type) {
    case "Ready":
      return { type: "Ready", next: phase.next };
    case "Entered":
    case "Worked":
    case "Finished":
      return { type: phase.type };
    case "Waiting":
    case "Backoff":
      return { type: phase.type, dueAt: phase.dueAt };
    case "Task": {
      const { scheduledEventId, started, submitted, parameters } = phase;
      const { timeoutSeconds, heartbeatSeconds } = phase;
      const bounds = { timeoutSeconds, heartbeatSeconds };
      return { type: "Task", scheduledEventId, started, submitted, parameters, ...bounds };
    }
    case "Fork": {
      const { total, started, succeeded } = phase;
      return { type: "Fork", total, started, succeeded };
    }
    case "MapRun": {
      const ended = phase.run?.ended;
      const [failed, timedOut, aborted] = [ended?.FAILED, ended?.TIMED_OUT, ended?.ABORTED];
      const lost = [failed, timedOut, aborted].reduce((sum, one) => sum + (one?.items ?? 0), 0);
      const running = phase.run?.running.size ?? 0;
      return { type: "MapRun", running, succeeded: ended?.SUCCEEDED.items ?? 0, failed: lost };
    }
    case "Failing": {
      const { error, cause } = phase.failure;
      return { type: "Failing", error, cause };
    }
  }
}
