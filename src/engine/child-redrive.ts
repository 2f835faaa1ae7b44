/** Redrives a STANDARD child execution with its Map Run. */
import { decodeDetails, encodeDetails } from "./execution-details.ts";
import type { ExecutionLoader } from "./execution-loader.ts";
import { detailsOf } from "./map-run-child.ts";
import type { Child } from "./map-run-child.ts";
import type { OpenExecutions } from "./open-executions.ts";
import type { Clock, ExecutionRecord } from "./ports.ts";
import { whyNotRedrivable } from "./redrive-eligibility.ts";
import { withRedrive } from "./redrives.ts";
import type { Shard } from "./shard.ts";

export interface ChildRedriveParts {
  readonly loader: ExecutionLoader;
  readonly shard: Shard;
  readonly open: OpenExecutions;
  readonly clock: Clock;
}

/**
 * Resolves when the redrive is durable, or "Lost" if it could not be stored. `record`: that of a child
 * that is closed and not in memory. Rejects with StoreUnavailable.
 */
export async function redriveChild(
  { loader, shard, open, clock }: ChildRedriveParts,
  child: Child,
  record: ExecutionRecord,
): Promise<"Redriven" | "NotRedrivable" | "Lost"> {
  const live = await loader.revive(record);
  const { lastEventId } = live.execution;
  const { historyEvents } = loader;
  // Its parent runs, so its state machine is in service.
  const facts = { ...record, lastEventId, historyEvents, isInService: true };
  if (whyNotRedrivable(facts, clock.now()) !== undefined) return "NotRedrivable";
  const details = decodeDetails(record.details);
  const place = detailsOf(child, details.child?.items ?? 1);
  const detailsAt = (at: number): string =>
    encodeDetails({
      ...details,
      child: place,
      redrives: withRedrive(details.redrives, undefined, at),
    });
  // Like its start, a child's redrive is never refused for the number of open executions.
  open.opened();
  return new Promise((resolve) => {
    shard.redrive(live, detailsAt, {
      settled: (result) => {
        if (result === "Accepted") return resolve("Redriven");
        open.closed();
        resolve("NotRedrivable");
      },
      lost: () => {
        open.closed();
        resolve("Lost");
      },
    });
  });
}
