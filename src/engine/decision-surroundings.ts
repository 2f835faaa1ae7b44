/** What every decision is lent: its time, randomness, hashes and task tokens. */
import type { Execution } from "../interpreter/execution.ts";
import type { Surroundings, TaskId } from "../interpreter/signal.ts";
import { digest } from "./digest.ts";
import { mapRunUuid } from "./map-run-names.ts";
import type { Randomness } from "./ports.ts";
import type { Tokens } from "./tokens.ts";

/** One object for all decisions, which follow each other: call `prepare` before each. */
export class DecisionSurroundings implements Surroundings {
  at = 0;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly hash = digest;
  readonly token: (task: TaskId) => string;
  readonly mapRunUuid: (startedEventId: number) => string;
  #executionId = 0;
  #startedAt = 0;

  constructor(randomness: Randomness, tokens: Tokens) {
    this.random = () => randomness.number();
    this.uuid = () => randomness.uuid();
    this.token = (task) =>
      tokens.make({ executionId: this.#executionId, startedAt: this.#startedAt, task });
    this.mapRunUuid = (startedEventId) =>
      mapRunUuid({ executionId: this.#executionId, startedEventId }, randomness.uuid());
  }

  /** `now`: epoch milliseconds; events never go back in time, even if the clock does. */
  prepare(owner: { readonly id: number; readonly execution: Execution }, now: number): void {
    this.at = Math.max(now, owner.execution.lastAt);
    this.#executionId = owner.id;
    this.#startedAt = owner.execution.info.startedAt;
  }
}
