/** Which events of a long history must be read in full to explain its end. */
import type { HistoryEvent } from "../history.ts";
import { caughtSite, siteOfEnd } from "./failure-site.ts";
import { MAX_LOOKED_BACK } from "./lost-data.ts";
import { Past, type ExplainedExecution } from "./past.ts";
import type { StateVisit } from "../visits/state-visit.ts";
import { openVisits } from "./unfinished.ts";

/** Open states whose data are looked at. */
const MAX_OPEN = 5;
/** Failures whose causes are looked at: the last one, and those that were caught before it. */
const MAX_ENDS = 10;
/** Events of one visit: of a state that was retried often the newest matter. */
const MAX_EVENTS_OF_VISIT = 20;

/** Their ids. `history`: all events in order, payloads may be left out. */
export function neededEvents(
  execution: ExplainedExecution,
  history: Iterable<HistoryEvent>,
): ReadonlySet<number> {
  const past = new Past(execution, history);
  const { last } = past;
  if (last === undefined) return new Set();
  const failed = execution.status === "FAILED" ? siteOfEnd(past, last).visit : undefined;
  const ends = failed === undefined ? openVisits(past).slice(0, MAX_OPEN) : [failed];
  const needed = new Set([1, last.id]);
  // What a Catch dealt with is explained, too: the list grows with states inside Maps and Parallels.
  for (const [index, end] of ends.entries()) {
    if (index >= MAX_ENDS) break;
    for (const visit of newest(past, end)) {
      needed.add(visit.enteredEventId);
      for (const id of visit.eventIds.slice(-MAX_EVENTS_OF_VISIT)) needed.add(id);
      const caught = caughtSite(past, visit)?.visit;
      if (caught !== undefined && caught !== visit && !ends.includes(caught)) ends.push(caught);
    }
  }
  return needed;
}

/** The visit and those before it, as far as they are looked at. */
function* newest(past: Past, end: StateVisit): Generator<StateVisit> {
  yield end;
  let visits = 0;
  for (const visit of past.before(end)) {
    if (++visits > MAX_LOOKED_BACK) return;
    yield visit;
  }
}
