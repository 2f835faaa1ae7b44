/** Moves frames on until they wait: the heart of a decision. */
import type { State } from "../asl/definition.ts";
import type { Execution, ForkPhase, Frame } from "./execution.ts";
import { exitWithResult } from "./exit.ts";
import { fail } from "./failure.ts";
import { runChoice } from "./states/choice.ts";
import { runFail } from "./states/fail.ts";
import { nextStep } from "./map-run-step.ts";
import { continueDistributedMap } from "./states/distributed-map.ts";
import { continueMap, runMap } from "./states/map.ts";
import { runParallel } from "./states/parallel.ts";
import { runPass } from "./states/pass.ts";
import { runSucceed } from "./states/succeed.ts";
import { runTask } from "./states/task.ts";
import { leaveWait, runWait } from "./states/wait.ts";
import { emit, type Turn } from "./turn.ts";

/** Runs the frames in `turn.work`; true if the bound of events was reached and work is left. */
export function advance(turn: Turn): boolean {
  const { execution, work } = turn;
  for (let next = 0; next < work.length; next++) {
    const frame = work[next]!;
    while (canMove(execution, frame)) {
      if (turn.events >= execution.limits.eventsPerDecision) return true;
      step(turn, frame);
    }
  }
  return false;
}

/** Frames that can go on by themselves: after a bound was reached, or a restart. */
export function readyFrames(execution: Execution): Frame[] {
  if (execution.status !== "RUNNING" || execution.lastEventId === 0) return [];
  return [...execution.frames.values()].filter((frame) => canMove(execution, frame));
}

/**
 * Whether a frame waits for something that nobody would bring to its successor after a restart: an
 * evaluation, items, the writing of results. It asks again if it is told to go on.
 */
export function waitsForShell({ frames, limits }: Execution): boolean {
  for (const { evaluation, phase, mapWork } of frames.values()) {
    if (evaluation?.isOpen === true) return true;
    if (phase.type !== "MapRun" || mapWork === undefined) continue;
    if (nextStep(phase, mapWork, limits) !== "Wait") continue;
    if (nextStep(phase, undefined, limits) !== "Wait") return true;
  }
  return false;
}

function canMove(execution: Execution, frame: Frame): boolean {
  // A frame that was aborted or has finished on the way is no longer in the tree.
  if (execution.frames.get(frame.id) !== frame || frame.evaluation?.isOpen === true) return false;
  const { phase } = frame;
  switch (phase.type) {
    case "Ready":
    case "Entered":
    case "Worked":
    case "Failing":
    case "Finished":
      return true;
    case "Fork":
      return hasFreePlace(phase) || phase.succeeded === phase.total;
    case "MapRun":
      return nextStep(phase, frame.mapWork, execution.limits) !== "Wait";
    case "Task":
    case "Waiting":
    case "Backoff":
      return false;
  }
}

function hasFreePlace(fork: ForkPhase): boolean {
  return fork.places.length > 0 && fork.started < fork.total;
}

function step(turn: Turn, frame: Frame): void {
  const { phase, state } = frame;
  switch (phase.type) {
    case "Ready":
      emit(turn, { kind: "StateEntered", frame: frame.id, name: phase.next });
      return;
    case "Entered":
      return runState(turn, frame, state!);
    case "Worked":
      return finishWork(turn, frame, state!);
    case "Failing":
      return fail(turn, frame, phase.failure);
    case "Finished":
      return finishFrame(turn, frame);
    case "Fork":
      return continueFork(turn, frame, phase);
    case "MapRun":
      return continueDistributedMap(turn, frame, phase);
    case "Task":
    case "Waiting":
    case "Backoff":
      return;
  }
}

function runState(turn: Turn, frame: Frame, state: State): void {
  switch (state.type) {
    case "Pass":
      return runPass(turn, frame, state);
    case "Task":
      return runTask(turn, frame, state);
    case "Choice":
      return runChoice(turn, frame, state);
    case "Wait":
      return runWait(turn, frame, state);
    case "Succeed":
      return runSucceed(turn, frame, state);
    case "Fail":
      return runFail(turn, frame, state);
    case "Parallel":
      return runParallel(turn, frame, state);
    case "Map":
      return runMap(turn, frame, state);
  }
}

function finishWork(turn: Turn, frame: Frame, state: State): void {
  if (state.type === "Wait") return leaveWait(turn, frame, state);
  if (state.type !== "Task" && state.type !== "Parallel" && state.type !== "Map") {
    throw new Error(`a ${state.type} state has no work to finish`);
  }
  exitWithResult(turn, frame, state, frame.result ?? null);
}

/** The frame's last state is done: so is its branch, its iteration or the execution. */
function finishFrame(turn: Turn, frame: Frame): void {
  const { parent } = frame;
  if (parent === undefined) {
    emit(turn, { kind: "ExecutionSucceeded" });
    return;
  }
  const kind = parent.state?.type === "Map" ? "IterationSucceeded" : "BranchSucceeded";
  emit(turn, { kind, frame: frame.id });
  turn.work.push(parent);
}

function continueFork(turn: Turn, frame: Frame, fork: ForkPhase): void {
  if (fork.state.type === "Map") return continueMap(turn, frame, fork.state);
  emit(turn, { kind: "ForkSucceeded", frame: frame.id });
}
