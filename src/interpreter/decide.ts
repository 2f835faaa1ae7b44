/**
 * The decider: one signal in, events out. Deterministic given its arguments; no IO. It moves the
 * execution forward, but only by folding the events it makes (`emit` = record + `evolve`), so what is
 * in memory always equals the fold of the journal.
 */
import { advance, readyFrames } from "./advance.ts";
import { armExecutionTimer, executionTimer } from "./execution-timeout.ts";
import type { Command } from "./command.ts";
import type { Execution } from "./execution.ts";
import { receiveEvaluation } from "./evaluation-request.ts";
import { cancelTask, fail } from "./failure.ts";
import type { HistoryEvent } from "./history.ts";
import type { Probe } from "./probe.ts";
import type { Signal, Surroundings, TaskId, TimerId } from "./signal.ts";
import { openTask, taskStarted, taskSucceeded, taskTimer } from "./states/task.ts";
import { receiveMapRunSignal } from "./states/map-run-signals.ts";
import { endWait } from "./states/wait.ts";
import { emit, HistoryFull, type Turn } from "./turn.ts";

export interface Decision {
  /** The journal row; "" if the signal changed nothing (it came too late, for example). */
  readonly body: string;
  /** What to do once the row is durable. */
  readonly commands: readonly Command[];
  /** The bound of events was reached: send Continue, after others had their turn. */
  readonly more: boolean;
}

/**
 * Handles one signal. Whatever a definition or data holds ends in events, not in an exception.
 * `probe`: for TestState, which looks on. `observed` gets the public events; making them costs as
 * much as the decision, so it is left out when nobody wants them.
 */
export function decide(
  execution: Execution,
  signal: Signal,
  surroundings: Surroundings,
  probe?: Probe,
  observed?: HistoryEvent[],
): Decision {
  const turn: Turn = {
    execution,
    surroundings,
    commands: [],
    probe,
    observed,
    work: [],
    evaluated: undefined,
    body: "",
    events: 0,
  };
  let more = false;
  if (takes(execution, signal)) {
    try {
      receive(turn, signal);
      more = advance(turn);
    } catch (error) {
      if (!(error instanceof HistoryFull)) throw error;
      endWithFullHistory(turn);
    }
  }
  return { body: turn.body === "" ? "" : `${turn.body}]`, commands: turn.commands, more };
}

/** A closed execution takes nothing but a redrive, and only if that fits into its history. */
function takes({ status, lastEventId, limits }: Execution, signal: Signal): boolean {
  if (signal.type !== "RedriveRequested") return status === "RUNNING";
  const failed = status === "FAILED" || status === "TIMED_OUT" || status === "ABORTED";
  return failed && lastEventId < limits.historyEvents - 1;
}

function receive(turn: Turn, signal: Signal): void {
  switch (signal.type) {
    case "Started":
      return start(turn, signal.input);
    case "Continue":
      turn.work.push(...readyFrames(turn.execution));
      return;
    case "StopRequested":
      cancelEverything(turn);
      emit(turn, { kind: "ExecutionAborted", error: signal.error, cause: signal.cause });
      return;
    case "RedriveRequested":
      return redrive(turn);
    case "HistoryAdopted":
      return adoptHistory(turn, signal);
    case "TimerFired":
      return timerFired(turn, signal.timer);
    case "Evaluated":
      return receiveEvaluation(turn, signal.id, signal.results);
    case "ChildrenEnded":
    case "ChildrenMissing":
    case "ItemsRead":
    case "ItemsFailed":
    case "UnstartedWanted":
    case "ResultsWritten":
    case "ResultsFailed":
    case "MapRunUpdated":
      return receiveMapRunSignal(turn, signal);
    case "TaskStarted":
    case "TaskSubmitted":
    case "TaskSucceeded":
    case "TaskFailed":
    case "TaskHeartbeat":
      return taskSignal(turn, signal);
  }
}

function start(turn: Turn, input: Turn["execution"]["input"]): void {
  const { execution } = turn;
  emit(turn, { kind: "ExecutionStarted", input });
  armTimeout(turn);
  turn.work.push(execution.root);
}

function redrive(turn: Turn): void {
  const { execution } = turn;
  emit(turn, { kind: "ExecutionRedriven", redriveCount: (execution.redrive?.count ?? 0) + 1 });
  armTimeout(turn);
  turn.work.push(...readyFrames(execution));
}

function adoptHistory(turn: Turn, signal: Signal & { readonly type: "HistoryAdopted" }): void {
  const { fromArn, eventId, frame, data, variables } = signal;
  emit(turn, { kind: "HistoryAdopted", fromArn, eventId, frame, data, variables });
  armTimeout(turn);
  turn.work.push(...readyFrames(turn.execution));
}

function armTimeout(turn: Turn): void {
  const command = armExecutionTimer(turn.execution);
  if (command !== undefined) turn.commands.push(command);
}

/** Late signals, for attempts that are closed, change nothing. */
function taskSignal(turn: Turn, signal: Signal & { readonly task: TaskId }): void {
  const open = openTask(turn.execution, signal.task);
  if (open === undefined) return;
  const { frame, phase } = open;
  switch (signal.type) {
    case "TaskStarted":
      return taskStarted(turn, frame, phase, signal.workerName);
    case "TaskSubmitted":
      taskStarted(turn, frame, phase, undefined);
      if (!phase.submitted) {
        emit(turn, { kind: "TaskSubmitted", frame: frame.id, output: signal.output });
      }
      return;
    case "TaskSucceeded":
      return taskSucceeded(turn, frame, phase, signal.output);
    case "TaskFailed": {
      const { error, cause } = signal;
      const early = signal.kind === "ScheduleFailed" || signal.kind === "StartFailed";
      if (!early) taskStarted(turn, frame, phase, undefined);
      emit(turn, { kind: "TaskFailed", frame: frame.id, how: signal.kind, error, cause });
      return fail(turn, frame, { error, cause });
    }
    case "TaskHeartbeat":
      emit(turn, { kind: "TaskHeartbeat", frame: frame.id });
      return;
    default:
      throw new Error("not a signal about a task");
  }
}

function timerFired(turn: Turn, timer: TimerId): void {
  if (timer.serial === executionTimer(turn.execution).serial) {
    cancelEverything(turn);
    emit(turn, { kind: "ExecutionTimedOut" });
    return;
  }
  const frame = turn.execution.frames.get(timer.frame);
  if (frame === undefined) return;
  const { phase, state } = frame;
  if (!("serial" in phase) || phase.serial !== timer.serial) return;
  turn.work.push(frame);
  switch (phase.type) {
    case "Waiting":
      if (state?.type === "Wait") endWait(turn, frame, state);
      break;
    case "Backoff":
      emit(turn, { kind: "RetryStarted", frame: frame.id });
      break;
    case "Task":
      taskTimer(turn, frame, phase);
      break;
  }
}

function cancelEverything(turn: Turn): void {
  for (const frame of turn.execution.frames.values()) cancelTask(turn, frame);
}

/** AWS: the last event that a history can hold is ExecutionFailed (States.Runtime). */
function endWithFullHistory(turn: Turn): void {
  const { historyEvents } = turn.execution.limits;
  cancelEverything(turn);
  emit(turn, {
    kind: "ExecutionFailed",
    error: "States.Runtime",
    cause: `The execution reached the maximum number of history events (${historyEvents}).`,
  });
}
