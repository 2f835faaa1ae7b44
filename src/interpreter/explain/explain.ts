/** Why an execution ended as it did, or what it waits for. */
import type { HistoryEvent } from "../history.ts";
import { detailOf, type StateVisit } from "../visits/state-visit.ts";
import { explainFailure } from "./causes/index.ts";
import { bounded, sentence, type Explanation, type Fact } from "./explanation.ts";
import { siteOfEnd } from "./failure-site.ts";
import { handlersOf } from "./handlers.ts";
import { Past, type ExplainedExecution } from "./past.ts";
import { shown } from "./shown-value.ts";
import { executionStopped, executionTimeout, openVisits, stillRunning } from "./unfinished.ts";

export interface ExplainedEnd extends Explanation {
  readonly status: ExplainedExecution["status"];
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The state that failed or was under way; undefined: none. */
  readonly state: ExplainedState | undefined;
  /** The event that says first that it failed, or that it ended; undefined: it is running. */
  readonly failedEventId: number | undefined;
}

export interface ExplainedState {
  readonly name: string;
  readonly type: string;
  /** JSON pointer in the definition; undefined: the definition has no such state. */
  readonly pointer: string | undefined;
  readonly enteredEventId: number;
}

/**
 * Explains an execution that has not succeeded; of one that has it says so.
 * @param history All its events in order; those that `neededEvents` does not name may lack payloads.
 * @param now Epoch milliseconds, for what a running execution waits for.
 */
export function explainExecution(
  execution: ExplainedExecution,
  history: Iterable<HistoryEvent>,
  now: number,
): ExplainedEnd {
  const past = new Past(execution, history);
  const end = past.last;
  const facts = { status: execution.status, error: undefined, cause: undefined };
  const nothing = { ...facts, state: undefined, failedEventId: undefined };
  if (execution.status === "SUCCEEDED" || end === undefined) {
    return {
      ...nothing,
      summary: "It succeeded; there is nothing to explain.",
      facts: [],
      fixes: [],
    };
  }
  if (execution.status === "RUNNING") {
    const state = stateOf(past, openVisits(past)[0]);
    return { ...nothing, state, ...bounded(stillRunning(past, now)) };
  }
  const told = { error: detailOf(end, "error"), cause: detailOf(end, "cause") };
  if (execution.status !== "FAILED") {
    const explain = execution.status === "TIMED_OUT" ? executionTimeout : executionStopped;
    const state = stateOf(past, openVisits(past)[0]);
    return { ...facts, ...told, state, failedEventId: end.id, ...bounded(explain(past, end)) };
  }
  const site = siteOfEnd(past, end);
  const explained = explainFailure(site);
  const handlers = handlersOf(site);
  const place = placeFacts(site.visit);
  return {
    ...facts,
    ...told,
    state: stateOf(past, site.visit),
    failedEventId: site.eventId,
    ...bounded({
      summary: `${sentence(explained.summary)}${placeText(site.visit)}${handlers.summary}`,
      facts: [...place, ...explained.facts, ...handlers.facts],
      fixes: [...explained.fixes, ...handlers.fixes],
    }),
  };
}

function stateOf(past: Past, visit: StateVisit | undefined): ExplainedState | undefined {
  if (visit === undefined) return undefined;
  const { name, type, enteredEventId } = visit;
  return { name, type, pointer: past.state(visit)?.pointer, enteredEventId };
}

/** ` This was in iteration 3 of Map 'Each'.`, or "". */
function placeText(visit: StateVisit | undefined): string {
  const places = placesOf(visit);
  return places.length === 0 ? "" : ` This was the first to fail: ${places.join(", in ")}.`;
}

function placeFacts(visit: StateVisit | undefined): Fact[] {
  const places = placesOf(visit);
  return places.length === 0 ? [] : [{ label: "Where", value: places.join(", in ") }];
}

/** The iterations and branches that the visit is in, the innermost first; counted as AWS does, from 0. */
function placesOf(visit: StateVisit | undefined): string[] {
  const places: string[] = [];
  for (let line = visit?.line; line?.parent !== undefined; line = line.parent.line) {
    const { parent, index } = line;
    const kind = parent.type === "Map" ? "iteration" : "branch";
    places.push(`${kind} ${shown(index)} of ${parent.type} '${parent.name}'`);
  }
  return places;
}
