/** A connection to a store that can be cut, fail and be slow. */
import { StoreUnavailable, type Batch, type Store } from "../../src/engine/ports.ts";

/** Decides about one commit: "ok"; "unavailable" stores nothing; "crash" variants end the process. */
export type CommitFate = "ok" | "unavailable" | "crash before" | "crash after";

const NEVER = new Promise<never>(() => {});

export class FaultyStore implements Store {
  readonly #base: Store;
  /** Asked about the commit of that number (1, 2, ...). */
  fateOf: (commit: number, batch: Batch) => CommitFate = () => "ok";
  /** Reads and commits reject. */
  isDown = false;
  /** The process is dead: nothing is answered any more. See `cut`. */
  isCut = false;
  /** Resolves when it is. */
  readonly died: Promise<void>;
  commits = 0;
  reads = 0;
  /** Calls that are not answered yet. */
  pending = 0;
  /** While set, commits wait for it. */
  gate: Promise<void> | undefined = undefined;

  #die: () => void = () => {};

  constructor(base: Store) {
    this.#base = base;
    this.died = new Promise((resolve) => (this.#die = resolve));
  }

  /** Ends the process. */
  cut(): void {
    this.isCut = true;
    this.#die();
  }

  commit(batch: Batch): Promise<void> {
    return this.#answer(async () => {
      const number = ++this.commits;
      if (this.gate !== undefined) await this.gate;
      const fate = this.fateOf(number, batch);
      if (fate === "unavailable" || this.isDown) throw new StoreUnavailable("the disk is full");
      if (fate !== "crash before" && !this.isCut) await this.#base.commit(batch);
      if (fate === "crash before" || fate === "crash after") {
        this.cut();
      }
    });
  }

  highestIds = () => this.#read(() => this.#base.highestIds());
  findExecution = (machineId: number, name: string) =>
    this.#read(() => this.#base.findExecution(machineId, name));
  readExecution = (id: number) => this.#read(() => this.#base.readExecution(id));
  listExecutions = (query: Parameters<Store["listExecutions"]>[0]) =>
    this.#read(() => this.#base.listExecutions(query));
  listRunning = (afterId: number, limit: number) =>
    this.#read(() => this.#base.listRunning(afterId, limit));
  readJournal = (executionId: number, fromSequence: number, limit: number) =>
    this.#read(() => this.#base.readJournal(executionId, fromSequence, limit));
  readLastJournalRow = (executionId: number) =>
    this.#read(() => this.#base.readLastJournalRow(executionId));
  readCatalog = () => this.#read(() => this.#base.readCatalog());
  readRevision = (id: number) => this.#read(() => this.#base.readRevision(id));
  close = async () => {};

  #read<T>(read: () => Promise<T>): Promise<T> {
    this.reads++;
    return this.#answer(async () => {
      if (this.isDown) throw new StoreUnavailable("the disk is gone");
      return read();
    });
  }

  async #answer<T>(work: () => Promise<T>): Promise<T> {
    if (this.isCut) return NEVER;
    this.pending++;
    try {
      await new Promise((resolve) => setImmediate(resolve));
      return await work();
    } finally {
      this.pending--;
      // eslint-disable-next-line no-unsafe-finally -- the dead do not answer
      if (this.isCut) await NEVER;
    }
  }
}
