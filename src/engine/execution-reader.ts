/** Answers questions about executions out of memory and the store; only what is durable is told. */
import type { Execution } from "../interpreter/execution.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import { replay } from "../interpreter/replay.ts";
import {
  childArn,
  executionArn,
  parseExecutionArn,
  parseExpressChildArn,
} from "./execution-arn.ts";
import { asRunning, describeExecution } from "./execution-description.ts";
import { decodeDetails } from "./execution-details.ts";
import { belongsToMachineInService, machineIdOf } from "./execution-loader.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import { withOrigin } from "./execution-origin.ts";
import type {
  ExecutionDescription,
  ExecutionService,
  ExecutionSummary,
} from "./execution-service.ts";
import { foldJournal } from "./journal-fold.ts";
import { childStatusShown, liveRunOf } from "./child-status.ts";
import { collectionId, isChildOfMapRun, parseChildName } from "./map-run-names.ts";
import { StoreUnavailable } from "./ports.ts";
import type { Clock, ExecutionRecord, Store } from "./ports.ts";
import type { RecentlyClosed } from "./recently-closed.ts";
import type { Shard } from "./shard.ts";

export interface ExecutionReaderParts {
  readonly store: Pick<Store, "findExecution" | "readJournal" | "listExecutions">;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly shard: Pick<Shard, "findLive" | "live">;
  readonly recentlyClosed: RecentlyClosed;
  readonly clock: Pick<Clock, "now">;
}

/** Looks at the store for one description. */
const MAX_TRIES = 3;

type ListQuery = Parameters<ExecutionService["list"]>[0];
type HistoryPage = Parameters<ExecutionService["history"]>[1];

export class ExecutionReader {
  readonly #parts: ExecutionReaderParts;

  constructor(parts: ExecutionReaderParts) {
    this.#parts = parts;
  }

  /** The durable record of an execution's ARN. */
  async find(arn: string): Promise<ExecutionRecord | undefined> {
    const names = parseExecutionArn(arn) ?? parseExpressChildArn(arn);
    if (names === undefined) return undefined;
    const run = parseChildName(names.name);
    if (run !== undefined && names.machineArn.includes("/")) {
      const child = await this.#parts.store.findExecution(collectionId(run), names.name);
      return child !== undefined && (await this.#arnOf(child)) === arn ? child : undefined;
    }
    const machine = this.#parts.directory.machines.findEvenDeleted(names.machineArn);
    if (machine === undefined) return undefined;
    return this.#parts.store.findExecution(machine.id, names.name);
  }

  /** Undefined: its state machine is gone. */
  async #arnOf(record: ExecutionRecord): Promise<string | undefined> {
    const machine = this.#parts.directory.machines.findById(machineIdOf(record));
    const { child } = decodeDetails(record.details);
    return machine && child && childArn(`${machine.arn}/${child.label}`, record.name, child.type);
  }

  async describe(arn: string): Promise<ExecutionDescription | undefined> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const description = await this.#look(arn);
      if (description !== "Changed") return description;
    }
    throw new StoreUnavailable("The execution keeps changing; try again later");
  }

  /** "Changed": it was redriven between two looks at the store. */
  async #look(arn: string): Promise<ExecutionDescription | "Changed" | undefined> {
    const live = this.#parts.shard.findLive(arn);
    if (live?.isStored === true) return this.#describe(live.execution, asRunning(live.record));
    const closed = this.#parts.recentlyClosed.find(arn);
    if (closed !== undefined) return this.#describe(closed.execution, closed.record);
    const record = await this.find(arn);
    if (record === undefined) return undefined;
    const execution = await this.#parts.loader.blank(record);
    if (record.status === "RUNNING") {
      await this.#readStart(record, execution);
    } else {
      await foldJournal(this.#parts.store, record.id, execution);
      const { redrives, child } = decodeDetails(record.details);
      const isExpress = child?.type === "EXPRESS";
      if (!isExpress && execution.redrive?.count !== redrives?.count) return "Changed";
    }
    return this.#describe(execution, this.#shown(record));
  }

  #describe(execution: Execution, record: ExecutionRecord): ExecutionDescription {
    const { directory, clock, shard } = this.#parts;
    const isInService = belongsToMachineInService(directory, record);
    const isPendingRedrive =
      isChildOfMapRun(record) &&
      childStatusShown(liveRunOf(shard, record), record) === "PENDING_REDRIVE";
    return describeExecution(execution, record, {
      isInService,
      now: clock.now(),
      isPendingRedrive,
    });
  }

  /** An EXPRESS child that runs again has a record of its end only. */
  #shown(record: ExecutionRecord): ExecutionRecord {
    if (!isChildOfMapRun(record)) return record;
    const status = childStatusShown(liveRunOf(this.#parts.shard, record), record);
    return status === "RUNNING" ? asRunning(record) : record;
  }

  /** The input an execution was started with. */
  async input(record: ExecutionRecord): Promise<Execution["input"]> {
    const execution = await this.#parts.loader.blank(record);
    await this.#readStart(record, execution);
    return execution.input;
  }

  async history(
    arn: string,
    page: HistoryPage,
  ): Promise<{ readonly events: readonly HistoryEvent[]; readonly lastId: number } | undefined> {
    const record = await this.find(arn);
    if (record === undefined) return undefined;
    let { afterId } = page;
    if (page.reverse) {
      const { lastEventId } = await this.#fold(record, undefined);
      afterId = lastEventId - page.afterId - page.limit;
    }
    const end = afterId + page.limit;
    const events: HistoryEvent[] = [];
    const observe = (event: HistoryEvent): void => {
      if (event.id > afterId && event.id <= end) events.push(event);
    };
    const { lastEventId } = await this.#fold(record, (execution) =>
      execution.lastEventId < end ? observe : undefined,
    );
    if (page.reverse) events.reverse();
    return { events: withOrigin(events, record), lastId: lastEventId };
  }

  async list({ machine, status, after, limit }: ListQuery): Promise<ExecutionSummary[]> {
    const query = { machineId: machine.id, status, after, limit };
    const records = await this.#parts.store.listExecutions(query);
    return (
      records
        // Earlier ones belong to a deleted state machine of the same name.
        .filter(({ startedAt }) => startedAt >= machine.createdAt)
        .map((record) => this.summarize(record, machine.arn))
    );
  }

  /** One line of a list. */
  summarize(record: ExecutionRecord, machineArn: string): ExecutionSummary {
    const { versionArn, aliasArn, redrives } = decodeDetails(record.details);
    const { id, name, startedAt, stoppedAt } = record;
    const arn = executionArn(machineArn, name);
    const state = { status: record.status, startedAt, stoppedAt };
    const redriven = { redriveCount: redrives?.count ?? 0, redrivenAt: redrives?.at };
    return { id, executionArn: arn, name, ...state, versionArn, aliasArn, ...redriven };
  }

  async #fold(
    record: ExecutionRecord,
    observerOf: Parameters<typeof foldJournal>[3],
  ): Promise<Execution> {
    const execution = await this.#parts.loader.blank(record);
    await foldJournal(this.#parts.store, record.id, execution, observerOf);
    return execution;
  }

  /** The first row holds the input, and that is all a running execution's description needs. */
  async #readStart(record: ExecutionRecord, execution: Execution): Promise<void> {
    const [row] = await this.#parts.store.readJournal(record.id, 0, 1);
    if (row === undefined) throw new Error(`execution ${record.id} has no journal`);
    replay(execution, row.body, row.at);
  }
}
