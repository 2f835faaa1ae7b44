/** Events at which somebody who goes through an execution wants to stop. */
import type { HistoryEvent } from "../api/operations.ts";

const STATE_STEP = /(?:StateEntered|StateExited|^Execution\w+)$/;
const FAILURE = /(?:Failed|TimedOut|Aborted)$/;

/** Whether a state was entered or left with it, or the execution began, ended or was redriven. */
export function isStateStep({ type }: HistoryEvent): boolean {
  return STATE_STEP.test(type);
}

export function isFailure({ type }: HistoryEvent): boolean {
  return FAILURE.test(type);
}

/** The next such event in a direction; the last or first event if there is none. Ids from 1. */
export function nextMoment(
  events: readonly HistoryEvent[],
  from: number,
  direction: 1 | -1,
): number {
  for (let id = from + direction; id >= 1 && id <= events.length; id += direction) {
    if (isStateStep(events[id - 1]!)) return id;
  }
  return direction === 1 ? Math.max(1, events.length) : 1;
}

/** Where to mark a line of `marks` places in which events something failed: numbers from 0. */
export function failureMarks(events: readonly HistoryEvent[], marks: number): readonly number[] {
  const places = new Set<number>();
  const last = Math.max(1, events.length - 1);
  for (const event of events) {
    if (isFailure(event)) places.add(Math.round(((event.id - 1) / last) * (marks - 1)));
  }
  return [...places];
}
