/** ARNs as requests give them: `arn:<partition>:states:<region>:<account>:<type>:<rest>`. */
import { errors } from "./errors.ts";
import type { ApiContext } from "./operation.ts";
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

/** The state machine of an unqualified ARN. Throws InvalidArn, StateMachineDoesNotExist. */
export function findMachine(context: ApiContext, arn: string): StateMachine {
  const machine = context.catalog.machines.find(arn);
  if (machine !== undefined) return machine;
  checkArn(arn, "stateMachine");
  throw errors.stateMachineDoesNotExist(arn);
}

/** What an ARN of a state machine or of a version of it names. */
export interface Target {
  readonly machine: StateMachine;
  /** Undefined: the state machine itself. */
  readonly version: StateMachineVersion | undefined;
}

/**
 * Like `findMachine`, but takes versions, too. An alias will be resolved here when there are any:
 * it stands for one of its versions.
 */
export function findTarget(context: ApiContext, arn: string): Target {
  const { machines } = context.catalog;
  const version = isVersionArn(arn) ? machines.findVersion(arn) : undefined;
  const machine =
    version === undefined ? findMachine(context, arn) : machines.findById(version.machineId);
  if (machine === undefined) throw errors.stateMachineDoesNotExist(arn);
  return { machine, version };
}

function isVersionArn(arn: string): boolean {
  return /:stateMachine:[^:]+:\d+$/.test(arn);
}

/** `arn:aws:states:<region>:<account>:<type>:<name>`. */
export function makeArn(
  context: ApiContext,
  type: "stateMachine" | "activity",
  name: string,
): string {
  return `arn:aws:states:${context.region}:${context.accountId}:${type}:${name}`;
}
