/** What an execution is doing, read from its history: which states are active, and lines for what happened. */
import type { HistoryEvent } from "../../interpreter/history.ts";

/** A line is cut here. */
const MAX_TEXT = 300;

export interface ActiveState {
  readonly name: string;
  /** Epoch milliseconds of the oldest entry that is still inside. */
  readonly since: number;
  /** How many branches or items are in this state. */
  readonly count: number;
  /** How many were through already. */
  readonly done: number;
  /** Failed attempts that were retried or caught. */
  readonly failures: number;
  /** Of a Map state: items finished and items altogether. */
  readonly items: { readonly finished: number; readonly total: number } | undefined;
}

export interface ProgressLine {
  readonly kind: "entered" | "done" | "failed";
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

interface Activity {
  entered: number[];
  done: number;
  failures: number;
  finished: number;
  total: number | undefined;
}

/** Folds public history events, in order. Its size is bounded by the history's. */
export class ExecutionProgress {
  readonly #activities = new Map<string, Activity>();
  /** The state that each event belongs to, for events that do not name theirs. */
  readonly #stateOf = new Map<number, string>();

  /** Takes the next event; gives the lines to show for it. */
  apply(event: HistoryEvent): ProgressLine[] {
    const details = event.details ?? {};
    const own = event.type.endsWith("StateEntered") || event.type.endsWith("StateExited");
    const state = own ? String(details["name"]) : this.#stateOf.get(event.previousEventId);
    if (state !== undefined) this.#stateOf.set(event.id, state);
    if (state === undefined) return [];
    const activity = this.#activity(state);
    const line = (kind: ProgressLine["kind"], text: string): ProgressLine[] => [
      { kind, text: cut(text), at: event.at },
    ];
    if (event.type.endsWith("StateEntered")) {
      activity.entered.push(event.at);
      return line("entered", state);
    }
    if (event.type.endsWith("StateExited")) {
      const since = activity.entered.shift() ?? event.at;
      activity.done++;
      return line("done", `${state} (${seconds(event.at - since)})`);
    }
    if (event.type === "MapStateStarted") activity.total = Number(details["length"]);
    if (event.type === "MapIterationSucceeded" || event.type === "MapIterationFailed") {
      const map = this.#activities.get(String(details["name"]));
      if (map !== undefined) map.finished++;
    }
    if (!isFailure(event.type)) return [];
    activity.failures++;
    const { error, cause } = details;
    const reason = [error, cause].filter((part) => part !== undefined && part !== "").join(": ");
    return line("failed", `${state}: ${reason === "" ? event.type : reason}`);
  }

  /** The states that are active now, in order of entry. */
  active(): ActiveState[] {
    return [...this.#activities].flatMap(([name, activity]) => {
      const since = activity.entered[0];
      if (since === undefined) return [];
      const { done, failures, finished, total } = activity;
      const items = total === undefined ? undefined : { finished, total };
      return [{ name, since, count: activity.entered.length, done, failures, items }];
    });
  }

  #activity(state: string): Activity {
    let activity = this.#activities.get(state);
    if (activity === undefined) {
      activity = { entered: [], done: 0, failures: 0, finished: 0, total: undefined };
      this.#activities.set(state, activity);
    }
    return activity;
  }
}

/** Failures of attempts; those of the whole execution are told at the end. */
function isFailure(type: string): boolean {
  return /^(Task|LambdaFunction|Activity)(Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)$/.test(
    type,
  );
}

/** Milliseconds as seconds for people: 0.12 s, 3.0 s, 65 s. */
export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  return `${value.toFixed(value < 1 ? 2 : value < 60 ? 1 : 0)} s`;
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}
