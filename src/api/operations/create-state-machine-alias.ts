import { errors } from "../errors.ts";
import { aliasDescription, aliasName, routingConfiguration } from "../model.ts";
import { operation } from "../operation.ts";
import { readRouting } from "../routing.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** Idempotent by name: description and routes must be the same. */
export const createStateMachineAlias = operation(
  "CreateStateMachineAlias",
  {
    description: optional(aliasDescription),
    name: required(aliasName),
    routingConfiguration: required(routingConfiguration),
  },
  async (input, context) => {
    const { machineArn, routes } = readRouting(input.routingConfiguration);
    const { name, description } = input;
    const result = await context.catalog.aliases.create({ machineArn, name, description, routes });
    switch (result.type) {
      case "Created":
        return {
          stateMachineAliasArn: result.alias.arn,
          creationDate: seconds(result.alias.createdAt),
        };
      case "Conflict":
        throw errors.conflict(
          "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
        );
      case "NotFound":
        if (context.catalog.machines.findDeleting(machineArn) !== undefined) {
          throw errors.stateMachineDeleting(machineArn);
        }
        throw errors.resourceNotFound(machineArn);
      case "VersionNotFound":
        throw errors.resourceNotFound(result.versionArn);
      case "LimitExceeded":
        throw errors.serviceQuotaExceeded(
          `A state machine has at most ${context.limits.aliases} aliases`,
        );
    }
  },
);
