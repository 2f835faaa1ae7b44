/** Reads the numbers of the overview from the store's lists. */
import type { StateMachine } from "../catalog/state-machine.ts";
import type { MachineCatalog } from "../catalog/machine-catalog.ts";
import { executionArn } from "../execution-arn.ts";
import type { Clock, ExecutionRecord, ExecutionStatus, Store } from "../ports.ts";
import { noCounts, partLengthOf, STATUSES, summarizeDurations } from "./overview.ts";
import type { EndedExecution, MachineOverview, Overview } from "./overview.ts";

export interface OverviewReaderParts {
  readonly store: Pick<Store, "listExecutions">;
  readonly machines: Pick<MachineCatalog, "list">;
  readonly clock: Pick<Clock, "now">;
}

/** State machines that are looked at: the newest ones. */
const MAX_MACHINES = 200;
/** Executions that are read in all, shared by state machines and statuses. */
const MAX_EXECUTIONS = 20_000;
/** Rows read at a time, so that other work gets its turn in between. */
const PAGE = 500;
const SLOWEST = 5;

interface Part {
  readonly startedAt: number;
  readonly counts: Record<ExecutionStatus, number>;
}

export class OverviewReader {
  readonly #parts: OverviewReaderParts;

  constructor(parts: OverviewReaderParts) {
    this.#parts = parts;
  }

  /** STANDARD executions of the last `period` milliseconds. Rejects with StoreUnavailable. */
  async read(period: number): Promise<Overview> {
    const to = this.#parts.clock.now();
    const from = to - period;
    const partLength = partLengthOf(period);
    const parts: Part[] = [];
    for (let startedAt = from; startedAt < to; startedAt += partLength) {
      parts.push({ startedAt, counts: noCounts() });
    }
    const all = [...this.#parts.machines.list()].filter(({ type }) => type === "STANDARD");
    const chosen = all.slice(-MAX_MACHINES);
    const limit = Math.ceil(MAX_EXECUTIONS / STATUSES.length / Math.max(1, chosen.length));
    const machines: MachineOverview[] = [];
    for (const machine of chosen) {
      machines.push(
        await this.#machine(machine, { from, limit }, ({ startedAt, status }) => {
          const part =
            parts[Math.min(parts.length - 1, Math.floor((startedAt - from) / partLength))];
          if (startedAt >= from && part !== undefined) part.counts[status] += 1;
        }),
      );
    }
    return { from, to, partLength, parts, machines, machinesLeftOut: all.length - chosen.length };
  }

  async #machine(
    machine: StateMachine,
    bounds: { readonly from: number; readonly limit: number },
    count: (record: ExecutionRecord) => void,
  ): Promise<MachineOverview> {
    const counts = noCounts();
    const durations: number[] = [];
    let slowest: EndedExecution[] = [];
    let isComplete = true;
    for (const status of STATUSES) {
      const from =
        status === "RUNNING" ? machine.createdAt : Math.max(bounds.from, machine.createdAt);
      const read = await this.#records(machine.id, status, { ...bounds, from });
      if (!read.isComplete) isComplete = false;
      counts[status] = read.records.length;
      for (const record of read.records) {
        count(record);
        const { name, startedAt, stoppedAt } = record;
        if (stoppedAt === undefined) continue;
        durations.push(stoppedAt - startedAt);
        slowest.push({
          executionArn: executionArn(machine.arn, name),
          status,
          startedAt,
          stoppedAt,
        });
      }
      slowest = slowestOf(slowest);
    }
    const { arn: stateMachineArn } = machine;
    const summary = summarizeDurations(durations);
    return { stateMachineArn, counts, isComplete, slowest, durations: summary };
  }

  /** Newest first, back to `from`, at most `limit`. */
  async #records(
    machineId: number,
    status: ExecutionStatus,
    { from, limit }: { readonly from: number; readonly limit: number },
  ): Promise<{ readonly records: readonly ExecutionRecord[]; readonly isComplete: boolean }> {
    const records: ExecutionRecord[] = [];
    while (records.length < limit) {
      const size = Math.min(PAGE, limit - records.length);
      const last = records.at(-1);
      const after = last && { startedAt: last.startedAt, id: last.id };
      const page = await this.#parts.store.listExecutions({
        machineId,
        status,
        after,
        limit: size,
      });
      const inside = page.filter(({ startedAt }) => startedAt >= from);
      records.push(...inside);
      if (inside.length < size) return { records, isComplete: true };
    }
    return { records, isComplete: false };
  }
}

function slowestOf(ended: readonly EndedExecution[]): EndedExecution[] {
  return ended
    .toSorted((a, b) => b.stoppedAt - b.startedAt - (a.stoppedAt - a.startedAt))
    .slice(0, SLOWEST);
}
