import { checkAliasArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import { showRouting } from "../routing.ts";
import { required } from "../shapes.ts";
import { seconds } from "../time.ts";

export const describeStateMachineAlias = operation(
  "DescribeStateMachineAlias",
  { stateMachineAliasArn: required(arn) },
  async ({ stateMachineAliasArn }, context) => {
    checkAliasArn(stateMachineAliasArn);
    const alias = context.catalog.aliases.find(stateMachineAliasArn);
    if (alias === undefined) throw errors.resourceNotFound(stateMachineAliasArn);
    return {
      stateMachineAliasArn: alias.arn,
      name: alias.name,
      description: alias.description,
      routingConfiguration: showRouting(alias),
      creationDate: seconds(alias.createdAt),
      updateDate: seconds(alias.updatedAt),
    };
  },
);
