import { checkAliasArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";

/** Executions that were started through the alias go on. */
export const deleteStateMachineAlias = operation(
  "DeleteStateMachineAlias",
  { stateMachineAliasArn: required(arn) },
  async ({ stateMachineAliasArn }, context) => {
    checkAliasArn(stateMachineAliasArn);
    const wasThere = await context.catalog.aliases.delete(stateMachineAliasArn);
    if (!wasThere) throw errors.resourceNotFound(stateMachineAliasArn);
    return {};
  },
);
