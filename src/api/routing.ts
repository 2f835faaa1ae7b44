/** Routing configurations of aliases in requests and answers. */
import type { AliasRoute, StateMachineAlias } from "../engine/catalog/state-machine-alias.ts";
import { isVersionArn } from "./arn.ts";
import { errors } from "./errors.ts";
import type { routingConfiguration } from "./model.ts";
import type { Output } from "./operation.ts";
import type { ValueOf } from "./shapes.ts";

const MAX_ROUTES = 2;
/** Per cent. */
const FULL_WEIGHT = 100;
const REASON = "INVALID_ROUTING_CONFIGURATION";

/** What an alias stands for, and the ARN of the state machine. */
export interface Routing {
  readonly machineArn: string;
  readonly routes: readonly AliasRoute[];
}

/**
 * Throws ValidationException unless it is one or two different versions of one state machine whose
 * weights sum to 100. Whether they exist is not asked.
 */
export function readRouting(given: ValueOf<typeof routingConfiguration>): Routing {
  const arns = given.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  const received = `Received: [${arns.join(", ")}]`;
  const refuse = (what: string): never => {
    throw errors.validation(`Routing configuration must ${what}`, REASON);
  };
  if (given.length === 0 || given.length > MAX_ROUTES) {
    refuse(`contain 1 or ${MAX_ROUTES} state machine version ARNs. ${received}`);
  }
  if (!arns.every(isVersionArn)) refuse(`contain state machine version ARNs. ${received}`);
  if (new Set(arns).size < arns.length) {
    refuse(`contain distinct state machine version ARNs. ${received}`);
  }
  const [machineArn = "", other] = new Set(arns.map((arn) => arn.slice(0, arn.lastIndexOf(":"))));
  if (other !== undefined) refuse(`contain versions of the same state machine. ${received}`);
  const weights = given.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== FULL_WEIGHT) {
    refuse(`have weights that sum to ${FULL_WEIGHT}. Received: [${weights.join(", ")}]`);
  }
  return {
    machineArn,
    routes: given.map(({ stateMachineVersionArn: versionArn, weight }) => ({ versionArn, weight })),
  };
}

export function showRouting({ routes }: StateMachineAlias): Output[] {
  return routes.map(({ versionArn, weight }) => ({ stateMachineVersionArn: versionArn, weight }));
}
