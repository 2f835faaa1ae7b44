/** Ids of public events, who follows whom, and numbers of calls. Called only while folding. */
import type { Execution, Frame } from "./execution.ts";

/** What `evolve` answers for events that the public history does not show. */
export const HIDDEN = -1;

/** The frame of that id; events never name one that is gone. */
export function frameOf(execution: Execution, id: number): Frame {
  const frame = execution.frames.get(id);
  if (frame === undefined) throw new Error(`event names frame ${id}, which does not exist`);
  return frame;
}

/** Numbers an event; gives its previousEventId back. */
export function number(execution: Execution, previousId: number): number {
  execution.lastEventId++;
  return previousId;
}

/** Numbers an event and makes it the one that the frame's next event names as its predecessor. */
export function next(execution: Execution, frame: Frame): number {
  const previous = frame.lastEventId;
  frame.lastEventId = ++execution.lastEventId;
  return previous;
}

/**
 * The number of the call that the frame's state makes now, 0 for its first; undefined without a test
 * case. Part of the fold, so that a task that is delivered again keeps its number.
 */
export function countCall({ taskCounts }: Execution, { state }: Frame): number | undefined {
  if (taskCounts === undefined || state === undefined) return undefined;
  const before = taskCounts.get(state.name) ?? 0;
  taskCounts.set(state.name, before + 1);
  return before;
}
