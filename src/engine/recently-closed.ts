/** Executions that closed a short time ago: clients that poll for the end ask for them next. */
import type { Execution } from "../interpreter/execution.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { ExecutionRecord } from "./ports.ts";

interface ClosedExecution {
  readonly record: ExecutionRecord;
  readonly execution: Execution;
  readonly characters: number;
}

/** Beside its journal an execution in memory costs about so many characters. */
const OVERHEAD = 2_000;

/** Holds the newest ones, bounded by the length of their journals. */
export class RecentlyClosed {
  readonly #byArn = new Map<string, ClosedExecution>();
  readonly #limit: number;
  #characters = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  find(arn: string): ClosedExecution | undefined {
    return this.#byArn.get(arn);
  }

  /** The execution may run again. */
  remove(arn: string): void {
    const closed = this.#byArn.get(arn);
    if (closed === undefined) return;
    this.#byArn.delete(arn);
    this.#characters -= closed.characters;
  }

  /** The execution's end must be durable. */
  put(live: LiveExecution): void {
    const { record, execution } = live;
    const characters = live.characters + OVERHEAD;
    this.remove(execution.info.arn);
    if (characters > this.#limit) return;
    this.#byArn.set(execution.info.arn, { record, execution, characters });
    this.#characters += characters;
    for (const [arn, oldest] of this.#byArn) {
      if (this.#characters <= this.#limit) break;
      this.#byArn.delete(arn);
      this.#characters -= oldest.characters;
    }
  }
}
