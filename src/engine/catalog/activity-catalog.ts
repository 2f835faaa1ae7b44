/** Activities. Reads answer from memory; every change is durable before it can be seen. */
import type { CatalogEntry, Clock } from "../ports.ts";
import type { Quotas } from "../quotas.ts";
import { ACTIVITY_KIND, decodeActivity, encodeActivity } from "./activity.ts";
import type { Activity } from "./activity.ts";
import { sameEncryption } from "./configuration.ts";
import type { CatalogWriter } from "./catalog-writer.ts";
import { KeyedLock } from "./keyed-lock.ts";
import type { Tag } from "./tag.ts";

export type CreateActivity = Omit<Activity, "id" | "createdAt">;

export type CreateActivityResult =
  | { readonly type: "Created"; readonly activity: Activity }
  /** An activity of the name is there with another encryption. */
  | { readonly type: "Conflict"; readonly activity: Activity }
  | { readonly type: "LimitExceeded" };

export class ActivityCatalog {
  readonly #writer: CatalogWriter;
  readonly #clock: Pick<Clock, "now">;
  readonly #limits: Pick<Quotas, "activities">;
  readonly #lock = new KeyedLock();
  /** By ARN in order of creation. */
  readonly #activities = new Map<string, Activity>();

  constructor(
    parts: {
      readonly writer: CatalogWriter;
      readonly clock: Pick<Clock, "now">;
      readonly limits: Pick<Quotas, "activities">;
    },
    entries: readonly CatalogEntry[],
  ) {
    this.#writer = parts.writer;
    this.#clock = parts.clock;
    this.#limits = parts.limits;
    for (const entry of entries) {
      if (entry.kind === ACTIVITY_KIND) this.#activities.set(entry.key, decodeActivity(entry));
    }
  }

  find(arn: string): Activity | undefined {
    return this.#activities.get(arn);
  }

  /** In order of creation. */
  list(): Iterable<Activity> {
    return this.#activities.values();
  }

  /** Creates an activity, or gives the one of that name; tags are ignored then, as on AWS. */
  create(request: CreateActivity): Promise<CreateActivityResult> {
    return this.#lock.run(request.arn, async () => {
      const present = this.find(request.arn);
      if (present !== undefined) {
        const same = sameEncryption(present.encryption, request.encryption);
        return { type: same ? "Created" : "Conflict", activity: present };
      }
      if (this.#activities.size >= this.#limits.activities) return { type: "LimitExceeded" };
      const activity: Activity = {
        ...request,
        id: this.#writer.nextCatalogId(),
        createdAt: this.#clock.now(),
      };
      await this.#write(activity);
      return { type: "Created", activity };
    });
  }

  /** Nothing happens if it is not there. */
  delete(arn: string): Promise<void> {
    return this.#lock.run(arn, async () => {
      const present = this.find(arn);
      if (present === undefined) return;
      await this.#writer.write({ removedCatalog: [present.id] });
      this.#activities.delete(arn);
    });
  }

  /** Replaces the tags by what `change` makes of them; undefined: no such activity. */
  changeTags(
    arn: string,
    change: (tags: readonly Tag[]) => readonly Tag[],
  ): Promise<Activity | undefined> {
    return this.#lock.run(arn, async () => {
      const present = this.find(arn);
      if (present === undefined) return undefined;
      const activity: Activity = { ...present, tags: change(present.tags) };
      await this.#write(activity);
      return activity;
    });
  }

  async #write(activity: Activity): Promise<void> {
    await this.#writer.write({ catalog: [encodeActivity(activity)] });
    this.#activities.set(activity.arn, activity);
  }
}
