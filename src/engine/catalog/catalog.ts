/**
 * Everything with an ARN that is not an execution: state machines, versions, activities, their tags;
 * and the server's secret. Loaded whole at start, kept in memory, written through.
 */
import type { Clock, Randomness } from "../ports.ts";
import { ActivityCatalog } from "./activity-catalog.ts";
import type { CatalogReader, CatalogWriter } from "./catalog-writer.ts";
import { DefinitionCache } from "./definition-cache.ts";
import type { Compile } from "./definition-cache.ts";
import { MachineCatalog } from "./machine-catalog.ts";

const SECRET_KIND = "secret";
const SECRET_BYTES = 32;

export interface CatalogParts {
  readonly reader: CatalogReader;
  readonly writer: CatalogWriter;
  readonly clock: Pick<Clock, "now">;
  readonly randomness: Pick<Randomness, "bytes" | "uuid">;
  readonly compile: Compile;
}

export class Catalog {
  readonly machines: MachineCatalog;
  readonly activities: ActivityCatalog;
  readonly definitions: DefinitionCache;
  /** Signs paging tokens; the same after a restart. */
  readonly secret: Uint8Array;

  private constructor(
    machines: MachineCatalog,
    activities: ActivityCatalog,
    definitions: DefinitionCache,
    secret: Uint8Array,
  ) {
    this.machines = machines;
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
    const { writer, clock, randomness } = parts;
    return new Catalog(
      new MachineCatalog({ writer, clock, randomness, definitions }, entries),
      new ActivityCatalog({ writer, clock }, entries),
      definitions,
      secret,
    );
  }
}
