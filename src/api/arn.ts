/** ARNs as requests give them: `arn:<partition>:states:<region>:<account>:<type>:<rest>`. */
import { errors } from "./errors.ts";
import type { ApiContext } from "./operation.ts";
import { chooseRoute, mainRoute } from "../engine/catalog/state-machine-alias.ts";
import type { StateMachineAlias } from "../engine/catalog/state-machine-alias.ts";
import type { StateMachineVersion } from "../engine/catalog/state-machine-version.ts";
import type { StateMachine } from "../engine/catalog/state-machine.ts";

type ResourceType = "stateMachine" | "execution" | "express" | "mapRun" | "activity";

/** Throws InvalidArn unless `arn` is an ARN of Step Functions and of one of `types`. */
export function checkArn(arn: string, ...types: ResourceType[]): void {
  const [prefix, partition, service, , , type, ...rest] = arn.split(":");
  if (prefix !== "arn" || partition === "" || service !== "states" || rest.length === 0) {
    throw errors.invalidArn(`Invalid ARN prefix: ${arn}`);
  }
  if (!(types as readonly (string | undefined)[]).includes(type)) {
    throw errors.invalidArn(`Resource type not valid in this context: ${type}`);
  }
}

/** Throws InvalidArn unless `arn` is that of an execution that is stored: of EXPRESS, a Map Run's child. */
export function checkDescribableArn(arn: string): void {
  const isExpressChild = arn.split(":")[6]?.includes("/") === true;
  checkArn(arn, "execution", ...(isExpressChild ? (["express"] as const) : []));
}

/** Throws InvalidArn unless `arn` looks like the ARN of a role; whether it exists is not asked. */
export function checkRoleArn(arn: string): void {
  const parts = arn.split(":");
  if (parts[0] !== "arn" || parts.length < 6) throw errors.invalidArn(`Invalid ARN prefix: ${arn}`);
}

/** The part after `stateMachine:` of a state machine's ARN. */
function machineTail(arn: string): string {
  return arn.split(":").slice(6).join(":");
}

/** ValidationException for `stateMachine:NAME/LABEL`, which most operations do not take. */
export function refuseLabel(arn: string): void {
  if (machineTail(arn).includes("/")) {
    const reason = "API_DOES_NOT_SUPPORT_LABELED_ARNS";
    throw errors.validation(`This operation does not support labeled ARNs: ${arn}`, reason);
  }
}

/** Whether the ARN names a version or an alias. */
export function isQualified(arn: string): boolean {
  return machineTail(arn).includes(":");
}

/**
 * The state machine of an unqualified ARN that is in service. Throws InvalidArn,
 * StateMachineDoesNotExist, StateMachineDeleting.
 */
export function findMachine(context: ApiContext, arn: string): StateMachine {
  const machine = context.catalog.machines.find(arn);
  if (machine !== undefined) return machine;
  throw notInService(context, arn);
}

/** What an ARN of a state machine, of a version or of an alias of it names. */
export interface Target {
  readonly machine: StateMachine;
  /** Undefined: the state machine itself. Of an alias one of its versions. */
  readonly version: StateMachineVersion | undefined;
  /** Undefined: the ARN names no alias. */
  readonly alias: StateMachineAlias | undefined;
}

/** Like `findMachine`, but takes versions and aliases, too; chooses a version by the weights. */
export function findTarget(context: ApiContext, arn: string): Target {
  return find(context, arn, (alias) => chooseRoute(alias, context.randomness.number()).versionArn);
}

/**
 * Like `findTarget`, but finds a state machine that is DELETING, too, and of an alias it is always
 * the version with most of the weight.
 */
export function findDescribed(context: ApiContext, arn: string): Target {
  const machine = context.catalog.machines.findDeleting(arn);
  if (machine !== undefined) return { machine, version: undefined, alias: undefined };
  return find(context, arn, (alias) => mainRoute(alias).versionArn);
}

function find(
  context: ApiContext,
  arn: string,
  versionOf: (alias: StateMachineAlias) => string,
): Target {
  const { machines, aliases } = context.catalog;
  const unqualified = machines.find(arn);
  if (unqualified !== undefined) {
    return { machine: unqualified, version: undefined, alias: undefined };
  }
  const alias = aliases.find(arn);
  const version = machines.findVersion(alias === undefined ? arn : versionOf(alias));
  const machine = version && machines.findById(version.machineId);
  if (machine === undefined) throw notInService(context, arn);
  return { machine, version, alias };
}

/** Why an ARN names nothing that is in service: InvalidArn, StateMachineDeleting or -DoesNotExist. */
export function notInService(context: ApiContext, arn: string): Error {
  checkArn(arn, "stateMachine");
  const machineArn = arn.split(":").slice(0, 7).join(":");
  return context.catalog.machines.findDeleting(machineArn) === undefined
    ? errors.stateMachineDoesNotExist(arn)
    : errors.stateMachineDeleting(machineArn);
}

/** Whether the ARN has the form of a version's. */
export function isVersionArn(arn: string): boolean {
  return /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:]+:\d+$/.test(arn);
}

/** Throws InvalidArn, or ValidationException, unless the ARN has the form of an alias's. */
export function checkAliasArn(arn: string): void {
  checkArn(arn, "stateMachine");
  refuseLabel(arn);
  if (!isQualified(arn) || isVersionArn(arn)) {
    throw errors.validation(`stateMachineAliasArn must end with the name of an alias: ${arn}`);
  }
}

/** `arn:aws:states:<region>:<account>:<type>:<name>`. */
export function makeArn(
  context: ApiContext,
  type: "stateMachine" | "activity",
  name: string,
): string {
  return `arn:aws:states:${context.region}:${context.accountId}:${type}:${name}`;
}
