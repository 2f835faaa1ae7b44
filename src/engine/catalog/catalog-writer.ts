/** How the catalog makes its changes durable and reads texts back. The engine's journal implements it. */
import type { CatalogEntry, Revision } from "../ports.ts";

export interface CatalogChange {
  readonly catalog?: readonly CatalogEntry[];
  readonly revisions?: readonly Revision[];
  /** Ids of entries to remove. */
  readonly removedCatalog?: readonly number[];
}

export interface CatalogWriter {
  /** Resolves when the whole change is durable; rejects with StoreUnavailable when nothing of it is. */
  write(change: CatalogChange): Promise<void>;
  nextCatalogId(): number;
  nextRevisionId(): number;
}

/** What the catalog reads from the store. */
export interface CatalogReader {
  readCatalog(): Promise<CatalogEntry[]>;
  readRevision(id: number): Promise<Revision | undefined>;
}
