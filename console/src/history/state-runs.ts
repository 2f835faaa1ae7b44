/**
 * Folds the events of a history into runs of states. Which run an event belongs to follows from its
 * previousEventId: events of concurrent branches and items stand side by side in a history.
 */
import type { HistoryEvent } from "../api/operations.ts";
import { detailsOf, type EventDetails } from "./event-details.ts";
import { isOver, type RunStatus, type StateRun } from "./state-run.ts";

/** Where an event stands: in a run; beside, in a Map's item; or in neither (the execution's own). */
interface Place {
  readonly run: StateRun | undefined;
  /** The item that the event starts or ends, of `run`, which is a Map then. */
  readonly iteration: number | undefined;
  /** Whether what follows stands beside `run` (it was left) or inside of it (it was started). */
  readonly isLeft: boolean;
}

const NOWHERE: Place = { run: undefined, iteration: undefined, isLeft: false };
const FAILURE = /(?:Failed|TimedOut)$/;
const SCHEDULED = /^(?:Task|LambdaFunction|Activity)Scheduled$/;
const WORKED = /^(?:Task|LambdaFunction|Activity|ParallelState|MapState)Succeeded$/;

/** Events must be added in order of their ids, each once. */
export class StateRuns {
  readonly #runs: StateRun[] = [];
  /** By event id; 0 stands for the beginning. */
  readonly #places: Place[] = [NOWHERE];
  #lastEventId = 0;

  /** In the order in which they were entered. */
  get runs(): readonly StateRun[] {
    return this.#runs;
  }

  get lastEventId(): number {
    return this.#lastEventId;
  }

  /** The run that an event belongs to; undefined: it is the execution's own. */
  runOf(eventId: number): StateRun | undefined {
    return this.#places[eventId]?.run;
  }

  add(event: HistoryEvent): void {
    const place = this.#placeOf(event, this.#places[event.previousEventId ?? 0] ?? NOWHERE);
    this.#places[event.id] = place;
    place.run?.eventIds.push(event.id);
    this.#lastEventId = event.id;
  }

  #placeOf(event: HistoryEvent, previous: Place): Place {
    const { type } = event;
    const details = detailsOf(event);
    if (type.startsWith("Execution")) return this.#executionEvent(event, previous);
    if (type.endsWith("StateEntered")) return this.#enter(event, details, previous);
    if (type.endsWith("StateExited")) return this.#exit(event, details, previous);
    if (type.startsWith("MapIteration")) return iterationEvent(type, details, previous);
    if (/^(?:Parallel|Map)State(?:Started|Succeeded|Failed)$/.test(type)) {
      return this.#containerEvent(event, details, previous);
    }
    const { run } = previous;
    // An expression that failed before its state was entered belongs to no run.
    if (run === undefined || previous.isLeft) return previous;
    // AWS writes it for the state that failed in a Parallel, too.
    if (type.endsWith("StateAborted")) closeUnfinished(run, event.timestamp);
    else work(run, type, details);
    return { run, iteration: undefined, isLeft: false };
  }

  #enter(event: HistoryEvent, details: EventDetails, previous: Place): Place {
    // Beside a state that was left, inside of one that was started.
    const parent = previous.isLeft ? previous.run?.parent : previous.run;
    const iteration = previous.isLeft ? previous.run?.iteration : previous.iteration;
    const type = event.type.slice(0, -"StateEntered".length);
    const run: StateRun = {
      index: this.#runs.length,
      name: details.name ?? "",
      type,
      parent,
      parentAttempt: parent?.attempts ?? 0,
      iteration,
      status: "IN_PROGRESS",
      enteredEventId: event.id,
      startedAt: event.timestamp,
      stoppedAt: undefined,
      input: details.input,
      output: undefined,
      error: undefined,
      cause: undefined,
      attempts: 0,
      resource: undefined,
      eventIds: [],
      assigned: undefined,
      iterations:
        type === "Map" ? { total: 0, started: 0, succeeded: 0, failed: 0, aborted: 0 } : undefined,
      mapRunArn: undefined,
      hasFailed: type === "Fail",
      hasExited: false,
    };
    this.#runs.push(run);
    return { run, iteration: undefined, isLeft: false };
  }

  #exit(event: HistoryEvent, details: EventDetails, previous: Place): Place {
    const run = upwards(previous.run, ({ name }) => name === details.name);
    if (run === undefined) return NOWHERE;
    close(run, run.hasFailed ? "CAUGHT" : "SUCCEEDED", event.timestamp);
    run.hasExited = true;
    run.output = details.output;
    run.assigned = details.assignedVariables;
    return { run, iteration: undefined, isLeft: true };
  }

  #containerEvent(event: HistoryEvent, details: EventDetails, previous: Place): Place {
    const kind = event.type.startsWith("Map") ? "Map" : "Parallel";
    const run = upwards(previous.run, ({ type, hasExited }) => type === kind && !hasExited);
    if (run === undefined) return NOWHERE;
    if (event.type.endsWith("Started")) {
      reopen(run);
      run.attempts += 1;
      if (run.iterations !== undefined) {
        Object.assign(run.iterations, { started: 0, succeeded: 0, failed: 0, aborted: 0 });
        run.iterations.total = details.length ?? 0;
      }
    } else if (event.type.endsWith("Failed")) {
      this.#closeInside(run, event.timestamp);
      // The event itself does not tell why: what failed inside does.
      const failed = upwards(previous.run, ({ error }) => error !== undefined);
      fail(run, failed?.error, failed?.cause);
    } else {
      clearFailure(run);
    }
    return { run, iteration: undefined, isLeft: false };
  }

  /** What runs inside ends with the failure of its container. */
  #closeInside(container: StateRun, at: number): void {
    for (let index = this.#runs.length - 1; index > container.index; index -= 1) {
      const run = this.#runs[index]!;
      if (run.status !== "IN_PROGRESS" || upwards(run, (one) => one === container) === undefined) {
        continue;
      }
      closeUnfinished(run, at);
    }
  }

  #executionEvent({ type, timestamp, ...event }: HistoryEvent, previous: Place): Place {
    const details = detailsOf(event as HistoryEvent);
    if (type === "ExecutionFailed") {
      for (let run = previous.run; run !== undefined; run = run.parent) {
        if (run.hasExited) continue;
        close(run, "FAILED", timestamp);
        if (run.error === undefined) fail(run, details.error, details.cause);
      }
    } else if (type === "ExecutionRedriven") {
      this.#reopenEnded();
    }
    const ended = ENDS[type];
    if (ended !== undefined) {
      for (const run of this.#runs) if (run.status === "IN_PROGRESS") close(run, ended, timestamp);
    }
    return NOWHERE;
  }

  /** What had not finished goes on, in the newest attempt of its container. */
  #reopenEnded(): void {
    for (const run of this.#runs) {
      const { parent } = run;
      const isCurrent =
        parent === undefined ||
        (parent.status === "IN_PROGRESS" && parent.attempts === run.parentAttempt);
      if (isCurrent && !run.hasExited && isOver(run.status)) reopen(run);
    }
  }
}

