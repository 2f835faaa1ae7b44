/**
 * Sorts the events of a public history into visits of states. Events name their predecessors, so
 * that branches and iterations that run at the same time can be told apart.
 */
import type { Definition, Machine, State } from "../../asl/definition.ts";
import type { HistoryEvent } from "../history.ts";
import { detailOf, newLine, type Line, type StateVisit } from "./state-visit.ts";

/** Where an event stands. */
export interface Place {
  readonly type: string;
  readonly previousEventId: number;
  readonly line: Line;
  /** The state that it is about; undefined: none. */
  readonly visit: StateVisit | undefined;
}

export class VisitIndex {
  /** In the order of their entries. */
  readonly visits: StateVisit[] = [];
  readonly top: Line = newLine(undefined, 0);
  /** By event id. */
  readonly #places: Place[] = [];
  readonly #states: ReadonlyMap<string, State>;
  /** By name and the event before the entry. */
  readonly #entries = new Map<string, StateVisit>();

  constructor(definition: Definition) {
    this.#states = statesOf(definition);
  }

  /** The state of that name anywhere in the definition: names are unique. */
  state(name: string): State | undefined {
    return this.#states.get(name);
  }

  place(eventId: number): Place | undefined {
    return this.#places[eventId];
  }

  /** Takes the next event; all of them, in order. What does not fit is taken for the top level's. */
  take(event: HistoryEvent): void {
    const before = this.#places[event.previousEventId] ?? this.#nowhere();
    this.#places[event.id] = this.#placed(event, before);
  }

  #nowhere(): Place {
    return { type: "", previousEventId: 0, line: this.top, visit: undefined };
  }

  #placed(event: HistoryEvent, before: Place): Place {
    const { type } = event;
    if (type.startsWith("Execution")) return at(event, this.top, undefined);
    if (type.endsWith("StateEntered")) return this.#entered(event, before);
    if (type.endsWith("StateExited")) return this.#exited(event, before);
    if (type.endsWith("StateAborted")) return at(event, before.line, before.visit);
    if (type === "MapIterationStarted") return this.#iterationStarted(event, before);
    if (type.startsWith("MapIteration")) return this.#iterationEnded(event, before);
    if (type === "EvaluationFailed") return this.#evaluationFailed(event, before);
    if (type === "MapStateStarted" || type === "ParallelStateStarted") {
      return this.#forkStarted(event, before);
    }
    if (type === "MapStateFailed" || type === "ParallelStateFailed") {
      return this.#forkFailed(event, before);
    }
    if (type === "MapStateSucceeded" || type === "ParallelStateSucceeded") {
      return this.#own(event, climb(before, ofType(type)), before);
    }
    return this.#own(event, before.visit, before);
  }

  #entered(event: HistoryEvent, before: Place): Place {
    const name = detailOf(event, "name") ?? "";
    const line =
      before.type === "ParallelStateStarted" && before.visit !== undefined
        ? this.#branch(before.visit, name)
        : before.line;
    const number = (line.counts.get(name) ?? 0) + 1;
    line.counts.set(name, number);
    const visit: StateVisit = {
      name,
      type: event.type.slice(0, -"StateEntered".length),
      line,
      previous: line.last,
      number,
      enteredEventId: event.id,
      enteredAt: event.at,
      exitedEventId: undefined,
      exitedAt: undefined,
      lastEventId: event.id,
      lastAt: event.at,
      attempts: 0,
      failures: [],
      eventIds: [event.id],
      lines: [],
    };
    line.last = visit;
    this.visits.push(visit);
    this.#entries.set(entryKey(name, event.previousEventId), visit);
    return at(event, line, visit);
  }

  #branch(parallel: StateVisit, name: string): Line {
    const index = this.#branchIndex(parallel, name);
    const line = newLine(parallel, index);
    parallel.lines.push(line);
    return line;
  }

  #branchIndex(parallel: StateVisit, name: string): number {
    const state = this.#states.get(parallel.name);
    if (state?.type !== "Parallel") return parallel.lines.length;
    return Math.max(
      0,
      state.branches.findIndex(({ states }) => states.has(name)),
    );
  }

  #exited(event: HistoryEvent, before: Place): Place {
    const name = detailOf(event, "name") ?? "";
    const visit = climb(before, (one) => one.name === name);
    if (visit !== undefined) {
      visit.exitedEventId = event.id;
      visit.exitedAt = event.at;
    }
    return this.#own(event, visit, before);
  }

  #iterationStarted(event: HistoryEvent, before: Place): Place {
    const map = climb(before, named(event));
    if (map === undefined) return at(event, before.line, undefined);
    const index = event.details?.["index"];
    const line = newLine(map, typeof index === "number" ? index : map.lines.length);
    map.lines.push(line);
    return at(event, line, undefined);
  }

  #iterationEnded(event: HistoryEvent, before: Place): Place {
    const map = climb(before, named(event));
    if (map === undefined) return at(event, before.line, before.visit);
    for (let line: Line | undefined = before.line; line !== undefined; line = line.parent?.line) {
      if (line.parent === map) line.isOver = true;
    }
    return at(event, map.line, map);
  }

  /** It may name the event before the entry of its state. */
  #evaluationFailed(event: HistoryEvent, before: Place): Place {
    const name = detailOf(event, "state") ?? before.visit?.name ?? "";
    const visit =
      climb(before, (one) => one.name === name && one.exitedEventId === undefined) ??
      this.#entries.get(entryKey(name, event.previousEventId));
    return this.#own(event, visit, before);
  }

  /** A retry starts all branches or iterations anew; it follows the failure of one of them. */
  #forkStarted(event: HistoryEvent, before: Place): Place {
    const isFork = ofType(event.type);
    const visit = climb(before, (one) => isFork(one) && !one.line.isOver) ?? climb(before, isFork);
    if (visit !== undefined) {
      endLines(visit);
      visit.lines = [];
      visit.attempts += 1;
    }
    return this.#own(event, visit, before);
  }

  /** A state that failed before its children were started has no such event. */
  #forkFailed(event: HistoryEvent, before: Place): Place {
    const isFork = ofType(event.type);
    const isInner = /State(?:Failed|Entered)$/u.test(before.type);
    const from = isInner ? { ...before, visit: before.line.parent } : before;
    const visit = climb(from, (one) => isFork(one) && !one.line.isOver) ?? climb(from, isFork);
    if (visit !== undefined) endLines(visit);
    return this.#own(event, visit, before);
  }

  #own(event: HistoryEvent, visit: StateVisit | undefined, before: Place): Place {
    if (visit === undefined) return at(event, before.line, undefined);
    visit.eventIds.push(event.id);
    visit.lastEventId = event.id;
    visit.lastAt = event.at;
    if (event.type.endsWith("Scheduled")) visit.attempts += 1;
    if (isFailure(event.type)) {
      visit.failures.push({
        eventId: event.id,
        eventType: event.type,
        at: event.at,
        error: detailOf(event, "error"),
        cause: detailOf(event, "cause"),
      });
    }
    return at(event, visit.line, visit);
  }
}

