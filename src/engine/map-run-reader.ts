/** Answers questions about Map Runs; only what is durable is told. */
import type { Execution } from "../interpreter/execution.ts";
import { labelledMachineArn, mapRunArn as arnOfRun } from "../interpreter/map-run.ts";
import type { MapRun } from "../interpreter/map-run.ts";
import type { Signal } from "../interpreter/signal.ts";
import { childStatusShown } from "./child-status.ts";
import { childArn } from "./execution-arn.ts";
import { decodeDetails } from "./execution-details.ts";
import type { ExecutionLoader } from "./execution-loader.ts";
import type { ExecutionReader } from "./execution-reader.ts";
import type { ExecutionSummary } from "./execution-service.ts";
import { foldJournal } from "./journal-fold.ts";
import { collectionId, parseMapRunUuid } from "./map-run-names.ts";
import { describeMapRun } from "./map-run-service.ts";
import type {
  ChildrenPage,
  ChildrenQuery,
  MapRunChanges,
  MapRunDescription,
  MapRunService,
} from "./map-run-service.ts";
import type { ExecutionRecord, Store } from "./ports.ts";
import type { Shard } from "./shard.ts";

export interface MapRunReaderParts {
  readonly store: Pick<Store, "readExecution" | "readJournal" | "listExecutions">;
  readonly loader: ExecutionLoader;
  readonly reader: ExecutionReader;
  readonly shard: Pick<Shard, "live" | "signal">;
}

/** Closed executions that are remembered for the next question. */
const REMEMBERED = 4;
/** Rounds of reading for one answer; a page may be short or empty and more may follow. */
const MAX_ROUNDS = 10;

interface Found {
  readonly executionId: number;
  readonly execution: Execution;
  readonly run: MapRun;
}

export class MapRunReader implements MapRunService {
  readonly #parts: MapRunReaderParts;
  /** Closed executions that were folded last: of a large run that takes a while. */
  readonly #closed = new Map<number, Execution>();

  constructor(parts: MapRunReaderParts) {
    this.#parts = parts;
  }

  async describe(mapRunArn: string): Promise<MapRunDescription | undefined> {
    const found = await this.#find(mapRunArn);
    return found && describeMapRun(found.execution.info, found.run);
  }

  async list(executionArn: string): Promise<readonly MapRunDescription[] | undefined> {
    const record = await this.#parts.reader.find(executionArn);
    if (record === undefined) return undefined;
    const execution = await this.#execution(record.id);
    return execution?.mapRuns.map((run) => describeMapRun(execution.info, run));
  }

