/**
 * The fold: what an event does to an execution. The only place that changes an `Execution`; makes no
 * choices, evaluates nothing.
 */
import type { Json } from "../json/json.ts";
import { joinItems } from "../json/stringify.ts";
import type { Event } from "./event.ts";
import type { Execution, ExecutionStatus, Frame, TaskPhase } from "./execution.ts";
import {
  failChild,
  finishChild,
  forkPhase,
  startIteration,
  startMap,
  startParallel,
  stopChildren,
  stopFrame,
} from "./evolve-fork.ts";
import { adoptHistory } from "./adopt-history.ts";
import { abortMapRuns, evolveMapRun, forgetMapRun, leaveMapRun } from "./evolve-map-run.ts";
import { countCall, frameOf, HIDDEN, next, number } from "./numbering.ts";
import { resume, rewind } from "./resume.ts";

export { frameOf, HIDDEN } from "./numbering.ts";

/**
 * Applies one event that happened at `at` (epoch ms). A public event gets the id
 * `execution.lastEventId`; answers its previousEventId, or HIDDEN.
 */
export function evolve(execution: Execution, event: Event, at: number): number {
  execution.lastAt = at;
  switch (event.kind) {
    case "ExecutionStarted":
      execution.input = event.input;
      execution.root.input = event.input;
      execution.lastEventId++;
      return 0;
    case "StateEntered":
      return enterState(execution, frameOf(execution, event.frame), event.name, at);
    case "StateExited":
      return exitState(execution, event);
    case "StateAborted": {
      const { parent, lastEventId } = frameOf(execution, event.frame);
      // Recorded from AWS: the event that made the state around it fail.
      return number(execution, parent?.lastEventId ?? lastEventId);
    }
    case "FailedStateAborted":
      return number(execution, frameOf(execution, event.frame).lastEventId);
    case "WaitStarted":
      frameOf(execution, event.frame).phase = {
        type: "Waiting",
        dueAt: event.dueAt,
        serial: ++execution.lastTimerSerial,
      };
      return HIDDEN;
    case "WaitEnded":
      frameOf(execution, event.frame).phase = { type: "Worked" };
      return HIDDEN;
    case "RetryScheduled":
      scheduleRetry(execution, frameOf(execution, event.frame), event.retrier, event.dueAt);
      return HIDDEN;
    case "RetryStarted":
      frameOf(execution, event.frame).phase = { type: "Entered" };
      return HIDDEN;
    case "TaskScheduled":
      return scheduleTask(execution, event, at);
    case "TaskStarted":
      return startTask(execution, frameOf(execution, event.frame), at);
    case "TaskSubmitted":
      return submitTask(execution, frameOf(execution, event.frame), event.output);
    case "TaskSucceeded": {
      const frame = frameOf(execution, event.frame);
      frame.result = event.output;
      frame.phase = { type: "Worked" };
      return next(execution, frame);
    }
    case "TaskFailed": {
      const frame = frameOf(execution, event.frame);
      const { error, cause, how } = event;
      const alias = how === "HeartbeatMissed" ? { alias: "States.HeartbeatTimeout" } : {};
      frame.phase = { type: "Failing", failure: { error, cause, ...alias }, fork: undefined };
      return next(execution, frame);
    }
    case "EvaluationFailed": {
      const frame = frameOf(execution, event.frame);
      const { error, cause } = event;
      if (frame.phase.type !== "Fork") {
        const fork = frame.phase.type === "Failing" ? frame.phase.fork : undefined;
        frame.phase = { type: "Failing", failure: { error, cause }, fork };
      }
      const previous = event.beforeEntry ? frame.eventIdBeforeEntry : frame.lastEventId;
      frame.lastEventId = ++execution.lastEventId;
      return previous;
    }
    case "TaskHeartbeat":
      taskPhase(execution, event.frame).heartbeatAt = at;
      return HIDDEN;
    case "TaskTimerArmed":
      taskPhase(execution, event.frame).serial = ++execution.lastTimerSerial;
      return HIDDEN;
    case "ParallelStarted":
      return startParallel(execution, frameOf(execution, event.frame), event.input);
    case "MapStarted":
      return startMap(execution, event);
    case "IterationStarted":
      return startIteration(execution, event);
    case "IterationSucceeded": {
      const child = frameOf(execution, event.frame);
      const fork = finishChild(execution, child);
      fork.places.push(child.lastEventId);
      const previous = number(execution, child.lastEventId);
      if (fork.succeeded === fork.total) child.parent!.lastEventId = execution.lastEventId;
      return previous;
    }
    case "BranchSucceeded": {
      const child = frameOf(execution, event.frame);
      const fork = finishChild(execution, child);
      if (fork.succeeded === fork.total) child.parent!.lastEventId = child.lastEventId;
      return HIDDEN;
    }
    case "IterationFailed": {
      const child = frameOf(execution, event.frame);
      const previous = number(execution, child.lastEventId);
      failChild(execution, child);
      return previous;
    }
    case "BranchFailed":
      failChild(execution, frameOf(execution, event.frame));
      return HIDDEN;
    case "IterationAborted": {
      const child = frameOf(execution, event.frame);
      stopFrame(execution, child);
      return number(execution, child.lastEventId);
    }
    case "ForkSucceeded": {
      const frame = frameOf(execution, event.frame);
      if (frame.phase.type === "MapRun") return leaveMapRun(execution, frame);
      frame.result = joinItems(forkPhase(frame).results);
      frame.phase = { type: "Worked" };
      return number(execution, frame.lastEventId);
    }
    case "ForkFailed": {
      const frame = frameOf(execution, event.frame);
      stopChildren(execution, frame);
      const fork =
        frame.phase.type === "Fork" || frame.phase.type === "MapRun" ? frame.phase : undefined;
      const { error, cause } = event;
      frame.phase = { type: "Failing", failure: { error, cause }, fork };
      return next(execution, frame);
    }
    case "DistributedMapStarted":
    case "MapRunStarted":
    case "MapRunRedriven":
    case "ItemsCounted":
    case "ChildStarted":
    case "ChildEnded":
    case "ChildRedriven":
    case "ChildNotRedrivable":
    case "MapRunFailing":
    case "ResultsWritten":
    case "MapRunUpdated":
    case "MapRunSucceeded":
    case "MapRunFailed":
    case "MapRunAborted":
      return evolveMapRun(execution, event, at);
    case "ExecutionSucceeded":
      execution.output = execution.root.input;
      return end(execution, "SUCCEEDED", at, lastOfRoot(execution));
    case "ExecutionFailed":
      execution.error = event.error;
      execution.cause = event.cause;
      return fail(execution, at);
    case "ExecutionTimedOut":
      return end(execution, "TIMED_OUT", at, 0);
    case "ExpressEnded":
      endExpress(execution, event, at);
      return HIDDEN;
    case "ExecutionAborted":
      execution.error = event.error;
      execution.cause = event.cause;
      return end(execution, "ABORTED", at, 0);
    case "ExecutionRedriven":
      return resume(execution, event.redriveCount, at);
    case "HistoryAdopted":
      adoptHistory(execution, event, at);
      return HIDDEN;
  }
}

