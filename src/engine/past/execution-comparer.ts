/** Compares two executions out of their histories. */
import {
  compareExecutions,
  type Comparison,
} from "../../interpreter/compare/compare-executions.ts";
import { VisitRecorder, type RecordedExecution } from "../../interpreter/compare/recorded-visit.ts";
import type { HistoryEvent } from "../../interpreter/history.ts";
import type { ExecutionLoader, MachineDirectory } from "../execution-loader.ts";
import type { ExecutionReader } from "../execution-reader.ts";
import { foldJournal } from "../journal-fold.ts";
import type { ExecutionRecord, Store } from "../ports.ts";

export interface ExecutionComparerParts {
  readonly store: Pick<Store, "readJournal">;
  readonly loader: Pick<ExecutionLoader, "blank">;
  readonly reader: Pick<ExecutionReader, "find">;
  readonly directory: Pick<MachineDirectory, "definitions">;
}

export interface ComparedExecutions extends Comparison {
  readonly first: ComparedExecution;
  readonly second: ComparedExecution;
  /** Whether both ran definitions of the same text. */
  readonly sameDefinition: boolean;
}

export interface ComparedExecution {
  readonly executionArn: string;
  readonly status: RecordedExecution["status"];
  /** UUID; undefined: the revision the state machine was created with. */
  readonly revisionId: string | undefined;
}

/** The execution that does not exist. */
export interface MissingExecution {
  readonly missing: string;
}

export class ExecutionComparer {
  readonly #parts: ExecutionComparerParts;

  constructor(parts: ExecutionComparerParts) {
    this.#parts = parts;
  }

  /** Rejects with StoreUnavailable. */
  async compare(arn: string, otherArn: string): Promise<ComparedExecutions | MissingExecution> {
    const [record, other] = [
      await this.#parts.reader.find(arn),
      await this.#parts.reader.find(otherArn),
    ];
    if (record === undefined) return { missing: arn };
    if (other === undefined) return { missing: otherArn };
    const first = await this.#record(record);
    const second = await this.#record(other);
    const { revision } = await this.#parts.directory.definitions.get(record.revisionId);
    const { revision: otherRevision } = await this.#parts.directory.definitions.get(
      other.revisionId,
    );
    return {
      first: { executionArn: arn, status: first.status, revisionId: revision.revision },
      second: { executionArn: otherArn, status: second.status, revisionId: otherRevision.revision },
      sameDefinition: revision.definition === otherRevision.definition,
      ...compareExecutions(first, second),
    };
  }

  async #record(record: ExecutionRecord): Promise<RecordedExecution> {
    const execution = await this.#parts.loader.blank(record);
    const recorder = new VisitRecorder(execution.definition);
    const observe = (event: HistoryEvent): void => recorder.take(event);
    await foldJournal(this.#parts.store, record.id, execution, () => observe);
    return recorder.recorded(execution.status);
  }
}
