/** A store of the catalog in memory, for tests: keeps what was written, and can fail. */
import type { CatalogEntry, Revision } from "../../ports.ts";
import { StoreUnavailable } from "../../ports.ts";
import type { CatalogChange, CatalogReader, CatalogWriter } from "../catalog-writer.ts";

export class MemoryCatalogStore implements CatalogReader, CatalogWriter {
  readonly entries = new Map<number, CatalogEntry>();
  readonly revisions = new Map<number, Revision>();
  /** Number of writes so far. */
  writes = 0;
  /** While true, every write fails. */
  isUnavailable = false;
  #lastCatalogId = 0;
  #lastRevisionId = 0;

  async write(change: CatalogChange): Promise<void> {
    // Like a real store, it answers in a later turn.
    await Promise.resolve();
    if (this.isUnavailable) throw new StoreUnavailable("the disk is full");
    this.writes += 1;
    for (const entry of change.catalog ?? []) this.entries.set(entry.id, entry);
    for (const revision of change.revisions ?? []) this.revisions.set(revision.id, revision);
    for (const id of change.removedCatalog ?? []) this.entries.delete(id);
  }

  nextCatalogId(): number {
    this.#lastCatalogId += 1;
    return this.#lastCatalogId;
  }

  nextRevisionId(): number {
    this.#lastRevisionId += 1;
    return this.#lastRevisionId;
  }

  async readCatalog(): Promise<CatalogEntry[]> {
    return [...this.entries.values()].toSorted((a, b) => a.id - b.id);
  }

  async readRevision(id: number): Promise<Revision | undefined> {
    return this.revisions.get(id);
  }
}
