import { checkAliasArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { aliasDescription, arn, routingConfiguration } from "../model.ts";
import { operation } from "../operation.ts";
import { readRouting } from "../routing.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** Executions that run keep their version. */
export const updateStateMachineAlias = operation(
  "UpdateStateMachineAlias",
  {
    stateMachineAliasArn: required(arn),
    description: optional(aliasDescription),
    routingConfiguration: optional(routingConfiguration),
  },
  async (input, context) => {
    const { stateMachineAliasArn, description, routingConfiguration: given } = input;
    checkAliasArn(stateMachineAliasArn);
    if (description === undefined && given === undefined) {
      throw errors.validation(
        "Either the description or the routingConfiguration must be specified",
        "MISSING_REQUIRED_PARAMETER",
      );
    }
    const routing = given && readRouting(given);
    if (routing !== undefined && !stateMachineAliasArn.startsWith(`${routing.machineArn}:`)) {
      throw errors.validation(
        `Routing configuration must contain versions of the alias's state machine. Received: ${routing.machineArn}`,
        "INVALID_ROUTING_CONFIGURATION",
      );
    }
    const changes = { description, routes: routing?.routes };
    const result = await context.catalog.aliases.update(stateMachineAliasArn, changes);
    switch (result.type) {
      case "Updated":
        return { updateDate: seconds(result.alias.updatedAt) };
      case "NotFound":
        throw errors.resourceNotFound(stateMachineAliasArn);
      case "VersionNotFound":
        throw errors.resourceNotFound(result.versionArn);
    }
  },
);
