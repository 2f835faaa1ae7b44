/** Visits of states with what is compared of them. */
import type { HistoryEvent } from "../history.ts";
import type { ExplainedExecution } from "../explain/past.ts";
import { retriesOf } from "../visits/retries.ts";
import { detailOf, type Line, type StateVisit } from "../visits/state-visit.ts";
import { VisitIndex } from "../visits/visit-index.ts";

/** Visits of one execution that are compared. */
export const MAX_VISITS = 10_000;
/** Longest payload that is kept to tell which members differ, in characters. */
const MAX_TEXT = 65_536;
/** Characters of all payloads that are kept of one execution. */
const MAX_TEXTS = 8_388_608;

export interface RecordedVisit {
  readonly visit: StateVisit;
  /** Names the visit: the same in another execution of the same course. */
  readonly key: string;
  readonly input: RecordedPayload | undefined;
  output: RecordedPayload | undefined;
}

export interface RecordedPayload {
  /** Characters. */
  readonly length: number;
  /** Tells texts of one length apart. */
  readonly hash: number;
  /** Undefined: too long to be kept. */
  readonly text: string | undefined;
}

export interface RecordedExecution {
  readonly status: ExplainedExecution["status"];
  readonly visits: readonly RecordedVisit[];
  /** Whether there were more visits than are compared. */
  readonly isCut: boolean;
}

/** Takes the events of a history, one by one. */
export class VisitRecorder {
  readonly #index: VisitIndex;
  readonly #visits: RecordedVisit[] = [];
  readonly #byVisit = new Map<StateVisit, RecordedVisit>();
  readonly #lineKeys = new Map<Line, string>();
  #room = MAX_TEXTS;
  #isCut = false;

  constructor(definition: ExplainedExecution["definition"]) {
    this.#index = new VisitIndex(definition);
  }

  take(event: HistoryEvent): void {
    this.#index.take(event);
    const visit = this.#index.place(event.id)?.visit;
    if (visit === undefined) return;
    if (visit.enteredEventId === event.id) this.#entered(event, visit);
    const recorded = this.#byVisit.get(visit);
    if (recorded !== undefined && visit.exitedEventId === event.id) {
      recorded.output = this.#payload(detailOf(event, "output"));
    }
  }

  recorded(status: ExplainedExecution["status"]): RecordedExecution {
    return { status, visits: this.#visits, isCut: this.#isCut };
  }

  #entered(event: HistoryEvent, visit: StateVisit): void {
    if (this.#visits.length >= MAX_VISITS) {
      this.#isCut = true;
      return;
    }
    const key = `${this.#lineKey(visit.line)}${visit.name}#${visit.number}`;
    const input = this.#payload(detailOf(event, "input"));
    const recorded = { visit, key, input, output: undefined };
    this.#visits.push(recorded);
    this.#byVisit.set(visit, recorded);
  }

  #lineKey(line: Line): string {
    const known = this.#lineKeys.get(line);
    if (known !== undefined) return known;
    const { parent, index, attempt } = line;
    const key =
      parent === undefined
        ? ""
        : `${this.#lineKey(parent.line)}${parent.name}#${parent.number}/${attempt}[${index}]/`;
    this.#lineKeys.set(line, key);
    return key;
  }

  #payload(text: string | undefined): RecordedPayload | undefined {
    if (text === undefined) return undefined;
    const isKept = text.length <= MAX_TEXT && text.length <= this.#room;
    if (isKept) this.#room -= text.length;
    return { length: text.length, hash: hashOf(text), text: isKept ? text : undefined };
  }
}

/** 53 bits out of two multiplicative hashes: no defence against anybody, enough to notice changes. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

/** Retries of a visit, and the error that it ended with; undefined: none. */
export function outcomeOf(visit: StateVisit): {
  readonly retries: number;
  readonly error: string | undefined;
} {
  return { retries: retriesOf(visit), error: visit.failures.at(-1)?.error };
}
