/** A STANDARD execution in memory. */
import type { Execution } from "../interpreter/execution.ts";
import { ArmedTimers } from "./armed-timers.ts";
import type { CatalogChange } from "./catalog/catalog-writer.ts";
import type { LoggingConfiguration } from "./catalog/configuration.ts";
import type { Commitment } from "./group-commit.ts";
import type { ExecutionRecord, JournalRow } from "./ports.ts";
import type { DecisionCommitment } from "./decision-commitment.ts";

/** The beginning of its journal, copied from another execution. */
export interface AdoptedPast {
  readonly rows: readonly JournalRow[];
  /** The revision that is its alone; undefined: it runs the other one's. */
  readonly change: CatalogChange | undefined;
}

export class LiveExecution {
  readonly id: number;
  readonly execution: Execution;
  readonly timers = new ArmedTimers();
  readonly logging: LoggingConfiguration;
  /** As it stands in the store once everything put so far is durable. */
  record: ExecutionRecord;
  /** The commitment that carries `record`; undefined: durable long ago. */
  recordHolder: Commitment | undefined = undefined;
  /** The details that its record gets with its redrive at that time; undefined: no redrive. */
  detailsAfterRedrive: ((at: number) => string) | undefined = undefined;
  /** What becomes durable with its first decision; undefined, as nearly always: nothing else. */
  adopted: AdoptedPast | undefined = undefined;
  /** Whether no decision of it was put yet. */
  isNew: boolean;
  /** Sequence of the next journal row. */
  nextSequence: number;
  /** Sum of the lengths of its journal rows. */
  characters: number;
  /** Decisions that are not durable yet. */
  uncommitted = 0;
  newest: DecisionCommitment | undefined = undefined;
  /** Whether its start, or the redrive that brought it here, is durable. */
  isStored: boolean;
  /** Whether it waits for its turn to go on by itself. */
  isContinuing = false;
  /** Whether a record that says that it is parked is on its way to the store. */
  isParking = false;
  /** Epoch milliseconds of the last signal. */
  touchedAt: number;
  /** Thrown out of memory: nothing may be decided on this object any more. */
  isGone = false;

  constructor(
    record: ExecutionRecord,
    execution: Execution,
    logging: LoggingConfiguration,
    journal: { readonly rows: number; readonly characters: number },
    now: number,
  ) {
    this.id = record.id;
    this.record = record;
    this.execution = execution;
    this.logging = logging;
    this.nextSequence = journal.rows;
    this.characters = journal.characters;
    this.isNew = journal.rows === 0;
    this.isStored = journal.rows > 0;
    this.touchedAt = now;
  }
}
