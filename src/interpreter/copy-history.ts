/**
 * Copies the beginning of an execution's journal for another execution, whose definition may have been
 * edited: that one then has the same past, and goes on from there (`adopt-history.ts`).
 */
import { decodeEvent, encodeEvent, readRow } from "./codec.ts";
import type { Event, EventKind } from "./event.ts";
import { evolve, frameOf, HIDDEN } from "./evolve.ts";
import type { Execution } from "./execution.ts";

/** The recorded past cannot be that of the edited definition, or ends where nothing can go on. */
export class HistoryMismatch extends Error {
  override readonly name = "HistoryMismatch";
}

/**
 * After these an execution can go on: everything that was under way then can be begun again. The
 * others stand in the middle of a failure that spreads, or end the execution.
 */
const ENDS_OF_COPIES: ReadonlySet<EventKind> = new Set<EventKind>([
  "ExecutionStarted",
  "ExecutionRedriven",
  "StateEntered",
  "StateExited",
  "TaskScheduled",
  "TaskStarted",
  "TaskSubmitted",
  "TaskSucceeded",
  "TaskFailed",
  "ParallelStarted",
  "MapStarted",
  "IterationStarted",
  "IterationSucceeded",
  "ForkSucceeded",
  "ForkFailed",
  "DistributedMapStarted",
  "MapRunStarted",
]);

export class HistoryCopy {
  readonly #source: Execution;
  readonly #target: Execution;
  readonly #lastEventId: number;
  #last: Event | undefined;

  /**
   * Both executions are new ones; they are folded on the way. `lastEventId`: the last public event of
   * the source that is copied.
   */
  constructor(source: Execution, target: Execution, lastEventId: number) {
    this.#source = source;
    this.#target = target;
    this.#lastEventId = lastEventId;
  }

  /** Whether all events are copied. */
  get isComplete(): boolean {
    return this.#source.lastEventId >= this.#lastEventId;
  }

  /** The frame that the last event is about; undefined: none that is still there. */
  get lastFrame(): number | undefined {
    const event = this.#last;
    if (event === undefined || !("frame" in event)) return event === undefined ? undefined : 0;
    return this.#target.frames.has(event.frame) ? event.frame : undefined;
  }

  /**
   * Copies one row of the source's journal; answers its text for the target's, "" if no event of it
   * is left. Throws HistoryMismatch, with the state and the event.
   */
  copy(body: string, at: number): string {
    let text = "";
    for (const encoded of readRow(body)) {
      if (this.isComplete) break;
      const recorded = decodeEvent(encoded, this.#source);
      const adapted = this.#adapt(recorded);
      text += (text === "" ? "[" : ",") + encodeEvent(adapted, this.#target);
      evolve(this.#target, adapted, at);
      if (evolve(this.#source, recorded, at) !== HIDDEN) this.#last = adapted;
    }
    return text === "" ? "" : `${text}]`;
  }

  /** Throws HistoryMismatch if nothing can go on after the last event. */
  finish(): void {
    const { lastEventId } = this.#source;
    if (lastEventId < this.#lastEventId) {
      throw new HistoryMismatch(
        `There is no event ${this.#lastEventId}: the history has ${lastEventId} events`,
      );
    }
    if (this.#last === undefined || !ENDS_OF_COPIES.has(this.#last.kind)) {
      throw new HistoryMismatch(
        `Nothing can go on after event ${lastEventId} (${this.#last?.kind}); take an event at which a ` +
          "state is entered or left, or a task is scheduled, succeeds or fails",
      );
    }
  }

  #adapt(event: Event): Event {
    if (event.kind === "StateEntered") this.#checkEntered(event);
    if (event.kind === "ParallelStarted") this.#checkBranches(event);
    return event.kind === "StateExited" ? this.#exit(event) : event;
  }

  #checkEntered(event: Event & { readonly kind: "StateEntered" }): void {
    const { name } = event;
    const recorded = frameOf(this.#source, event.frame).machine.states.get(name);
    const edited = frameOf(this.#target, event.frame).machine.states.get(name);
    if (edited?.type === recorded?.type) return;
    const what = edited === undefined ? "is not there" : `has become a ${edited.type} state`;
    throw this.#mismatch(name, `${what} in the edited definition`);
  }

  /** Branches have frames of their own from the start. */
  #checkBranches(event: Event & { readonly kind: "ParallelStarted" }): void {
    const recorded = frameOf(this.#source, event.frame).state;
    const edited = frameOf(this.#target, event.frame).state;
    if (recorded?.type !== "Parallel" || edited?.type !== "Parallel") return;
    const [before, now] = [recorded.branches.length, edited.branches.length];
    if (before === now) return;
    throw this.#mismatch(edited.name, `has ${now} branches instead of ${before}`);
  }

  /** The last state that is left goes where the edited definition says, if it has one way out. */
  #exit(event: Event & { readonly kind: "StateExited" }): Event {
    const frame = frameOf(this.#target, event.frame);
    const { state, machine } = frame;
    const isLast = this.#source.lastEventId + 1 === this.#lastEventId;
    const recorded = frameOf(this.#source, event.frame).state;
    const wasLinear = nextOf(recorded) === event.next;
    const next = isLast && wasLinear ? nextOf(state) : event.next;
    if (next !== undefined && !machine.states.has(next)) {
      throw this.#mismatch(next, `follows '${state?.name}', but is not in the edited definition`);
    }
    return { ...event, next };
  }

  #mismatch(state: string, what: string): HistoryMismatch {
    const id = this.#source.lastEventId + 1;
    return new HistoryMismatch(`Event ${id}: state '${state}' ${what}`);
  }
}

/** Where a state goes that has one way out. */
function nextOf(state: Execution["root"]["state"]): string | undefined {
  return state !== undefined && "next" in state ? state.next : undefined;
}
