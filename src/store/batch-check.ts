/** The bounds that every store checks on the way in, so that all stores refuse the same. */
import type { Batch, ExecutionRecord } from "../engine/ports.ts";
import { BatchRefused } from "./store-errors.ts";

/** Highest id of an execution: with 20 bits of sequence it makes a journal key below 2^53. */
export const maximumExecutionId = 2 ** 32;

/** Number of journal rows that one execution can have. */
export const maximumSequences = 2 ** 20;

/** Most executions that one list call may ask for. */
export const maximumListLimit = 10_000;

/** Throws BatchRefused, naming the field, unless every number of the batch is in its bounds. */
export function checkBatch(batch: Batch): void {
  for (const execution of batch.started) checkExecution("started", execution);
  for (const execution of batch.changed) checkExecution("changed", execution);
  for (const row of batch.journal) {
    integer("journal[].executionId", row.executionId, 1, maximumExecutionId);
    integer("journal[].sequence", row.sequence, 0, maximumSequences - 1);
    integer("journal[].at", row.at, 0, Number.MAX_SAFE_INTEGER);
  }
  for (const entry of batch.catalog) integer("catalog[].id", entry.id, 1, Number.MAX_SAFE_INTEGER);
  for (const revision of batch.revisions) {
    integer("revisions[].id", revision.id, 1, Number.MAX_SAFE_INTEGER);
  }
}

/** Throws RangeError unless `limit` is an integer from 0 to `maximum`. */
export function checkLimit(limit: number, maximum: number): void {
  if (Number.isInteger(limit) && limit >= 0 && limit <= maximum) return;
  throw new RangeError(`limit must be an integer from 0 to ${maximum}, got ${limit}`);
}

function checkExecution(list: string, execution: ExecutionRecord): void {
  integer(`${list}[].id`, execution.id, 1, maximumExecutionId);
  integer(`${list}[].machineId`, execution.machineId, 0, Number.MAX_SAFE_INTEGER);
  integer(`${list}[].revisionId`, execution.revisionId, 0, Number.MAX_SAFE_INTEGER);
  integer(`${list}[].startedAt`, execution.startedAt, 0, Number.MAX_SAFE_INTEGER);
  if (execution.stoppedAt !== undefined) {
    integer(`${list}[].stoppedAt`, execution.stoppedAt, 0, Number.MAX_SAFE_INTEGER);
  }
  if (execution.parkedUntil !== undefined && execution.parkedUntil !== Infinity) {
    integer(`${list}[].parkedUntil`, execution.parkedUntil, 0, Number.MAX_SAFE_INTEGER - 1);
  }
}

function integer(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new BatchRefused(`${field} must be an integer from ${least} to ${most}, got ${value}`);
}
