/** One visit of a state: from its entry to its exit, with the attempts in between. */
import type { HistoryEvent } from "../history.ts";

export interface StateVisit {
  readonly name: string;
  /** `Task`, `Choice`, ... */
  readonly type: string;
  readonly line: Line;
  /** The visit before it in the same line; undefined: it is the first. */
  readonly previous: StateVisit | undefined;
  /** Counts the visits of this state in its line, from 1. */
  readonly number: number;
  readonly enteredEventId: number;
  /** Epoch milliseconds. */
  readonly enteredAt: number;
  exitedEventId: number | undefined;
  exitedAt: number | undefined;
  /** Its newest event, not counting those of states inside it. */
  lastEventId: number;
  lastAt: number;
  /** Tasks scheduled, or times that branches or iterations were started. */
  attempts: number;
  /** Failures that have an event of their own, oldest first. */
  readonly failures: VisitFailure[];
  /** Its own events in order, its entry first. */
  readonly eventIds: number[];
  /** Branches or iterations of its newest attempt. */
  lines: Line[];
}

/** What one of the failure events says. */
export interface VisitFailure {
  readonly eventId: number;
  readonly eventType: string;
  readonly at: number;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** One line of control: the top level, a branch of Parallel or an iteration of Map. */
export interface Line {
  /** The Parallel or Map; undefined: the top level. */
  readonly parent: StateVisit | undefined;
  /** Number of the branch or iteration; 0 at the top level. */
  readonly index: number;
  /** Attempt of the Parallel or Map that it belongs to, from 1; 0 at the top level. */
  readonly attempt: number;
  /** The newest visit in it. */
  last: StateVisit | undefined;
  /** How often each of its states was visited. */
  readonly counts: Map<string, number>;
  /** It failed, was aborted or succeeded, or runs anew in another line. */
  isOver: boolean;
}

export function newLine(parent: StateVisit | undefined, index: number): Line {
  const attempt = parent?.attempts ?? 0;
  return { parent, index, attempt, last: undefined, counts: new Map(), isOver: false };
}

/** Whether the visit has neither ended nor been given up. */
export function isOpen(visit: StateVisit): boolean {
  if (visit.exitedEventId !== undefined) return false;
  for (let line: Line | undefined = visit.line; line !== undefined; line = line.parent?.line) {
    if (line.isOver) return false;
  }
  return visit.line.last === visit;
}

/** A text member of an event's details; undefined if there is none. */
export function detailOf({ details }: HistoryEvent, name: string): string | undefined {
  const value = details?.[name];
  return typeof value === "string" ? value : undefined;
}
