/** Takes up again, at start, what was running when the server ended. */
import type { EngineLog } from "./engine-log.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { Express } from "./express.ts";
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
  readonly log: EngineLog;
}

/**
 * Parked executions get a timer; the others are folded and go on; EXPRESS ones start again from the
 * beginning. One that cannot be read is left alone and told to the log. Rejects with
 * StoreUnavailable.
 */
export async function recover(parts: RecoveryParts): Promise<void> {
  let afterId = 0;
  for (;;) {
    // eslint-disable-next-line no-await-in-loop -- pages are read in order
    const page = await parts.store.listRunning(afterId, RECORDS_PER_PAGE);
    // eslint-disable-next-line no-await-in-loop
    await Promise.all(page.map((record) => recoverOne(parts, record)));
    if (page.length < RECORDS_PER_PAGE) return;
    afterId = page.at(-1)!.id;
  }
}

async function recoverOne(parts: RecoveryParts, record: ExecutionRecord): Promise<void> {
  const machine = parts.directory.machines.findById(record.machineId);
  if (machine?.type !== "EXPRESS") parts.open.opened();
  if (record.parkedUntil !== undefined) {
    parts.timers.set(record.id, record.parkedUntil);
    return;
  }
  try {
    if (machine?.type === "EXPRESS") await parts.express.rerun(record, machine);
    else parts.shard.adopt(await parts.loader.revive(record));
  } catch (failure) {
    if (failure instanceof StoreUnavailable) throw failure;
    parts.log.error({ err: failure, executionId: record.id }, "an execution cannot be recovered");
  }
}
