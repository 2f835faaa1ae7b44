/** What the history of an execution tells about the data of its states. */
import type { Definition, State } from "../../asl/definition.ts";
import type { Scope } from "../../data/evaluation.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { parseJson } from "../../json/parse.ts";
import type { ExecutionInfo } from "../execution.ts";
import type { HistoryEvent } from "../history.ts";
import type { MapRun } from "../map-run.ts";
import { detailOf, type Line, type StateVisit } from "../visits/state-visit.ts";
import { VisitIndex } from "../visits/visit-index.ts";

/** An execution as far as it is needed to explain it; `Execution` is one. */
export interface ExplainedExecution {
  readonly info: ExecutionInfo;
  readonly definition: Definition;
  readonly status: "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  readonly limits: { readonly payloadBytes: number };
  readonly mapRuns: readonly MapRun[];
}

export class Past {
  readonly execution: ExplainedExecution;
  readonly index: VisitIndex;
  readonly last: HistoryEvent | undefined;
  readonly #events = new Map<number, HistoryEvent>();

  /**
   * `history`: all events in order; those that are not wanted (see `neededEvents`) may lack their
   * payloads.
   */
  constructor(execution: ExplainedExecution, history: Iterable<HistoryEvent>) {
    this.execution = execution;
    this.index = new VisitIndex(execution.definition);
    let last: HistoryEvent | undefined;
    for (const event of history) {
      this.index.take(event);
      this.#events.set(event.id, event);
      last = event;
    }
    this.last = last;
  }

  event(id: number): HistoryEvent | undefined {
    return this.#events.get(id);
  }

  state({ name }: StateVisit): State | undefined {
    return this.index.state(name);
  }

  /** The raw input of the state. */
  input(visit: StateVisit): Json | undefined {
    return this.payload(visit.enteredEventId, "input");
  }

  output(visit: StateVisit): Json | undefined {
    return visit.exitedEventId === undefined
      ? undefined
      : this.payload(visit.exitedEventId, "output");
  }

  /** A payload of an event's details; undefined: none, or not kept. */
  payload(eventId: number, member: string): Json | undefined {
    const event = this.#events.get(eventId);
    const text = event && detailOf(event, member);
    const parsed = text === undefined ? undefined : parseJson(text);
    return parsed?.ok === true ? parsed.value : undefined;
  }

  /** A member of the details of the newest event of the visit that has it. */
  detail(visit: StateVisit, member: string): unknown {
    for (const id of visit.eventIds.toReversed()) {
      const value = this.#events.get(id)?.details?.[member];
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** What the newest task of the visit was called with. */
  taskInput(visit: StateVisit): Json | undefined {
    for (const id of visit.eventIds.toReversed()) {
      const value = this.payload(id, "parameters") ?? scheduledInput(this, id);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Visits before this one whose effects it can see, the newest first. */
  *before(visit: StateVisit): Generator<StateVisit> {
    for (let line: Line | undefined = visit.line, from = visit.previous; ;) {
      for (let one = from; one !== undefined; one = one.previous) yield one;
      const parent: StateVisit | undefined = line.parent;
      if (parent === undefined) return;
      yield parent;
      from = parent.previous;
      line = parent.line;
    }
  }

  /** The value of a variable as the state sees it; undefined: not set, or not kept. */
  variable(visit: StateVisit, name: string): Json | undefined {
    for (const one of this.before(visit)) {
      if (one.exitedEventId === undefined) continue;
      const assigned = this.#events.get(one.exitedEventId)?.details?.["assignedVariables"];
      if (typeof assigned !== "object" || assigned === null) continue;
      const text = Object.hasOwn(assigned, name)
        ? (assigned as Record<string, unknown>)[name]
        : undefined;
      const parsed = typeof text === "string" ? parseJson(text) : undefined;
      if (parsed?.ok === true) return parsed.value;
    }
    return undefined;
  }

  /** What a path of the state sees, where `$` is `input`. */
  scope(visit: StateVisit, input: Json): Scope {
    return {
      input,
      context: () => this.context(visit),
      variable: (name) => this.variable(visit, name),
      random: () => unavailable("random numbers"),
      uuid: () => unavailable("UUIDs"),
      hash: () => unavailable("digests"),
    };
  }

  /** The context object, as far as the history tells it. */
  context(visit: StateVisit): JsonObject {
    const { info } = this.execution;
    const iteration = iterationOf(visit);
    return {
      Execution: {
        Id: info.arn,
        Input: this.payload(1, "input") ?? {},
        StartTime: isoTime(info.startedAt),
        Name: info.name,
        RoleArn: info.roleArn,
      },
      StateMachine: { Id: info.stateMachineArn, Name: info.stateMachineName },
      State: { Name: visit.name, EnteredTime: isoTime(visit.enteredAt) },
      ...(iteration === undefined ? {} : { Map: { Item: { Index: iteration.index } } }),
    };
  }
}

/** The innermost iteration of a Map that the visit is in. */
export function iterationOf(visit: StateVisit): Line | undefined {
  for (let line: Line | undefined = visit.line; line !== undefined; line = line.parent?.line) {
    if (line.parent?.type === "Map") return line;
  }
  return undefined;
}

/** `input` of a …Scheduled event; that of …StateEntered is another thing. */
function scheduledInput(past: Past, eventId: number): Json | undefined {
  const isScheduled = past.event(eventId)?.type.endsWith("Scheduled") === true;
  return isScheduled ? past.payload(eventId, "input") : undefined;
}

/** Paths need none of these; intrinsic functions and JSONata are not evaluated again. */
function unavailable(what: string): never {
  throw new Error(`there are no ${what} in the past of an execution`);
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
