/** StartExecution of STANDARD state machines. */
import type { CompiledRevision } from "./catalog/definition-cache.ts";
import { KeyedLock } from "./catalog/keyed-lock.ts";
import { jsonEquals } from "../json/equal.ts";
import { executionArn } from "./execution-arn.ts";
import { decodeDetails, encodeDetails } from "./execution-details.ts";
import { isInService } from "./execution-loader.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { ExecutionReader } from "./execution-reader.ts";
import type { StartRequest, StartResult } from "./execution-service.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { OpenExecutions } from "./open-executions.ts";
import { LiveExecution } from "./live-execution.ts";
import type { Clock, ExecutionRecord, Randomness, Store } from "./ports.ts";
import { StoreUnavailable } from "./ports.ts";
import type { Shard } from "./shard.ts";

export interface StarterParts {
  readonly store: Pick<Store, "findExecution">;
  readonly commit: GroupCommit;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly reader: ExecutionReader;
  readonly shard: Shard;
  readonly open: OpenExecutions;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

const NO_JOURNAL = { rows: 0, characters: 0 };

export class Starter {
  readonly #parts: StarterParts;
  readonly #names = new KeyedLock();

  constructor(parts: StarterParts) {
    this.#parts = parts;
  }

  /** Resolves when the start is durable; idempotent by name as AWS is, also across restarts. */
  start(request: StartRequest, compiled: CompiledRevision): Promise<StartResult> {
    const { name, machine } = request;
    // A generated name is nobody else's: no question to the store.
    if (name === undefined) return this.#begin(request, compiled, this.#parts.randomness.uuid());
    return this.#names.run(`${machine.id}:${name}`, async () => {
      const present = await this.#find(request, name);
      return present ?? this.#begin(request, compiled, name);
    });
  }

  /** The answer if an execution of the name exists. */
  async #find(request: StartRequest, name: string): Promise<StartResult | undefined> {
    const { store, shard, reader } = this.#parts;
    const { machine } = request;
    const arn = executionArn(machine.arn, name);
    const live = shard.findLive(arn);
    let record: ExecutionRecord | undefined;
    let input;
    if (live?.isStored === true && live.execution.status === "RUNNING") {
      ({ record } = live);
      ({ input } = live.execution);
    } else {
      record = await store.findExecution(machine.id, name);
      if (record === undefined) return undefined;
      if (record.status === "RUNNING") input = await reader.input(record);
    }
    const { startedBy } = request;
    const details = decodeDetails(record.details);
    const isRepeat = startedBy !== undefined && details.startedBy === startedBy;
    const isSame =
      input !== undefined &&
      jsonEquals(input, request.input) &&
      details.testCase === request.testCase;
    if (!isRepeat && !isSame) {
      return { type: "NameTaken", executionArn: arn };
    }
    return { type: "Started", executionArn: arn, startedAt: record.startedAt };
  }

  #begin(request: StartRequest, compiled: CompiledRevision, name: string): Promise<StartResult> {
    const { commit, loader, shard, clock, open } = this.#parts;
    const { machine, testCase } = request;
    // From here to the commit nothing waits, so a deletion finds every start in the store.
    if (!isInService(this.#parts.directory, machine))
      return Promise.resolve({ type: "MachineGone" });
    if (open.isFull) return Promise.resolve({ type: "TooManyOpen", limit: open.limit });
    if (commit.isFull) {
      return Promise.reject(
        new StoreUnavailable("Too much waits for the database; try again later"),
      );
    }
    const now = clock.now();
    // A state machine made again within the millisecond of its deletion is a little ahead.
    const startedAt = Math.max(now, machine.createdAt);
    const arn = executionArn(machine.arn, name);
    const record: ExecutionRecord = {
      id: commit.nextExecutionId(),
      machineId: machine.id,
      revisionId: request.revisionId,
      name,
      status: "RUNNING",
      startedAt,
      stoppedAt: undefined,
      details: encodeDetails(request),
      parkedUntil: undefined,
    };
    const execution = loader.create(machine, compiled, { arn, name, startedAt, testCase });
    const live = new LiveExecution(record, execution, compiled.revision.logging, NO_JOURNAL, now);
    open.opened();
    return new Promise((resolve, reject) => {
      shard.start(
        live,
        { type: "Started", input: request.input },
        {
          settled: () => resolve({ type: "Started", executionArn: arn, startedAt }),
          lost: (error) => {
            open.closed();
            reject(error);
          },
        },
      );
    });
  }
}
