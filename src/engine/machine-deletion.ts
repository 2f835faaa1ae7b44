/**
 * What DeleteStateMachine leaves to do: end the executions of a state machine that is DELETING, page
 * by page in the background, and then leave its tombstone.
 */
import type { MachineCatalog } from "./catalog/machine-catalog.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import type { EngineLog } from "./engine-log.ts";
import { StoreUnavailable } from "./ports.ts";
import type { Clock, ExecutionRecord, Store } from "./ports.ts";

/** Executions that are ended at a time. */
const RECORDS_PER_PAGE = 200;
/** Milliseconds until executions that could not be ended are tried again; doubled every time. */
const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 60_000;

export interface MachineDeletionParts {
  readonly store: Pick<Store, "listExecutions">;
  readonly machines: Pick<MachineCatalog, "deleting" | "findDeleting" | "finishDeletion" | "list">;
  /** Resolves when everything that was put before is stored or lost. Rejects with StoreUnavailable. */
  readonly flush: () => Promise<void>;
  /** Ends a STANDARD execution; whether it has ended durably. Never rejects. */
  readonly end: (record: ExecutionRecord) => Promise<boolean>;
  /** Ends the EXPRESS executions of a state machine. */
  readonly endExpress: (machine: StateMachine) => void;
  readonly clock: Clock;
  readonly log: EngineLog;
}

type Sweep = "Deleted" | "Again";

export class MachineDeletion {
  readonly #parts: MachineDeletionParts;
  /** ARNs of the state machines that are taken care of, with what cancels a further try. */
  readonly #busy = new Map<string, () => void>();
  #stopped = false;

  constructor(parts: MachineDeletionParts) {
    this.#parts = parts;
  }

  /** Takes up the deletions that the last server did not finish. */
  async resume(): Promise<void> {
    for (const machine of this.#parts.machines.deleting()) await this.begin(machine);
  }

  /**
   * Resolves when the state machine is deleted, or when the first look at it showed executions that
   * run; they are ended in the background then. Never rejects: what fails is tried again.
   */
  begin(machine: StateMachine): Promise<void> {
    if (this.#stopped || this.#busy.has(machine.arn)) return Promise.resolve();
    this.#busy.set(machine.arn, () => {});
    return new Promise((looked) => {
      void this.#work(machine, FIRST_DELAY, looked).finally(looked);
    });
  }

  /** What is not finished is taken up by the next server. */
  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#busy.values()) cancel();
  }

  async #work(machine: StateMachine, delay: number, looked: () => void): Promise<void> {
    let sweep: Sweep = "Again";
    try {
      sweep = await this.#sweep(machine, looked);
    } catch (failure) {
      if (!(failure instanceof StoreUnavailable)) {
        const { arn } = machine;
        this.#parts.log.error({ err: failure, stateMachineArn: arn }, "a deletion has to wait");
      }
    }
    if (this.#stopped) return;
    if (sweep === "Deleted") {
      this.#busy.delete(machine.arn);
      return;
    }
    const { clock } = this.#parts;
    const cancel = clock.schedule(clock.now() + delay, () => {
      void this.#work(machine, Math.min(delay * 2, LONGEST_DELAY), () => {});
    });
    this.#busy.set(machine.arn, cancel);
  }

  /** Ends all executions once; "Again" if some could not be ended. */
  async #sweep(machine: StateMachine, looked: () => void): Promise<Sweep> {
    const { store, machines, flush, end, endExpress } = this.#parts;
    if (machine.type === "EXPRESS") {
      endExpress(machine);
      await machines.finishDeletion(machine.arn);
      return "Deleted";
    }
    // Now nothing is on its way to the store that was started before the deletion.
    await flush();
    let after: Pick<ExecutionRecord, "startedAt" | "id"> | undefined;
    let allEnded = true;
    for (;;) {
      const page = await store.listExecutions({
        machineId: machine.id,
        status: "RUNNING",
        after,
        limit: RECORDS_PER_PAGE,
      });
      if (page.length > 0) looked();
      const ended = await Promise.all(page.map(end));
      allEnded &&= ended.every(Boolean);
      if (this.#stopped) return "Again";
      if (page.length < RECORDS_PER_PAGE) break;
      after = page.at(-1);
    }
    if (!allEnded) return "Again";
    await machines.finishDeletion(machine.arn);
    return "Deleted";
  }
}
