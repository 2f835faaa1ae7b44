/**
 * One revision of a state machine: what an execution runs and DescribeStateMachineForExecution tells
 * about it later. Immutable; stored as the body of a `Revision`.
 */
import type { Revision } from "../ports.ts";
import type { MachineConfiguration } from "./configuration.ts";
import type { StateMachineType } from "./state-machine.ts";

export interface MachineRevision extends MachineConfiguration {
  readonly id: number;
  /** The text exactly as it was sent. */
  readonly definition: string;
  readonly type: StateMachineType;
  readonly roleArn: string;
  /** UUID; undefined for the revision a machine was created with. */
  readonly revision: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export function encodeRevision(revision: MachineRevision): Revision {
  const { id, ...body } = revision;
  return { id, body: JSON.stringify(body) };
}

export function decodeRevision(revision: Revision): MachineRevision {
  const body = JSON.parse(revision.body) as Omit<MachineRevision, "id">;
  // JSON leaves undefined members out.
  return { ...body, id: revision.id, revision: body.revision, encryption: body.encryption };
}
