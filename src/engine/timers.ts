/** When each execution must be woken next: one entry per execution, whether in memory or not. */
import { DueHeap } from "./due-heap.ts";
import type { Due } from "./due-heap.ts";
import type { Clock } from "./ports.ts";
import { Turns } from "./turns.ts";

interface Wake extends Due {
  readonly executionId: number;
}

/**
 * Wakes executions, never early. An execution keeps its own timers and asks here for the earliest
 * one; so a million waiting executions are a million entries here and nothing else.
 */
export class Timers {
  readonly #clock: Clock;
  readonly #heap = new DueHeap<Wake>();
  readonly #byExecution = new Map<number, Wake>();
  readonly #turns: Turns<number>;
  #armedFor = Infinity;
  #disarm: (() => void) | undefined;
  #stopped = false;

  /** `wake` is called once for each entry that became due; the entry is gone then. */
  constructor(clock: Clock, wake: (executionId: number) => void) {
    this.#clock = clock;
    this.#turns = new Turns(wake);
  }

  get size(): number {
    return this.#heap.size;
  }

  /** Wakes the execution at `dueAt` (epoch ms) and not at the time asked for before; Infinity: never. */
  set(executionId: number, dueAt: number): void {
    const present = this.#byExecution.get(executionId);
    if (dueAt === Infinity) {
      if (present !== undefined) this.#remove(present);
      return;
    }
    if (present === undefined) {
      const wake: Wake = { executionId, dueAt, position: -1 };
      this.#byExecution.set(executionId, wake);
      this.#heap.push(wake);
    } else if (present.dueAt !== dueAt) {
      this.#heap.move(present, dueAt);
    }
    this.#arm();
  }

  clear(executionId: number): void {
    const present = this.#byExecution.get(executionId);
    if (present !== undefined) this.#remove(present);
  }

  /** No execution is woken any more. */
  stop(): void {
    this.#stopped = true;
    this.#disarm?.();
    this.#turns.stop();
  }

  #remove(wake: Wake): void {
    this.#heap.remove(wake);
    this.#byExecution.delete(wake.executionId);
  }

  /** A callback that comes too soon because its entry was removed only arms the next one. */
  #arm(): void {
    const first = this.#heap.peek();
    if (first === undefined || first.dueAt >= this.#armedFor || this.#stopped) return;
    this.#disarm?.();
    this.#armedFor = first.dueAt;
    this.#disarm = this.#clock.schedule(first.dueAt, () => this.#fire());
  }

  #fire(): void {
    this.#armedFor = Infinity;
    this.#disarm = undefined;
    const now = this.#clock.now();
    for (let first = this.#heap.peek(); first !== undefined; first = this.#heap.peek()) {
      if (first.dueAt > now) break;
      this.#remove(first);
      this.#turns.add(first.executionId);
    }
    this.#arm();
  }
}
