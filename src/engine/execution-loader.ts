/** Brings executions back from the store. */
import { newExecution } from "../interpreter/execution.ts";
import type { Execution, ExecutionInfo } from "../interpreter/execution.ts";
import type { Catalog } from "./catalog/catalog.ts";
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import { childArn, executionArn } from "./execution-arn.ts";
import { decodeDetails } from "./execution-details.ts";
import type { ChildDetails } from "./execution-details.ts";
import { foldJournal } from "./journal-fold.ts";
import type { EngineLimits } from "./limits.ts";
import { LiveExecution } from "./live-execution.ts";
import { childDefinition } from "./child-definition.ts";
import { isChildOfMapRun } from "./map-run-names.ts";
import type { Clock, ExecutionRecord, Store } from "./ports.ts";

/** What the engine asks of the catalog; `Catalog` is one. */
export interface MachineDirectory {
  readonly machines: Pick<
    Catalog["machines"],
    "findById" | "findEvenDeleted" | "findDeleting" | "deleting" | "finishDeletion" | "list"
  >;
  readonly definitions: Pick<Catalog["definitions"], "peek" | "get" | "add">;
}

/** Whether a state machine that was looked up earlier still takes executions. */
export function isInService(directory: MachineDirectory, machine: StateMachine): boolean {
  const now = directory.machines.findById(machine.id);
  return now?.status === "ACTIVE" && now.createdAt === machine.createdAt;
}

/** Whether the state machine that the execution belongs to is there and not being deleted. */
export function belongsToMachineInService(
  directory: MachineDirectory,
  record: Pick<ExecutionRecord, "machineId" | "startedAt" | "details">,
): boolean {
  const { startedAt } = record;
  const machine = directory.machines.findById(machineIdOf(record));
  // Earlier ones belong to a deleted state machine of the same name.
  return machine?.status === "ACTIVE" && startedAt >= machine.createdAt;
}

/** Id of the catalog entry of an execution's state machine, also of a child's of a Map Run. */
export function machineIdOf(record: Pick<ExecutionRecord, "machineId" | "details">): number {
  if (!isChildOfMapRun(record)) return record.machineId;
  return decodeDetails(record.details).child?.machineId ?? record.machineId;
}

/** What an execution does not have from its state machine. */
type OwnFacts = Pick<ExecutionInfo, "arn" | "name" | "startedAt" | "testCase">;

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

  /** How many events one history can hold. */
  get historyEvents(): number {
    return this.#parts.limits.execution.historyEvents;
  }

  /** The execution if it is running, else "Closed" or "Unknown". Rejects as `foldJournal`. */
  async load(executionId: number): Promise<LiveExecution | "Closed" | "Unknown"> {
    const record = await this.#parts.store.readExecution(executionId);
    if (record === undefined) return "Unknown";
    if (record.status !== "RUNNING") return "Closed";
    return this.revive(record);
  }

  /** Folds the journal of an execution that is running, or is going to be redriven. */
  async revive(record: ExecutionRecord): Promise<LiveExecution> {
    const execution = await this.blank(record);
    const journal = await foldJournal(this.#parts.store, record.id, execution);
    const { revision } = await this.#parts.directory.definitions.get(record.revisionId);
    const now = this.#parts.clock.now();
    return new LiveExecution(record, execution, revision.logging, journal, now);
  }

  /** The execution of a record before its first event. */
  async blank(record: ExecutionRecord): Promise<Execution> {
    const { child, redrives, testCase } = decodeDetails(record.details);
    const machineId = child?.machineId ?? record.machineId;
    const machine = this.#parts.directory.machines.findById(machineId);
    if (machine === undefined) throw new Error(`state machine ${machineId} is not in the catalog`);
    const compiled = await this.#parts.directory.definitions.get(record.revisionId);
    const { name } = record;
    if (child !== undefined) {
      // An EXPRESS child does not go on when it is redriven, but starts again.
      const startedAt = (child.type === "EXPRESS" ? redrives?.at : undefined) ?? record.startedAt;
      const own = { name, startedAt, testCase };
      return this.createChild(machine, compiled, child, own, child.type);
    }
    const arn = executionArn(machine.arn, name);
    const { startedAt } = record;
    return this.create(machine, compiled, { arn, name, startedAt, testCase });
  }

  /** A child execution of a Map Run: it runs the Map state's item processor. */
  createChild(
    machine: StateMachine,
    { revision, definition }: CompiledRevision,
    { label, pointer }: Pick<ChildDetails, "label" | "pointer">,
    own: Omit<OwnFacts, "arn">,
    type: "STANDARD" | "EXPRESS" = "STANDARD",
  ): Execution {
    const stateMachineArn = `${machine.arn}/${label}`;
    const { name } = own;
    const info = {
      ...own,
      arn: childArn(stateMachineArn, name, type),
      roleArn: revision.roleArn,
      stateMachineArn,
      stateMachineName: machine.name,
    };
    return newExecution(info, childDefinition(definition, pointer), this.#parts.limits.execution);
  }

  create(
    machine: StateMachine,
    { revision, definition }: CompiledRevision,
    own: OwnFacts,
  ): Execution {
    const info = {
      ...own,
      roleArn: revision.roleArn,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
    };
    return newExecution(info, definition, this.#parts.limits.execution);
  }
}
