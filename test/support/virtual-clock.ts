/** Time that moves only when a test says so. */
import type { Clock } from "../../src/engine/ports.ts";

interface Alarm {
  readonly dueAt: number;
  readonly order: number;
  readonly callback: () => void;
}

export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #alarms = new Set<Alarm>();

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  schedule(dueAt: number, callback: () => void): () => void {
    const alarm = { dueAt, order: this.#order++, callback };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Epoch ms of the next alarm; Infinity if there is none. */
  get nextAlarm(): number {
    return this.#next()?.dueAt ?? Infinity;
  }

  /** Moves on to `time` and calls what is due, alarms that come up on the way too. */
  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time);
    for (let alarm = this.#next(); alarm !== undefined; alarm = this.#next()) {
      if (alarm.dueAt > this.#now) return;
      this.#alarms.delete(alarm);
      alarm.callback();
    }
  }

  /** What a wall clock does that somebody sets; alarms stay. */
  jumpBack(milliseconds: number): void {
    this.#now -= milliseconds;
  }

  /** Forgets all alarms: their process is dead. */
  clear(): void {
    this.#alarms.clear();
  }

  #next(): Alarm | undefined {
    let next: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (next === undefined || alarm.dueAt < next.dueAt) next = alarm;
      else if (alarm.dueAt === next.dueAt && alarm.order < next.order) next = alarm;
    }
    return next;
  }
}
