/** Brings executions back from the store. */
import { newExecution } from "../interpreter/execution.ts";
import type { Execution } from "../interpreter/execution.ts";
import type { Catalog } from "./catalog/catalog.ts";
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import { executionArn } from "./execution-arn.ts";
import { foldJournal } from "./journal-fold.ts";
import type { EngineLimits } from "./limits.ts";
import { LiveExecution } from "./live-execution.ts";
import type { Clock, ExecutionRecord, Store } from "./ports.ts";

/** What the engine asks of the catalog; `Catalog` is one. */
export interface MachineDirectory {
  readonly machines: Pick<Catalog["machines"], "findById" | "findEvenDeleted">;
  readonly definitions: Pick<Catalog["definitions"], "peek" | "get">;
}

export interface ExecutionLoaderParts {
  readonly store: Pick<Store, "readExecution" | "readJournal">;
  readonly directory: MachineDirectory;
  readonly clock: Clock;
  readonly limits: EngineLimits;
}

export class ExecutionLoader {
  readonly #parts: ExecutionLoaderParts;

  constructor(parts: ExecutionLoaderParts) {
    this.#parts = parts;
  }

  /** The execution if it is running, else "Closed" or "Unknown". Rejects as `foldJournal`. */
  async load(executionId: number): Promise<LiveExecution | "Closed" | "Unknown"> {
    const record = await this.#parts.store.readExecution(executionId);
    if (record === undefined) return "Unknown";
    if (record.status !== "RUNNING") return "Closed";
    return this.revive(record);
  }

  /** Folds the journal of a running execution. */
  async revive(record: ExecutionRecord): Promise<LiveExecution> {
    const execution = await this.blank(record);
    const journal = await foldJournal(this.#parts.store, record.id, execution);
    return new LiveExecution(record, execution, journal, this.#parts.clock.now());
  }

  /** The execution of a record before its first event. */
  async blank(record: ExecutionRecord): Promise<Execution> {
    const machine = this.#parts.directory.machines.findById(record.machineId);
    if (machine === undefined)
      throw new Error(`state machine ${record.machineId} is not in the catalog`);
    const compiled = await this.#parts.directory.definitions.get(record.revisionId);
    const arn = executionArn(machine.arn, record.name);
    return this.create(machine, compiled, record.name, arn, record.startedAt);
  }

  create(
    machine: StateMachine,
    { revision, definition }: CompiledRevision,
    name: string,
    arn: string,
    startedAt: number,
  ): Execution {
    const info = {
      arn,
      name,
      roleArn: revision.roleArn,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
      startedAt,
    };
    return newExecution(info, definition, this.#parts.limits.execution);
  }
}
