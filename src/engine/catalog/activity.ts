/** An activity: a queue of tasks that workers fetch with GetActivityTask. */
import type { CatalogEntry } from "../ports.ts";
import type { EncryptionConfiguration } from "./configuration.ts";
import type { Tag } from "./tag.ts";

export interface Activity {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly encryption: EncryptionConfiguration | undefined;
  readonly tags: readonly Tag[];
}

export const ACTIVITY_KIND = "activity";

export function encodeActivity(activity: Activity): CatalogEntry {
  const { id, arn, ...body } = activity;
  return { id, kind: ACTIVITY_KIND, key: arn, body: JSON.stringify(body) };
}

export function decodeActivity(entry: CatalogEntry): Activity {
  const body = JSON.parse(entry.body) as Omit<Activity, "id" | "arn">;
  return { ...body, id: entry.id, arn: entry.key, encryption: body.encryption };
}
