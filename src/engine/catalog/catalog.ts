/**
 * Everything with an ARN that is not an execution: state machines, versions, aliases, activities,
 * their tags; and the server's secret. Loaded whole at start, kept in memory, written through.
 */
import type { Clock, Randomness } from "../ports.ts";
import { AWS_QUOTAS } from "../quotas.ts";
import type { Quotas } from "../quotas.ts";
import { ActivityCatalog } from "./activity-catalog.ts";
import { AliasCatalog } from "./alias-catalog.ts";
import { AliasIndex } from "./alias-index.ts";
import type { CatalogReader, CatalogWriter } from "./catalog-writer.ts";
import { DefinitionCache } from "./definition-cache.ts";
import type { Compile } from "./definition-cache.ts";
import { KeyedLock } from "./keyed-lock.ts";
import { MachineCatalog } from "./machine-catalog.ts";
import { ALIAS_KIND, decodeAlias } from "./state-machine-alias.ts";

const SECRET_KIND = "secret";
const SECRET_BYTES = 32;

export interface CatalogParts {
  readonly reader: CatalogReader;
  readonly writer: CatalogWriter;
  readonly clock: Pick<Clock, "now">;
  readonly randomness: Pick<Randomness, "bytes" | "uuid">;
  readonly compile: Compile;
  /** AWS's by default. */
  readonly limits?: Quotas;
}

export class Catalog {
  readonly machines: MachineCatalog;
  readonly aliases: AliasCatalog;
  readonly activities: ActivityCatalog;
  readonly definitions: DefinitionCache;
  /** Signs paging tokens; the same after a restart. */
  readonly secret: Uint8Array;

  private constructor(
    machines: MachineCatalog,
    aliases: AliasCatalog,
    activities: ActivityCatalog,
    definitions: DefinitionCache,
    secret: Uint8Array,
  ) {
    this.machines = machines;
    this.aliases = aliases;
    this.activities = activities;
    this.definitions = definitions;
    this.secret = secret;
  }

  /** Reads the catalog; makes and stores the secret at the first start. Rejects with StoreUnavailable. */
  static async load(parts: CatalogParts): Promise<Catalog> {
    const entries = await parts.reader.readCatalog();
    const definitions = new DefinitionCache(parts.reader, parts.compile);
    const stored = entries.find(({ kind }) => kind === SECRET_KIND);
    let secret: Uint8Array;
    if (stored === undefined) {
      secret = parts.randomness.bytes(SECRET_BYTES);
      await parts.writer.write({
        catalog: [
          {
            id: parts.writer.nextCatalogId(),
            kind: SECRET_KIND,
            key: "server",
            body: JSON.stringify(Buffer.from(secret).toString("base64")),
          },
        ],
      });
    } else {
      secret = Buffer.from(JSON.parse(stored.body) as string, "base64");
    }
    const { writer, clock, randomness, limits = AWS_QUOTAS } = parts;
    const index = new AliasIndex();
    for (const entry of entries) if (entry.kind === ALIAS_KIND) index.put(decodeAlias(entry));
    const shared = { writer, clock, lock: new KeyedLock() };
    const machines = new MachineCatalog(
      { ...shared, randomness, definitions, aliases: index, limits },
      entries,
    );
    return new Catalog(
      machines,
      new AliasCatalog({ ...shared, machines, index, limit: limits.aliases }),
      new ActivityCatalog({ writer, clock, limits }, entries),
      definitions,
      secret,
    );
  }
}