/** Whether an event of this type says why something failed. */
export function isFailure(type: string): boolean {
  return /(?:Failed|TimedOut)$/u.test(type) && !/^(?:Execution|MapIteration|.*State)/u.test(type);
}

/** All states of a definition by name. */
export function statesOf(definition: Machine): ReadonlyMap<string, State> {
  const states = new Map<string, State>();
  const open: Machine[] = [definition];
  for (let machine = open.pop(); machine !== undefined; machine = open.pop()) {
    for (const [name, state] of machine.states) {
      states.set(name, state);
      if (state.type === "Parallel") open.push(...state.branches);
      if (state.type === "Map") open.push(state.processor);
    }
  }
  return states;
}

function at({ type, previousEventId }: HistoryEvent, line: Line, visit: Place["visit"]): Place {
  return { type, previousEventId, line, visit };
}

/** The first visit that is meant, from the inside out. */
function climb(
  { line, visit }: Pick<Place, "line" | "visit">,
  isMeant: (visit: StateVisit) => boolean,
): StateVisit | undefined {
  for (let one = visit ?? line.parent; one !== undefined; one = one.line.parent) {
    if (isMeant(one)) return one;
  }
  return undefined;
}

function named(event: HistoryEvent): (visit: StateVisit) => boolean {
  const name = detailOf(event, "name");
  return (visit) => visit.name === name;
}

/** Map or Parallel, out of `MapStateStarted` and the like. */
function ofType(eventType: string): (visit: StateVisit) => boolean {
  const type = eventType.startsWith("Map") ? "Map" : "Parallel";
  return (visit) => visit.type === type;
}

function endLines({ lines }: StateVisit): void {
  for (const line of lines) line.isOver = true;
}

function entryKey(name: string, previousEventId: number): string {
  return `${previousEventId} ${name}`;
}
