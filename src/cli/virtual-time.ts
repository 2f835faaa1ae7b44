/** Time that does not wait: it jumps to the next timer whenever nothing else can happen. */
import { DueHeap } from "../engine/due-heap.ts";
import type { Due } from "../engine/due-heap.ts";
import type { Clock, ExpressionEvaluator, TaskReport, TaskRunner } from "../engine/ports.ts";

/** Turns of the event loop without anything to do after which nothing more happens by itself. */
const QUIET_TURNS = 3;
/** An execution lives one year at most (AWS); what is due later belongs to no execution. */
const HORIZON_MS = 2 * 365 * 86_400_000;

/** Clocks of this process that look whether they may move on: each has one immediate for that. */
let lookers = 0;

interface Alarm extends Due {
  readonly callback: () => void;
}

/**
 * A clock for one process that runs executions and nothing else. It stands still while calls and
 * expressions it was told of (`tasks`, `expressions`) are out, as long as those take in real time.
 */
export class VirtualTime implements Clock {
  readonly #alarms = new DueHeap<Alarm>();
  readonly #horizon: number;
  #now: number;
  /** Calls and expressions that are out. */
  #busy = 0;
  /** Grows whenever something happens. */
  #happenings = 0;
  #isLooking = false;
  #isStalled = false;

  /** @param now Epoch milliseconds at the beginning. */
  constructor(now: number) {
    this.#now = now;
    this.#horizon = now + HORIZON_MS;
  }

  /** Whether nothing is out and no timer is left: nothing can happen any more by itself. */
  get isStalled(): boolean {
    return this.#isStalled;
  }

  /** Somebody has asked the engine for something. */
  asked(): void {
    this.#happened();
  }

  now(): number {
    return this.#now;
  }

  schedule(dueAt: number, callback: () => void): () => void {
    const alarm: Alarm = { dueAt, position: -1, callback };
    this.#alarms.push(alarm);
    this.#happened();
    return () => {
      if (alarm.position >= 0) this.#alarms.remove(alarm);
    };
  }

  /** The runner, whose calls hold the time until they end or only wait. */
  tasks(runner: TaskRunner): TaskRunner {
    return {
      ...runner,
      run: (call, report) => {
        const over = this.#begin();
        const isCallback =
          call.resource.type === "Service" && call.resource.pattern === "WaitForTaskToken";
        const cancel = runner.run(call, holding(report, over, isCallback));
        return () => {
          over();
          cancel();
        };
      },
    };
  }

  /** The evaluator, whose requests hold the time. */
  expressions(evaluator: ExpressionEvaluator): ExpressionEvaluator {
    return { evaluate: (request) => evaluator.evaluate(request).finally(this.#begin()) };
  }

  #begin(): () => void {
    let isOver = false;
    this.#busy++;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#busy--;
      this.#happened();
    };
  }

  #happened(): void {
    this.#happenings++;
    this.#isStalled = false;
    if (this.#isLooking || this.#busy > 0) return;
    this.#isLooking = true;
    lookers++;
    this.#look(0, this.#happenings);
  }

  /** Moves on once the event loop has had nothing to do for some turns. */
  #look(quiet: number, happenings: number): void {
    setImmediate(() => {
      if (this.#busy > 0) {
        this.#stopLooking();
        return;
      }
      const isQuiet = happenings === this.#happenings && !hasImmediates();
      if (!isQuiet || quiet < QUIET_TURNS) {
        this.#look(isQuiet ? quiet + 1 : 0, this.#happenings);
        return;
      }
      this.#stopLooking();
      this.#moveOn();
    });
  }

  #stopLooking(): void {
    this.#isLooking = false;
    lookers--;
  }

  #moveOn(): void {
    const next = this.#alarms.peek();
    if (next === undefined || next.dueAt > this.#horizon) {
      this.#isStalled = true;
      return;
    }
    this.#now = Math.max(this.#now, next.dueAt);
    this.#alarms.remove(next);
    next.callback();
    this.#happened();
  }
}

/** The engine's own next steps are immediates; the looks of other clocks are no work. */
function hasImmediates(): boolean {
  const waiting = process.getActiveResourcesInfo().filter((kind) => kind === "Immediate");
  return waiting.length > lookers - 1;
}

/** A report that tells when the call is over, or has been handed to somebody else. */
function holding(report: TaskReport, over: () => void, isCallback: boolean): TaskReport {
  return {
    started: () => report.started(),
    submitted(output) {
      report.submitted(output);
      if (isCallback) over();
    },
    waits() {
      report.waits();
      over();
    },
    succeeded(output) {
      report.succeeded(output);
      over();
    },
    failed(error, cause, kind) {
      report.failed(error, cause, kind);
      over();
    },
  };
}
