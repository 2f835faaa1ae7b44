/** Gathers what changed for a moment, so that clients hear of a thousand starts in one message. */
import type { Clock, StatusChange } from "../engine/ports.ts";
import type { Output } from "../api/operation.ts";
import { seconds } from "../api/time.ts";

/** What changed since the last message. */
export type Changes = {
  /** As ListExecutions lists them; the newest state of each. */
  readonly executions: readonly Output[];
  /** ARNs of state machines, versions, aliases and activities. */
  readonly resources: readonly string[];
  /** False: more changed than is told here. */
  readonly isComplete: boolean;
};

/** Time between two messages, in milliseconds. */
const INTERVAL_MS = 200;
/** Executions, and resources, in one message. */
const MAX_CHANGES = 200;

/** Hands over what was gathered at most five times a second; with nothing to tell it does nothing. */
export class ChangeBatch {
  readonly #clock: Clock;
  readonly #flushed: (changes: Changes) => void;
  readonly #executions = new Map<string, Output>();
  readonly #resources = new Set<string>();
  #isComplete = true;
  #isScheduled = false;

  constructor(clock: Clock, flushed: (changes: Changes) => void) {
    this.#clock = clock;
    this.#flushed = flushed;
  }

  addExecution(change: StatusChange): void {
    const { executionArn } = change;
    if (this.#executions.size >= MAX_CHANGES && !this.#executions.has(executionArn)) {
      this.#isComplete = false;
    } else {
      this.#executions.set(executionArn, summary(change));
    }
    this.#schedule();
  }

  addResource(arn: string): void {
    if (this.#resources.size >= MAX_CHANGES) this.#isComplete = false;
    else this.#resources.add(arn);
    this.#schedule();
  }

  /** Something changed that cannot be named. */
  addUnknown(): void {
    this.#isComplete = false;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#clock.schedule(this.#clock.now() + INTERVAL_MS, () => this.#flush());
  }

  #flush(): void {
    const executions = [...this.#executions.values()];
    const changes = { executions, resources: [...this.#resources], isComplete: this.#isComplete };
    this.#executions.clear();
    this.#resources.clear();
    this.#isComplete = true;
    this.#isScheduled = false;
    this.#flushed(changes);
  }
}

function summary(change: StatusChange): Output {
  const { executionArn, stateMachineArn, name, status, startedAt, stoppedAt } = change;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: seconds(startedAt),
    stopDate: stoppedAt === undefined ? undefined : seconds(stoppedAt),
  };
}
