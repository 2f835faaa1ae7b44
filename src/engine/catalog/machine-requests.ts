/** What state machines are asked to become, and what came of it. */
import type { Definition } from "../../asl/definition.ts";
import type { MachineConfiguration } from "./configuration.ts";
import type { StateMachineAlias } from "./state-machine-alias.ts";
import type { StateMachineVersion } from "./state-machine-version.ts";
import type { StateMachine, StateMachineType } from "./state-machine.ts";
import type { Tag } from "./tag.ts";

/** A definition that was checked, as text and compiled. */
export interface CheckedDefinition {
  readonly text: string;
  readonly compiled: Definition;
}

export interface CreateStateMachine extends MachineConfiguration {
  readonly arn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly definition: CheckedDefinition;
  readonly roleArn: string;
  readonly tags: readonly Tag[];
  readonly publish: boolean;
  readonly versionDescription: string | undefined;
}

export type CreateResult =
  | {
      readonly type: "Created";
      readonly machine: StateMachine;
      readonly version: StateMachineVersion | undefined;
    }
  /** The machine of the name that was there is not deleted yet. */
  | { readonly type: "Deleting" }
  /** A machine of the name is there and differs. */
  | { readonly type: "Conflict"; readonly machine: StateMachine }
  | { readonly type: "LimitExceeded" };

/** Undefined members stay as they are. */
export interface UpdateStateMachine {
  readonly definition: CheckedDefinition | undefined;
  readonly roleArn: string | undefined;
  readonly configuration: Partial<MachineConfiguration>;
  readonly publish: boolean;
  readonly versionDescription: string | undefined;
}

export type UpdateResult =
  | {
      readonly type: "Updated";
      readonly machine: StateMachine;
      readonly version: StateMachineVersion | undefined;
    }
  | { readonly type: "NotFound" }
  | { readonly type: "VersionLimitExceeded" };

export type PublishResult =
  | { readonly type: "Published"; readonly version: StateMachineVersion }
  | { readonly type: "NotFound" }
  /** The given revision is not the current one; `current` is its UUID or `INITIAL`. */
  | { readonly type: "OtherRevision"; readonly current: string }
  | { readonly type: "VersionLimitExceeded" };

export type DeleteVersionResult =
  /** It is gone, or never was. */
  | { readonly type: "Deleted" }
  | { readonly type: "Referenced"; readonly aliases: readonly StateMachineAlias[] };
