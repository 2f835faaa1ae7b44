/** Whether a decision changes the execution's record, and which commitment carries it. */
import type { DecisionCommitment } from "./decision-commitment.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { ExecutionRecord } from "./ports.ts";

/** Lets the commitment carry the record if the decision, made at `at` (epoch ms), changes it. */
export function updateRecord(
  commit: Pick<GroupCommit, "isGathering">,
  live: LiveExecution,
  pending: DecisionCommitment,
  at: number,
): void {
  const { execution, record } = live;
  const isFirst = live.isNew;
  live.isNew = false;
  live.adopted = undefined;
  const { detailsAfterRedrive } = live;
  const changes =
    execution.status !== record.status ||
    record.parkedUntil !== undefined ||
    detailsAfterRedrive !== undefined;
  if (!isFirst && !changes) return;
  live.detailsAfterRedrive = undefined;
  const next: ExecutionRecord = changes
    ? {
        ...record,
        details: detailsAfterRedrive?.(at) ?? record.details,
        status: execution.status,
        stoppedAt: execution.stoppedAt,
        parkedUntil: undefined,
      }
    : record;
  live.record = next;
  const holder = live.recordHolder;
  if (holder !== undefined && commit.isGathering(holder)) {
    holder.record = next;
    return;
  }
  pending.record = next;
  pending.isNew = isFirst;
  live.recordHolder = pending;
}
