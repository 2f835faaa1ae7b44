/** The runs of states as they were after some event, for somebody who goes to and fro. */
import type { HistoryEvent } from "../api/operations.ts";
import { StateRuns } from "./state-runs.ts";

export class PastRuns {
  #runs = new StateRuns();

  /** `events`: all of them; event n is at n - 1. A step forward costs one event, one back all. */
  at(events: readonly HistoryEvent[], eventId: number): StateRuns {
    if (this.#runs.lastEventId > eventId) this.#runs = new StateRuns();
    const end = Math.min(eventId, events.length);
    for (let index = this.#runs.lastEventId; index < end; index += 1) {
      this.#runs.add(events[index]!);
    }
    return this.#runs;
  }
}
