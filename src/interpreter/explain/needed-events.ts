/** Which events of a long history must be read in full to explain its end. */
import type { HistoryEvent } from "../history.ts";
import { siteOfEnd } from "./failure-site.ts";
import { MAX_LOOKED_BACK } from "./lost-data.ts";
import { Past, type ExplainedExecution } from "./past.ts";
import { openVisits } from "./unfinished.ts";

/** Open states whose data are looked at. */
const MAX_OPEN = 5;
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
  for (const end of ends) {
    let visits = 0;
    for (const visit of [end, ...past.before(end)]) {
      if (++visits > MAX_LOOKED_BACK + 1) break;
      needed.add(visit.enteredEventId);
      for (const id of visit.eventIds.slice(-MAX_EVENTS_OF_VISIT)) needed.add(id);
    }
  }
  return needed;
}
