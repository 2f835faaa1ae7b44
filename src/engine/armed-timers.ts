/** The armed timers of one execution in memory. */
import type { TimerId } from "../interpreter/signal.ts";
import { DueHeap } from "./due-heap.ts";
import type { Due } from "./due-heap.ts";

interface ArmedTimer extends Due {
  readonly timer: TimerId;
}

/** Timers that are no longer wanted stay until they are due: the decider ignores them. */
export class ArmedTimers {
  #heap: DueHeap<ArmedTimer> | undefined;

  /** Epoch milliseconds of the first one; Infinity if there is none. */
  get nextDueAt(): number {
    return this.#heap?.peek()?.dueAt ?? Infinity;
  }

  arm(timer: TimerId, dueAt: number): void {
    this.#heap ??= new DueHeap();
    this.#heap.push({ timer, dueAt, position: -1 });
  }

  /** Takes out a timer that is due at `now`; undefined if there is none. */
  takeDue(now: number): TimerId | undefined {
    const first = this.#heap?.peek();
    if (first === undefined || first.dueAt > now) return undefined;
    this.#heap?.pop();
    return first.timer;
  }
}
