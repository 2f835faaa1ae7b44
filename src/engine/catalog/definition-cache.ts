/** Compiled revisions, kept while they are in use: the most recently used ones. */
import type { Definition } from "../../asl/definition.ts";
import { decodeRevision } from "./machine-revision.ts";
import type { MachineRevision } from "./machine-revision.ts";
import type { CatalogReader } from "./catalog-writer.ts";

/** A revision with its compiled definition. */
export interface CompiledRevision {
  readonly revision: MachineRevision;
  readonly definition: Definition;
}

/** Compiles a definition that was accepted before; throws if it cannot. */
export type Compile = (text: string, type: MachineRevision["type"]) => Definition;

export interface DefinitionCacheLimits {
  /** Number of compiled revisions. */
  readonly entries: number;
  /** Sum of the lengths of their texts. */
  readonly characters: number;
}

const DEFAULT_LIMITS: DefinitionCacheLimits = { entries: 2_000, characters: 64 * 1024 * 1024 };

/** Least-recently-used cache by revision id. */
export class DefinitionCache {
  readonly #reader: Pick<CatalogReader, "readRevision">;
  readonly #compile: Compile;
  readonly #limits: DefinitionCacheLimits;
  /** In order of use: a Map keeps the order in which keys were set. */
  readonly #entries = new Map<number, CompiledRevision>();
  readonly #loading = new Map<number, Promise<CompiledRevision>>();
  #characters = 0;

  constructor(
    reader: Pick<CatalogReader, "readRevision">,
    compile: Compile,
    limits: DefinitionCacheLimits = DEFAULT_LIMITS,
  ) {
    this.#reader = reader;
    this.#compile = compile;
    this.#limits = limits;
  }

  /** The revision if it is in memory, without waiting. */
  peek(revisionId: number): CompiledRevision | undefined {
    const found = this.#entries.get(revisionId);
    if (found !== undefined) {
      this.#entries.delete(revisionId);
      this.#entries.set(revisionId, found);
    }
    return found;
  }

  /** The revision, read and compiled if need be. Rejects with StoreUnavailable, or if it does not exist. */
  get(revisionId: number): Promise<CompiledRevision> {
    const found = this.peek(revisionId);
    if (found !== undefined) return Promise.resolve(found);
    let loading = this.#loading.get(revisionId);
    if (loading === undefined) {
      loading = this.#load(revisionId).finally(() => this.#loading.delete(revisionId));
      this.#loading.set(revisionId, loading);
    }
    return loading;
  }

  /** Puts in a revision that was just made, so that its first execution need not wait. */
  add(compiled: CompiledRevision): void {
    const { id } = compiled.revision;
    this.#remove(id);
    this.#entries.set(id, compiled);
    this.#characters += compiled.revision.definition.length;
    for (const oldest of this.#entries.keys()) {
      if (oldest === id || !this.#isOverFull()) break;
      this.#remove(oldest);
    }
  }

  #isOverFull(): boolean {
    return this.#entries.size > this.#limits.entries || this.#characters > this.#limits.characters;
  }

  async #load(revisionId: number): Promise<CompiledRevision> {
    const stored = await this.#reader.readRevision(revisionId);
    if (stored === undefined) throw new Error(`revision ${revisionId} is not in the store`);
    const revision = decodeRevision(stored);
    const compiled = { revision, definition: this.#compile(revision.definition, revision.type) };
    this.add(compiled);
    return compiled;
  }

  #remove(revisionId: number): void {
    const entry = this.#entries.get(revisionId);
    if (entry === undefined) return;
    this.#entries.delete(revisionId);
    this.#characters -= entry.revision.definition.length;
  }
}
