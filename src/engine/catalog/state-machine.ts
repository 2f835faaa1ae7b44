/** A state machine as the catalog holds it. Immutable: a change makes a new object. */
import type { CatalogEntry } from "../ports.ts";
import type { MachineConfiguration } from "./configuration.ts";
import type { Tag } from "./tag.ts";

export type StateMachineType = "STANDARD" | "EXPRESS";

export interface StateMachine extends MachineConfiguration {
  /** Id of its catalog entry; kept by the name, also when it is deleted and created again. */
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly roleArn: string;
  /** Epoch milliseconds. Executions that started earlier belong to a deleted machine of the name. */
  readonly createdAt: number;
  /** Epoch milliseconds of the last create, update or delete. */
  readonly updatedAt: number;
  /**
   * DELETING: takes no executions; those that run are being ended. DELETED: a tombstone, so that its
   * executions can still be described.
   */
  readonly status: "ACTIVE" | "DELETING" | "DELETED";
  /** Id of the revision that new executions run. */
  readonly revisionId: number;
  /** The `revisionId` AWS shows: a UUID, undefined before the first update (AWS: `INITIAL`). */
  readonly revision: string | undefined;
  readonly tags: readonly Tag[];
  /** Highest version number ever published, 0 if none; numbers are never used twice. */
  readonly lastVersion: number;
  /** What CreateStateMachine said about publishing, for its idempotency. */
  readonly createdWith: {
    readonly publish: boolean;
    readonly versionDescription: string | undefined;
  };
}

export const STATE_MACHINE_KIND = "stateMachine";

export function encodeStateMachine(machine: StateMachine): CatalogEntry {
  const { id, arn, ...body } = machine;
  return { id, kind: STATE_MACHINE_KIND, key: arn, body: JSON.stringify(body) };
}

/** Reads what `encodeStateMachine` wrote; the store hands back what it was given. */
export function decodeStateMachine(entry: CatalogEntry): StateMachine {
  const body = JSON.parse(entry.body) as Omit<StateMachine, "id" | "arn">;
  // JSON leaves undefined members out.
  const { revision, encryption } = body;
  return { ...body, id: entry.id, arn: entry.key, revision, encryption };
}
