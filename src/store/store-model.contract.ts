/** Checks a store against the one in memory: random batches, then every question to both. */
import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  nat,
  record,
  type Arbitrary,
} from "fast-check";
import { expect, it } from "vitest";
import type {
  Batch,
  ExecutionRecord,
  ExecutionStatus,
  JournalRow,
  Store,
} from "../engine/ports.ts";
import { openMemoryStore } from "./memory-store.ts";
import { batchOf, executionOf, rowOf, statuses } from "./store-samples.contract.ts";
import { BatchRefused } from "./store-errors.ts";

interface Step {
  readonly started: readonly { readonly machine: number; readonly name: string }[];
  readonly startedAt: number;
  /** Positions among the executions known so far, modulo their number. */
  readonly journal: readonly number[];
  readonly changed: readonly {
    readonly position: number;
    readonly status: ExecutionStatus;
    readonly parkedUntil: number | undefined;
  }[];
  /** Whether the batch is first tried with a mistake in it. */
  readonly mistake: boolean;
}

const machines = [1, 2, 3];
const names = ["a", "b", "é"];

const steps: Arbitrary<Step[]> = array(
  record({
    started: array(record({ machine: constantFrom(...machines), name: constantFrom(...names) }), {
      maxLength: 4,
    }),
    startedAt: integer({ min: 1, max: 3 }),
    journal: array(nat(20), { maxLength: 6 }),
    changed: array(
      record({
        position: nat(20),
        status: constantFrom(...statuses),
        parkedUntil: constantFrom(undefined, 5, Infinity),
      }),
      { maxLength: 3 },
    ),
    mistake: integer({ min: 0, max: 4 }).map((n) => n === 0),
  }),
  { maxLength: 12 },
);

/** Makes batches of steps, with ids that go on after `firstId`. */
class Scenario {
  readonly records: ExecutionRecord[] = [];
  readonly #firstId: number;
  readonly #sequences = new Map<number, number>();

  constructor(firstId: number) {
    this.#firstId = firstId;
  }

  /** Ids of machines are not shared with other scenarios in the same store. */
  machineId(machine: number): number {
    return this.#firstId * 10 + machine;
  }

  batch(step: Step): Batch {
    const started = step.started.map(({ machine, name }, index) =>
      executionOf({
        id: this.#firstId + this.records.length + index,
        machineId: this.machineId(machine),
        name,
        startedAt: step.startedAt,
      }),
    );
    this.records.push(...started);
    const journal = step.journal.flatMap((position) => this.#nextRow(position));
    const changed = step.changed.flatMap(({ position, status, parkedUntil }) =>
      this.#pick(position).map((known) => ({ ...known, status, parkedUntil })),
    );
    return batchOf({ started, journal, changed });
  }

  #nextRow(position: number): JournalRow[] {
    return this.#pick(position).map(({ id }) => {
      const sequence = this.#sequences.get(id) ?? 0;
      this.#sequences.set(id, sequence + 1);
      return rowOf(id, sequence);
    });
  }

  #pick(position: number): ExecutionRecord[] {
    const known = this.records[position % Math.max(1, this.records.length)];
    return known === undefined ? [] : [known];
  }
}

async function refusesMistake(store: Store, batch: Batch): Promise<boolean> {
  const wrong = { ...batch, changed: [...batch.changed, executionOf({ id: 2 ** 32 })] };
  return store.commit(wrong).then(
    () => false,
    (error: unknown) => error instanceof BatchRefused,
  );
}

async function answers(store: Store, scenario: Scenario, firstId: number): Promise<unknown[]> {
  const after = { startedAt: 2, id: firstId + 3 };
  const questions: Promise<unknown>[] = [store.listRunning(firstId - 1, 10)];
  for (const machine of machines) {
    const machineId = scenario.machineId(machine);
    for (const status of [undefined, ...statuses]) {
      questions.push(store.listExecutions({ machineId, status, after, limit: 5 }));
      questions.push(store.listExecutions({ machineId, status, after: undefined, limit: 100 }));
    }
    for (const name of names) questions.push(store.findExecution(machineId, name));
  }
  for (const { id } of scenario.records) {
    questions.push(store.readExecution(id), store.readJournal(id, 1, 2));
    questions.push(store.readLastJournalRow(id));
  }
  return Promise.all(questions);
}

/** Registers the test. `open` makes a new empty store. */
export function storeModelContract(name: string, open: () => Promise<Store>): void {
  it(`store contract: ${name}: does what the store in memory does`, async () => {
    const store = await open();
    let nextId = 1;
    await assert(
      asyncProperty(steps, async (path) => {
        const model = openMemoryStore();
        const firstId = nextId;
        const scenario = new Scenario(firstId);
        for (const step of path) {
          const batch = scenario.batch(step);
          if (step.mistake && !(await refusesMistake(store, batch))) return false;
          await store.commit(batch);
          await model.commit(batch);
        }
        nextId += scenario.records.length;
        const expected = await answers(model, scenario, firstId);
        expect(await answers(store, scenario, firstId)).toEqual(expected);
        return true;
      }),
      { numRuns: 50 },
    );
    await store.close();
  });
}