  async update(
    mapRunArn: string,
    changes: MapRunChanges,
  ): Promise<"Updated" | "Completed" | undefined> {
    const found = await this.#find(mapRunArn);
    if (found === undefined) return undefined;
    const { executionId, run } = found;
    if (run.status !== "RUNNING") return "Completed";
    const signal: Signal = { type: "MapRunUpdated", run: run.id, settings: changes };
    return new Promise((resolve, reject) => {
      this.#parts.shard.signal(executionId, signal, {
        settled: (result) => resolve(result === "Accepted" ? "Updated" : "Completed"),
        lost: reject,
      });
    });
  }

  async children(mapRunArn: string, query: ChildrenQuery): Promise<ChildrenPage | undefined> {
    const found = await this.#find(mapRunArn);
    if (found === undefined) return undefined;
    const { executionId, run, execution } = found;
    const { startedEventId } = run.id;
    const machineId = collectionId({ executionId, startedEventId });
    const machineArn = labelledMachineArn(execution.info, run.label);
    // Without a redrive the records say it all.
    const { status: wanted } = query;
    const status = run.redriveCount === 0 && wanted !== "PENDING_REDRIVE" ? wanted : undefined;
    const children: ExecutionSummary[] = [];
    let { after } = query;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const limit = query.limit + 1;
      const page = await this.#parts.store.listExecutions({ machineId, status, after, limit });
      for (const record of page) {
        const isWanted = isWantedChild(query, run, record);
        if (isWanted && children.length === query.limit) return { children, more: after };
        if (isWanted) children.push(summarizeChild(record, machineArn, run));
        after = { startedAt: record.startedAt, id: record.id };
      }
      if (page.length < limit) return { children, more: undefined };
    }
    return { children, more: after };
  }

  /** The run's UUID says which execution has it. */
  async #find(mapRunArn: string): Promise<Found | undefined> {
    const key = parseMapRunUuid(mapRunArn.slice(mapRunArn.lastIndexOf(":") + 1));
    if (key === undefined) return undefined;
    const { executionId } = key;
    const isThis = (execution: Execution) => (run: MapRun) =>
      arnOfRun(execution.info, run) === mapRunArn;
    const live = this.#parts.shard.live.get(executionId)?.execution;
    const running = live?.mapRuns.find(isThis(live));
    // While children end there is always something on its way to the disk. What is told of it may be
    // ahead a little: the children's ends are durable, so they are counted again after a crash.
    if (live !== undefined && running !== undefined && isUnderWay(running)) {
      return { executionId, execution: live, run: running };
    }
    const execution = await this.#execution(executionId);
    const run = execution?.mapRuns.find(isThis(execution));
    return execution && run && { executionId, execution, run };
  }

  /** As it is stored. */
  async #execution(id: number): Promise<Execution | undefined> {
    const live = this.#parts.shard.live.get(id);
    if (live?.isStored === true && live.uncommitted === 0) return live.execution;
    const record = await this.#parts.store.readExecution(id);
    if (record === undefined) return undefined;
    const known = this.#closed.get(id);
    if (known !== undefined && known.stoppedAt === record.stoppedAt) return known;
    const execution = await this.#parts.loader.blank(record);
    await foldJournal(this.#parts.store, id, execution);
    if (record.status !== "RUNNING") this.#remember(id, execution);
    return execution;
  }

  #remember(id: number, execution: Execution): void {
    this.#closed.delete(id);
    this.#closed.set(id, execution);
    const [oldest] = this.#closed.keys();
    if (this.#closed.size > REMEMBERED && oldest !== undefined) this.#closed.delete(oldest);
  }
}

/** Whether it certainly was started durably, and is not over. */
function isUnderWay({ status, ended }: MapRun): boolean {
  return status === "RUNNING" && Object.values(ended).some(({ executions }) => executions > 0);
}

function isWantedChild(
  { status, isRedriven }: ChildrenQuery,
  run: MapRun,
  record: ExecutionRecord,
): boolean {
  if (status !== undefined && childStatusShown(run, record) !== status) return false;
  if (isRedriven === undefined) return true;
  return isRedriven === (decodeDetails(record.details).redrives?.count ?? 0) > 0;
}

/** One line of a list. */
function summarizeChild(
  record: ExecutionRecord,
  machineArn: string,
  run: MapRun,
): ExecutionSummary {
  const { redrives, child } = decodeDetails(record.details);
  const { id, name } = record;
  const isExpress = child?.type === "EXPRESS";
  const shown = childStatusShown(run, record);
  return {
    id,
    executionArn: childArn(machineArn, name, child?.type),
    // Recorded from AWS.
    name: isExpress ? `${name}:${name}` : name,
    status: shown === "PENDING_REDRIVE" ? record.status : shown,
    isPendingRedrive: shown === "PENDING_REDRIVE",
    startedAt: (isExpress ? redrives?.at : undefined) ?? record.startedAt,
    stoppedAt: shown === "RUNNING" ? undefined : record.stoppedAt,
    versionArn: undefined,
    aliasArn: undefined,
    itemCount: child?.items,
    redriveCount: redrives?.count ?? 0,
    redrivenAt: isExpress ? undefined : redrives?.at,
  };
}