function enterState(execution: Execution, frame: Frame, name: string, at: number): number {
  const previous = next(execution, frame);
  frame.state = frame.machine.states.get(name);
  frame.enteredEventId = frame.lastEventId;
  frame.eventIdBeforeEntry = previous;
  frame.enteredAt = at;
  frame.attempts = undefined;
  frame.retryCount = 0;
  frame.result = undefined;
  frame.phase = { type: "Entered" };
  return previous;
}

function exitState(execution: Execution, event: Event & { kind: "StateExited" }): number {
  const frame = frameOf(execution, event.frame);
  forgetMapRun(frame);
  frame.input = event.output;
  if (event.assigned !== undefined) {
    frame.variables ??= new Map();
    for (const [name, value] of Object.entries(event.assigned)) frame.variables.set(name, value);
  }
  frame.phase =
    event.next === undefined ? { type: "Finished" } : { type: "Ready", next: event.next };
  return next(execution, frame);
}

function scheduleRetry(execution: Execution, frame: Frame, retrier: number, dueAt: number): void {
  stopChildren(execution, frame);
  forgetMapRun(frame);
  frame.attempts ??= [];
  frame.attempts[retrier] = (frame.attempts[retrier] ?? 0) + 1;
  frame.retryCount++;
  frame.result = undefined;
  frame.phase = { type: "Backoff", dueAt, serial: ++execution.lastTimerSerial };
}

