/** Where an execution failed: the state, the event that shows it, and the data the state had. */
import type { State } from "../../asl/definition.ts";
import type { Json } from "../../json/json.ts";
import { parseJson } from "../../json/parse.ts";
import type { HistoryEvent } from "../history.ts";
import { detailOf, type StateVisit } from "../visits/state-visit.ts";
import { isFailure, type Place } from "../visits/visit-index.ts";
import type { Past } from "./past.ts";

export interface FailureSite {
  readonly past: Past;
  /** "" if there is none. */
  readonly error: string;
  readonly cause: string;
  /** The cause without the words that name the state and the event of its entry. */
  readonly reason: string;
  /** The event that says so first. */
  readonly eventId: number;
  /** Undefined: no state failed, such as in a history that is full. */
  readonly visit: StateVisit | undefined;
  readonly state: State | undefined;
  /** The state's raw input; undefined: not kept, or not valid. */
  readonly input: Json | undefined;
  /** The event after which the state failed: `TaskStateEntered`, `TaskSucceeded`, ... */
  readonly after: string;
}

const WHERE =
  /^An error occurred while executing the state '([\s\S]{1,80}?)' \(entered at the event id #(\d{1,10})\)\. ([\s\S]*)$/u;

/** The site of an ExecutionFailed event. */
export function siteOfEnd(past: Past, end: HistoryEvent): FailureSite {
  const error = detailOf(end, "error") ?? "";
  return siteBefore(past, end.previousEventId, end.id, error, detailOf(end, "cause") ?? "");
}

/** The site of a failure that a catcher of the visit dealt with; undefined: it was left without one. */
export function caughtSite(past: Past, visit: StateVisit): FailureSite | undefined {
  const { exitedEventId } = visit;
  const exit = exitedEventId === undefined ? undefined : past.event(exitedEventId);
  if (exit === undefined) return undefined;
  const before = past.index.place(exit.previousEventId);
  if (before === undefined || !(isFailure(before.type) || before.type.endsWith("StateFailed"))) {
    return undefined;
  }
  const told = visit.failures.at(-1) ?? { error: undefined, cause: undefined };
  const leaf = leafOf(past, exit.previousEventId);
  const deepest = leaf?.place.visit?.failures.at(-1);
  const error = deepest?.error ?? told.error ?? errorOutput(past, visit, "Error") ?? "";
  const cause = deepest?.cause ?? told.cause ?? errorOutput(past, visit, "Cause") ?? "";
  return siteBefore(past, exit.previousEventId, exit.previousEventId, error, cause);
}

/** What the catcher made of the error, where it can be found at once. */
function errorOutput(past: Past, visit: StateVisit, member: string): string | undefined {
  const output = past.output(visit);
  const values =
    typeof output === "object" && output !== null ? [output, ...Object.values(output)] : [];
  for (const value of values) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, member)) continue;
    const text = (value as { readonly [key: string]: Json })[member];
    if (typeof text === "string") return text;
  }
  return undefined;
}

function siteBefore(
  past: Past,
  previousEventId: number,
  endId: number,
  error: string,
  cause: string,
): FailureSite {
  const leaf = leafOf(past, previousEventId);
  const named = WHERE.exec(cause);
  const visit = visitNamed(past, named) ?? visitAt(past, leaf?.place);
  const reason = named !== null && visit?.name === named[1] ? (named[3] ?? "") : cause;
  const after = leaf?.place.type ?? "";
  const own = leaf !== undefined && isFailure(after) ? leaf.eventId : endId;
  return {
    past,
    error,
    cause,
    reason,
    eventId: own,
    visit,
    state: visit && past.state(visit),
    input: visit && past.input(visit),
    after,
  };
}

/** The event of the innermost state from which the failure spread. */
function leafOf(past: Past, eventId: number): { eventId: number; place: Place } | undefined {
  let id = eventId;
  let place = past.index.place(id);
  while (
    place !== undefined &&
    /(?:StateFailed|StateAborted|MapIterationFailed)$/u.test(place.type)
  ) {
    id = place.previousEventId;
    place = past.index.place(id);
  }
  return place === undefined ? undefined : { eventId: id, place };
}

/** The state that the cause names; a Fail state may repeat what another state's cause said. */
function visitNamed(past: Past, named: RegExpExecArray | null): StateVisit | undefined {
  if (named === null) return undefined;
  const visit = past.index.place(Number(named[2]))?.visit;
  return visit?.name === named[1] && visit?.exitedEventId === undefined ? visit : undefined;
}

/** After the exit of a branch's last state it was the Parallel that failed. */
function visitAt(past: Past, place: Place | undefined): StateVisit | undefined {
  if (place?.visit === undefined) return place?.line.parent ?? lastOf(past);
  const { visit } = place;
  return place.type.endsWith("StateExited") ? (visit.line.parent ?? lastOf(past)) : visit;
}

function lastOf({ index }: Past): StateVisit | undefined {
  const last = index.top.last;
  return last?.exitedEventId === undefined ? last : undefined;
}

/** Whether the execution failed because its history is full. */
export function isHistoryFull({ cause }: Pick<FailureSite, "cause">): boolean {
  return cause.startsWith("The execution reached the maximum number of history events");
}

/** A cause that is a JSON object, as functions and jobs give it. */
export function jsonCause(cause: string): { readonly [key: string]: Json } | undefined {
  const parsed = cause.startsWith("{") ? parseJson(cause) : undefined;
  if (parsed?.ok !== true || typeof parsed.value !== "object" || parsed.value === null) {
    return undefined;
  }
  return parsed.value as { readonly [key: string]: Json };
}
