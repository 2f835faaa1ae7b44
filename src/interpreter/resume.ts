/**
 * The part of the fold that a redrive needs: what of a closed execution's frames goes on, and where.
 * Called only by `evolve`.
 */
import type { Execution, ForkPhase, Frame, Phase } from "./execution.ts";
import type { MapRunPhase } from "./map-run.ts";

/**
 * Makes a closed execution run again from where it stood. States that were under way or failed run
 * again, without a second …StateEntered; what finished keeps its result. Gives the previousEventId of
 * ExecutionRedriven, whose id is `execution.lastEventId` (recorded from AWS: the event before).
 */
export function resume(execution: Execution, count: number, at: number): number {
  const previous = execution.lastEventId++;
  execution.status = "RUNNING";
  execution.error = undefined;
  execution.cause = undefined;
  execution.stoppedAt = undefined;
  const timeoutSerial = ++execution.lastTimerSerial;
  execution.redrive = { count, at, eventId: execution.lastEventId, timeoutSerial };
  resumeFrame(execution, execution.root);
  return previous;
}

/** The frame has failed for good; its last state must run again, even if its work was done. */
export function rewind(frame: Frame): void {
  if (frame.phase.type === "Worked") enterAgain(frame);
}

function resumeFrame(execution: Execution, frame: Frame): void {
  execution.frames.set(frame.id, frame);
  // AWS: a redrive begins to count retries anew.
  frame.attempts = undefined;
  frame.retryCount = 0;
  frame.evaluation = undefined;
  frame.mapWork = undefined;
  const fork = forkToResume(frame.phase);
  if (fork?.type === "MapRun") {
    frame.result = undefined;
    frame.lastEventId = frame.enteredEventId;
    frame.phase = fork;
  } else if (fork !== undefined) {
    frame.phase = fork;
    const children = [...fork.children.values()].toSorted((a, b) => a.index - b.index);
    for (const child of children) resumeFrame(execution, child);
  } else if (runsAgain(frame.phase)) {
    enterAgain(frame);
  }
}

/**
 * AWS: all branches or iterations run again, and a new Map Run starts, if the state failed by
 * States.DataLimitExceeded; a new Map Run also if it failed by States.Runtime, or was not started.
 */
function forkToResume(phase: Phase): ForkPhase | MapRunPhase | undefined {
  if (phase.type === "Fork") return phase;
  if (phase.type === "MapRun") return phase.run === undefined ? undefined : phase;
  if (phase.type !== "Failing" || phase.failure.error === "States.DataLimitExceeded") {
    return undefined;
  }
  const { fork, failure } = phase;
  if (fork?.type !== "MapRun") return fork;
  return fork.run === undefined || failure.error === "States.Runtime" ? undefined : fork;
}

function runsAgain(phase: Phase): boolean {
  switch (phase.type) {
    case "Task":
    case "MapRun":
    case "Waiting":
    case "Backoff":
    case "Failing":
    case "Entered":
      return true;
    case "Fork":
    case "Ready":
    case "Worked":
    case "Finished":
      return false;
  }
}

/** The state runs again; recorded from AWS: its next event follows the original …StateEntered. */
export function enterAgain(frame: Frame): void {
  frame.result = undefined;
  frame.lastEventId = frame.enteredEventId;
  frame.phase = { type: "Entered" };
}