/** What becomes of states that run when the execution ends so. */
const ENDS: Readonly<Record<string, RunStatus>> = {
  ExecutionFailed: "ABORTED",
  ExecutionAborted: "ABORTED",
  ExecutionTimedOut: "TIMED_OUT",
  ExecutionSucceeded: "SUCCEEDED",
};

/** An event of a Task (or of a Map Run) in the middle of its state. */
function work(run: StateRun, type: string, details: EventDetails): void {
  if (isOver(run.status) && !run.hasExited) reopen(run);
  if (SCHEDULED.test(type)) {
    run.attempts += 1;
    clearFailure(run);
    run.resource =
      details.resourceType === undefined
        ? details.resource
        : `${details.resourceType}:${details.resource}`;
  } else if (FAILURE.test(type)) {
    fail(run, details.error, details.cause);
  } else if (WORKED.test(type)) {
    clearFailure(run);
  } else if (type === "MapRunStarted") {
    run.mapRunArn = details.mapRunArn;
  }
}

function iterationEvent(type: string, { name, index }: EventDetails, previous: Place): Place {
  const run = upwards(previous.run, (one) => one.name === name && one.type === "Map");
  const counts = run?.iterations;
  if (counts === undefined) return NOWHERE;
  if (type === "MapIterationStarted") counts.started += 1;
  else if (type === "MapIterationSucceeded") counts.succeeded += 1;
  else if (type === "MapIterationFailed") {
    counts.failed += 1;
    const failed = upwards(previous.run, ({ error }) => error !== undefined);
    if (run !== undefined) fail(run, failed?.error, failed?.cause);
  } else if (type === "MapIterationAborted") counts.aborted += 1;
  return { run, iteration: index, isLeft: false };
}

/** The run itself or the nearest around it that fits. */
function upwards(
  run: StateRun | undefined,
  fits: (run: StateRun) => boolean,
): StateRun | undefined {
  for (let one = run; one !== undefined; one = one.parent) if (fits(one)) return one;
  return undefined;
}

function close(run: StateRun, status: RunStatus, at: number): void {
  run.status = status;
  run.stoppedAt = at;
}

function fail(run: StateRun, error: string | undefined, cause: string | undefined): void {
  run.hasFailed = true;
  run.error = error;
  run.cause = cause;
}

/** The next attempt begins, or it worked. */
function clearFailure(run: StateRun): void {
  run.hasFailed = run.type === "Fail";
  run.error = undefined;
  run.cause = undefined;
}

/** It ends because something around it does. */
function closeUnfinished(run: StateRun, at: number): void {
  close(run, run.hasFailed ? "FAILED" : "ABORTED", at);
}

/** It goes on after all, and so does what is around it. */
function reopen(run: StateRun): void {
  for (let one: StateRun | undefined = run; one !== undefined; one = one.parent) {
    one.status = "IN_PROGRESS";
    one.stoppedAt = undefined;
  }
}
