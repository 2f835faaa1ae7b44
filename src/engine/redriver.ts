/** RedriveExecution: lets a closed execution go on from the states that failed or were aborted. */
import { KeyedLock } from "./catalog/keyed-lock.ts";
import { decodeDetails, encodeDetails } from "./execution-details.ts";
import { belongsToMachineInService } from "./execution-loader.ts";
import type { ExecutionLoader, MachineDirectory } from "./execution-loader.ts";
import type { ExecutionReader } from "./execution-reader.ts";
import type { RedriveResult } from "./execution-service.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { OpenExecutions } from "./open-executions.ts";
import { StoreUnavailable } from "./ports.ts";
import type { Clock, ExecutionRecord } from "./ports.ts";
import { whyNotRedrivable } from "./redrive-eligibility.ts";
import { redrivenBy, withRedrive } from "./redrives.ts";
import type { Shard } from "./shard.ts";

export interface RedriverParts {
  readonly commit: Pick<GroupCommit, "isFull">;
  readonly directory: MachineDirectory;
  readonly loader: ExecutionLoader;
  readonly reader: ExecutionReader;
  readonly shard: Shard;
  readonly open: OpenExecutions;
  readonly clock: Clock;
}

export class Redriver {
  readonly #parts: RedriverParts;
  readonly #locks = new KeyedLock();

  constructor(parts: RedriverParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when the redrive is durable; a client token that is remembered gets its redrive's date
   * again. Undefined: no such execution. Rejects with StoreUnavailable.
   */
  redrive(arn: string, clientToken: string | undefined): Promise<RedriveResult | undefined> {
    return this.#locks.run(arn, () => this.#redrive(arn, clientToken));
  }

  async #redrive(arn: string, clientToken: string | undefined): Promise<RedriveResult | undefined> {
    const { reader, clock, loader, shard } = this.#parts;
    const record = await reader.find(arn);
    if (record === undefined) return undefined;
    const { redrives, child } = decodeDetails(record.details);
    if (child !== undefined) {
      return { type: "NotRedrivable", reason: "Execution can only be redriven with its Map Run" };
    }
    const redrivenAt = redrivenBy(redrives, clientToken, clock.now());
    if (redrivenAt !== undefined) return { type: "Redriven", redrivenAt };
    // Most of what is refused is refused without reading the journal.
    const early = this.#refusal(record, 0);
    if (early !== undefined) return early;
    await this.#closed(record.id);
    const live = await loader.revive(record);
    // From here to the commit nothing waits, so a deletion finds every redrive in the store.
    if (shard.findLive(arn) !== undefined) {
      throw new StoreUnavailable("The execution is not closed yet; try again later");
    }
    return this.#refusal(record, live.execution.lastEventId) ?? this.#begin(live, clientToken);
  }

  /** The end may be stored, but not known to the shard yet. */
  #closed(id: number): Promise<void> {
    const { shard } = this.#parts;
    if (!shard.live.has(id)) return Promise.resolve();
    return new Promise((settled, lost) => {
      shard.signal(id, { type: "Continue" }, { settled: () => settled(), lost });
    });
  }

  #refusal(record: ExecutionRecord, lastEventId: number): RedriveResult | undefined {
    const { directory, loader, clock } = this.#parts;
    const facts = {
      ...record,
      lastEventId,
      historyEvents: loader.historyEvents,
      isInService: belongsToMachineInService(directory, record),
    };
    const reason = whyNotRedrivable(facts, clock.now());
    return reason === undefined ? undefined : { type: "NotRedrivable", reason };
  }

  #begin(live: LiveExecution, clientToken: string | undefined): Promise<RedriveResult> {
    const { commit, shard, open } = this.#parts;
    if (open.isFull) return Promise.resolve({ type: "TooManyOpen", limit: open.limit });
    if (commit.isFull) {
      throw new StoreUnavailable("Too much waits for the database; try again later");
    }
    const details = decodeDetails(live.record.details);
    let redrivenAt = 0;
    const detailsAt = (at: number): string => {
      redrivenAt = at;
      return encodeDetails({
        ...details,
        redrives: withRedrive(details.redrives, clientToken, at),
      });
    };
    open.opened();
    return new Promise((resolve, reject) => {
      shard.redrive(live, detailsAt, {
        settled: (result) => {
          if (result === "Accepted") return resolve({ type: "Redriven", redrivenAt });
          open.closed();
          resolve({ type: "NotRedrivable", reason: "Execution history event limit exceeded" });
        },
        lost: (error) => {
          open.closed();
          reject(error);
        },
      });
    });
  }
}
