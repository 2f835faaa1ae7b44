/** Ids of public events, and who follows whom. Called only while folding. */
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
