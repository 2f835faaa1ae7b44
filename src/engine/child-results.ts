/** What became of the children of a Map Run, in the order of their numbers. */
import type { MapRunRef } from "../interpreter/command.ts";
import type { ChildResult } from "../interpreter/map-data.ts";
import { decodeDetails } from "./execution-details.ts";
import type { ExecutionLoader } from "./execution-loader.ts";
import { foldJournal } from "./journal-fold.ts";
import { childOf, collectionOf } from "./map-run-child.ts";
import type { Parent } from "./map-run-child.ts";
import type { Store } from "./ports.ts";

/** Children that are read at the same time. */
const IN_FLIGHT = 32;

export interface ChildResultsParts {
  readonly store: Pick<Store, "findExecution" | "readJournal">;
  readonly loader: ExecutionLoader;
}

/**
 * Reads the children with numbers below `count` that ended in the run's present attempt; memory is
 * bounded by a few of them. Rejects with StoreUnavailable.
 */
export async function* childResults(
  parts: ChildResultsParts,
  parent: Parent,
  run: MapRunRef,
  count: number,
): AsyncGenerator<ChildResult> {
  const reading: Promise<ChildResult | undefined>[] = [];
  for (let index = 0; index < count || reading.length > 0; index++) {
    if (index < count) {
      const result = readResult(parts, parent, run, index);
      // A failure is heard of when its turn comes.
      result.catch(() => {});
      reading.push(result);
    }
    if (index < count && reading.length < IN_FLIGHT) continue;
    const result = await reading.shift();
    if (result !== undefined) yield result;
  }
}

/** Undefined: it was not started, or ended in an attempt before. */
async function readResult(
  { store, loader }: ChildResultsParts,
  parent: Parent,
  run: MapRunRef,
  index: number,
): Promise<ChildResult | undefined> {
  const { name } = childOf(parent, run, index);
  const record = await store.findExecution(collectionOf(parent, run), name);
  if (record === undefined || record.status === "RUNNING") return undefined;
  const { child, redrives } = decodeDetails(record.details);
  if ((child?.attempt ?? 0) !== run.redriveCount) return undefined;
  const execution = await loader.blank(record);
  await foldJournal(store, record.id, execution);
  const { info, input, output, error, cause } = execution;
  return {
    executionArn: info.arn,
    stateMachineArn: info.stateMachineArn,
    name,
    status: record.status,
    input,
    output: record.status === "SUCCEEDED" ? output : undefined,
    error,
    cause,
    startedAt: info.startedAt,
    stoppedAt: record.stoppedAt,
    redriveCount: redrives?.count ?? 0,
  };
}
