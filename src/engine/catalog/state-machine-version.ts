/** A published version: a number that stands for one revision of a state machine for ever. */
import type { CatalogEntry } from "../ports.ts";

export interface StateMachineVersion {
  readonly id: number;
  /** `<state machine ARN>:<number>`. */
  readonly arn: string;
  readonly machineId: number;
  /** 1, 2, ... */
  readonly number: number;
  /** Id of the revision it stands for. */
  readonly revisionId: number;
  readonly description: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export const VERSION_KIND = "stateMachineVersion";

export function encodeVersion(version: StateMachineVersion): CatalogEntry {
  const { id, arn, ...body } = version;
  return { id, kind: VERSION_KIND, key: arn, body: JSON.stringify(body) };
}

export function decodeVersion(entry: CatalogEntry): StateMachineVersion {
  const body = JSON.parse(entry.body) as Omit<StateMachineVersion, "id" | "arn">;
  return { ...body, id: entry.id, arn: entry.key, description: body.description };
}
