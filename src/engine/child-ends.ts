/**
 * Tells the parents of Map Runs which of their children have ended. What ends in one turn of the event
 * loop (most often: with one commit) is one signal, so that a parent has not a row for each child.
 */
import type { ChildEnd, MapRunAttempt } from "../interpreter/signal.ts";
import type { SignalSink } from "./signal-sink.ts";

/** Ends in one signal. */
const MOST_ENDS = 500;

interface Gathered {
  readonly parentId: number;
  readonly attempt: MapRunAttempt;
  readonly ends: ChildEnd[];
}

export class ChildEnds {
  readonly #sink: SignalSink;
  /** By parent, run and attempt. */
  readonly #gathered = new Map<string, Gathered>();
  #scheduled = false;

  constructor(sink: SignalSink) {
    this.#sink = sink;
  }

  /** The end must be durable. */
  report(parentId: number, attempt: MapRunAttempt, end: ChildEnd): void {
    const key = `${parentId}:${attempt.run.startedEventId}:${attempt.redriveCount}`;
    let gathered = this.#gathered.get(key);
    if (gathered === undefined) {
      gathered = { parentId, attempt, ends: [] };
      this.#gathered.set(key, gathered);
    }
    gathered.ends.push(end);
    if (gathered.ends.length >= MOST_ENDS) {
      this.#gathered.delete(key);
      this.#send(gathered);
    }
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const all = [...this.#gathered.values()];
      this.#gathered.clear();
      for (const one of all) this.#send(one);
    });
  }

  #send({ parentId, attempt, ends }: Gathered): void {
    this.#sink.insist(parentId, { type: "ChildrenEnded", ...attempt, ends });
  }
}
