/** Takes up again, at start, what was running when the server ended. */
import type { EngineLog } from "./engine-log.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { Express } from "./express.ts";
import { machineIdOf } from "./execution-loader.ts";
import { isChildOfMapRun } from "./map-run-names.ts";
import type { MapRuns } from "./map-runs.ts";
import type { OpenExecutions } from "./open-executions.ts";
import { StoreUnavailable } from "./ports.ts";
import type { ExecutionRecord, Store } from "./ports.ts";
import type { Shard } from "./shard.ts";
import type { Timers } from "./timers.ts";

const RECORDS_PER_PAGE = 500;

export interface RecoveryParts {
  readonly store: Pick<Store, "listRunning">;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly shard: Shard;
  readonly express: Express;
  readonly timers: Timers;
  readonly open: OpenExecutions;
  readonly mapRuns: Pick<MapRuns, "endIfOrphan">;
  readonly log: EngineLog;
}

/**
 * Parked executions get a timer; the others are folded and go on; EXPRESS ones start again from the
 * beginning. One that cannot be read is left alone and told to the log. Rejects with
 * StoreUnavailable.
 */
export async function recover(parts: RecoveryParts): Promise<void> {
  let afterId = 0;
  const children: ExecutionRecord[] = [];
  for (;;) {
    const page = await parts.store.listRunning(afterId, RECORDS_PER_PAGE);
    await Promise.all(page.map((record) => recoverOne(parts, record)));
    children.push(...page.filter(isChildOfMapRun));
    if (page.length < RECORDS_PER_PAGE) break;
    afterId = page.at(-1)!.id;
  }
  // Only now every parent is there that waits for its children.
  for (const child of children) await parts.mapRuns.endIfOrphan(child);
}

async function recoverOne(parts: RecoveryParts, record: ExecutionRecord): Promise<void> {
  const machine = parts.directory.machines.findById(machineIdOf(record));
  const isExpress = machine?.type === "EXPRESS";
  if (!isExpress) parts.open.opened();
  if (record.parkedUntil !== undefined) {
    parts.timers.set(record.id, record.parkedUntil);
    return;
  }
  try {
    if (isExpress) await parts.express.rerun(record, machine);
    else {
      const live = await parts.loader.revive(record);
      // The parent of a child may have asked for it meanwhile.
      if (!parts.shard.live.has(record.id)) parts.shard.adopt(live);
    }
  } catch (failure) {
    if (failure instanceof StoreUnavailable) throw failure;
    parts.log.error({ err: failure, executionId: record.id }, "an execution cannot be recovered");
  }
}