function scheduleTask(
  execution: Execution,
  event: Event & { kind: "TaskScheduled" },
  at: number,
): number {
  const frame = frameOf(execution, event.frame);
  const previous = next(execution, frame);
  const { parameters, credentials, timeoutSeconds, heartbeatSeconds } = event;
  const activity = frame.state?.type === "Task" && frame.state.resource.type === "Activity";
  const timed = timeoutSeconds !== undefined || heartbeatSeconds !== undefined;
  frame.phase = {
    type: "Task",
    scheduledEventId: frame.lastEventId,
    parameters,
    credentials,
    timeoutSeconds,
    heartbeatSeconds,
    countsFrom: activity ? undefined : at,
    started: false,
    submitted: false,
    submittedOutput: undefined,
    heartbeatAt: at,
    serial: timed && !activity ? ++execution.lastTimerSerial : 0,
    callNumber: countCall(execution, frame),
  };
  return previous;
}

/** An activity's time-outs count from here (Developer Guide, Task state: TimeoutSeconds). */
function startTask(execution: Execution, frame: Frame, at: number): number {
  const phase = taskPhase(execution, frame.id);
  phase.started = true;
  if (phase.countsFrom === undefined) {
    phase.countsFrom = at;
    phase.heartbeatAt = at;
    const timed = phase.timeoutSeconds !== undefined || phase.heartbeatSeconds !== undefined;
    if (timed) phase.serial = ++execution.lastTimerSerial;
  }
  return next(execution, frame);
}

/** A callback's token is all that is needed of it; a job is found again by its output. */
function submitTask(execution: Execution, frame: Frame, output: Json): number {
  const phase = taskPhase(execution, frame.id);
  phase.submitted = true;
  const resource = frame.state?.type === "Task" ? frame.state.resource : undefined;
  const isCallback = resource?.type === "Service" && resource.pattern === "WaitForTaskToken";
  if (!isCallback) phase.submittedOutput = output;
  return next(execution, frame);
}

function fail(execution: Execution, at: number): number {
  const previous = lastOfRoot(execution);
  rewind(execution.root);
  return end(execution, "FAILED", at, previous);
}

/** Recorded from AWS: an end that follows a redrive at once names ExecutionRedriven. */
function lastOfRoot({ root, redrive }: Execution): number {
  return Math.max(root.lastEventId, redrive?.eventId ?? 0);
}

function end(
  execution: Execution,
  status: ExecutionStatus,
  at: number,
  previousId: number,
): number {
  execution.status = status;
  execution.stoppedAt = at;
  abortMapRuns(execution, at);
  execution.frames.clear();
  return number(execution, previousId);
}

function endExpress(
  execution: Execution,
  { status, output, error, cause }: Event & { kind: "ExpressEnded" },
  at: number,
): void {
  execution.status = status;
  execution.stoppedAt = at;
  execution.output = output;
  execution.error = error;
  execution.cause = cause;
  execution.frames.clear();
}

function taskPhase(execution: Execution, frameId: number): TaskPhase {
  const { phase } = frameOf(execution, frameId);
  if (phase.type !== "Task") throw new Error(`frame ${frameId} has no task`);
  return phase;
}
