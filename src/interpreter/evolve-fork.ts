/** The part of the fold that is about branches and iterations. Called only by `evolve`. */
import type { Machine, MapState, ParallelState } from "../asl/definition.ts";
import type { Json } from "../json/json.ts";
import type { Event } from "./event.ts";
import { newFrame, type Execution, type ForkPhase, type Frame } from "./execution.ts";
import { frameOf, next } from "./numbering.ts";
import { rewind } from "./resume.ts";

/** ParallelStarted: all branches are there at once. */
export function startParallel(execution: Execution, frame: Frame, input: Json): number {
  const state = frame.state as ParallelState;
  const previous = next(execution, frame);
  const fork = newFork(state, input, undefined, state.branches.length, state.branches.length);
  frame.phase = fork;
  state.branches.forEach((branch, index) => {
    addChild(execution, frame, fork, index, branch, input, frame.lastEventId);
  });
  return previous;
}

/** MapStarted: iterations follow. */
export function startMap(execution: Execution, event: Event & { kind: "MapStarted" }): number {
  const frame = frameOf(execution, event.frame);
  const previous = next(execution, frame);
  const { input, items, concurrency } = event;
  const fork = newFork(frame.state as MapState, input, items, items.length, concurrency);
  for (let place = 0; place < Math.min(concurrency, items.length); place++) {
    fork.places.push(frame.lastEventId);
  }
  frame.phase = fork;
  return previous;
}

/** The frame of the iteration gets the next id. */
export function startIteration(
  execution: Execution,
  event: Event & { kind: "IterationStarted" },
): number {
  const frame = frameOf(execution, event.frame);
  const fork = forkPhase(frame);
  const processor = (fork.state as MapState).processor;
  const previous = fork.places.shift() ?? frame.lastEventId;
  execution.lastEventId++;
  addChild(execution, frame, fork, event.index, processor, event.input, execution.lastEventId);
  return previous;
}

function newFork(
  state: ParallelState | MapState,
  input: Json,
  items: readonly Json[] | undefined,
  total: number,
  concurrency: number,
): ForkPhase {
  return {
    type: "Fork",
    state,
    input,
    items,
    total,
    concurrency,
    results: Array.from({ length: total }, () => null),
    children: new Map(),
    started: 0,
    succeeded: 0,
    places: [],
  };
}

function addChild(
  execution: Execution,
  parent: Frame,
  fork: ForkPhase,
  index: number,
  machine: Machine,
  input: Json,
  lastEventId: number,
): void {
  const child = newFrame(execution.nextFrameId++, parent, index, machine, input);
  child.lastEventId = lastEventId;
  execution.frames.set(child.id, child);
  fork.children.set(child.id, child);
  fork.started++;
}

/** The child has succeeded and is gone; gives the fork that it was in. */
export function finishChild(execution: Execution, child: Frame): ForkPhase {
  const fork = forkPhase(child.parent!);
  fork.results[child.index] = child.input;
  fork.succeeded++;
  fork.children.delete(child.id);
  execution.frames.delete(child.id);
  return fork;
}

/** The child has failed, and with it the state it is in. */
export function failChild(execution: Execution, child: Frame): void {
  child.parent!.lastEventId = child.lastEventId;
  stopFrame(execution, child);
  rewind(child);
}

/** The frame lives no longer; its parent's fork keeps it for a redrive, as long as it is kept itself. */
export function stopFrame(execution: Execution, frame: Frame): void {
  stopChildren(execution, frame);
  execution.frames.delete(frame.id);
}

/** What runs in the frame, if anything, lives no longer. */
export function stopChildren(execution: Execution, frame: Frame): void {
  if (frame.phase.type !== "Fork") return;
  for (const child of frame.phase.children.values()) stopFrame(execution, child);
}

/** The phase of a frame that has branches or iterations. */
export function forkPhase(frame: Frame): ForkPhase {
  if (frame.phase.type !== "Fork") throw new Error(`frame ${frame.id} has no children`);
  return frame.phase;
}
