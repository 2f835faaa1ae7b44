/** Answers questions about Map Runs; only what is durable is told. */
import type { Execution } from "../interpreter/execution.ts";
import { mapRunArn as arnOfRun } from "../interpreter/map-run.ts";
import type { MapRun } from "../interpreter/map-run.ts";
import type { Signal } from "../interpreter/signal.ts";
import type { ExecutionLoader } from "./execution-loader.ts";
import type { ExecutionReader } from "./execution-reader.ts";
import type { ExecutionSummary } from "./execution-service.ts";
import { foldJournal } from "./journal-fold.ts";
import { collectionId, parseMapRunUuid } from "./map-run-names.ts";
import { describeMapRun } from "./map-run-service.ts";
import type { MapRunChanges, MapRunDescription, MapRunService } from "./map-run-service.ts";
import type { Store } from "./ports.ts";
import type { Shard } from "./shard.ts";

export interface MapRunReaderParts {
  readonly store: Pick<Store, "readExecution" | "readJournal" | "listExecutions">;
  readonly loader: ExecutionLoader;
  readonly reader: ExecutionReader;
  readonly shard: Pick<Shard, "live" | "signal">;
}

interface Found {
  readonly executionId: number;
  readonly execution: Execution;
  readonly run: MapRun;
}

export class MapRunReader implements MapRunService {
  readonly #parts: MapRunReaderParts;

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

  async children(
    mapRunArn: string,
    query: Parameters<MapRunService["children"]>[1],
  ): Promise<readonly ExecutionSummary[] | undefined> {
    const found = await this.#find(mapRunArn);
    if (found === undefined) return undefined;
    const { executionId, run } = found;
    const { startedEventId } = run.id;
    const machineId = collectionId({ executionId, startedEventId });
    const records = await this.#parts.store.listExecutions({ machineId, ...query });
    const { stateMachineArn } = describeMapRun(found.execution.info, run);
    return records.map((record) => this.#parts.reader.summarize(record, stateMachineArn));
  }

  /** The run's UUID says which execution has it. */
  async #find(mapRunArn: string): Promise<Found | undefined> {
    const key = parseMapRunUuid(mapRunArn.slice(mapRunArn.lastIndexOf(":") + 1));
    if (key === undefined) return undefined;
    const { executionId } = key;
    const execution = await this.#execution(executionId);
    if (execution === undefined) return undefined;
    const run = execution.mapRuns.find((one) => arnOfRun(execution.info, one) === mapRunArn);
    return run && { executionId, execution, run };
  }

  /** As it is stored. */
  async #execution(id: number): Promise<Execution | undefined> {
    const live = this.#parts.shard.live.get(id);
    if (live?.isStored === true && live.uncommitted === 0) return live.execution;
    const record = await this.#parts.store.readExecution(id);
    if (record === undefined) return undefined;
    const execution = await this.#parts.loader.blank(record);
    await foldJournal(this.#parts.store, id, execution);
    return execution;
  }
}
