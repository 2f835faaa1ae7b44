/** A decision between the decider and the disk. */
import type { Decision } from "../interpreter/decide.ts";
import type { CatalogChange } from "./catalog/catalog-writer.ts";
import type { Commitment } from "./group-commit.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { Observation } from "./observations.ts";
import type { ExecutionRecord, JournalRow, StoreUnavailable } from "./ports.ts";
import type { Reply } from "./reply.ts";

/** Who draws the consequences. */
export interface DecisionOwner {
  whenDurable(pending: DecisionCommitment): void;
  whenLost(pending: DecisionCommitment, error: StoreUnavailable): void;
}

export class DecisionCommitment implements Commitment {
  readonly executionId: number;
  record: ExecutionRecord | undefined = undefined;
  isNew = false;
  readonly earlierRows: readonly JournalRow[] | undefined;
  readonly row: JournalRow;
  readonly change: CatalogChange | undefined;
  batch = 0;
  readonly live: LiveExecution;
  readonly decision: Decision;
  readonly reply: Reply;
  /** Answers that rest on this decision without having caused it; undefined: none. */
  followers: { readonly reply: Reply; readonly settle: () => void }[] | undefined = undefined;
  /** What an observer is to be told once the decision is durable; undefined: nothing. */
  observation: Observation | undefined = undefined;
  readonly #owner: DecisionOwner;

  constructor(
    owner: DecisionOwner,
    live: LiveExecution,
    decision: Decision,
    row: JournalRow,
    reply: Reply,
  ) {
    this.#owner = owner;
    this.executionId = live.id;
    this.earlierRows = live.adopted?.rows;
    this.change = live.adopted?.change;
    this.live = live;
    this.decision = decision;
    this.row = row;
    this.reply = reply;
  }

  durable(): void {
    this.#owner.whenDurable(this);
  }

  lost(error: StoreUnavailable): void {
    this.#owner.whenLost(this, error);
  }
}
