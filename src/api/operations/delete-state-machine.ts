import { checkArn, isQualified, refuseLabel } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";

/**
 * Deletes versions and aliases with it, and ends its executions: while some run it is DELETING.
 * Succeeds if there is no such state machine.
 */
export const deleteStateMachine = operation(
  "DeleteStateMachine",
  { stateMachineArn: required(arn) },
  async (input, context) => {
    checkArn(input.stateMachineArn, "stateMachine");
    refuseLabel(input.stateMachineArn);
    if (isQualified(input.stateMachineArn)) {
      throw errors.validation(
        `This operation does not support ARNs of versions or aliases: ${input.stateMachineArn}`,
      );
    }
    const machine = await context.catalog.machines.beginDeletion(input.stateMachineArn);
    if (machine !== undefined) await context.engine.endExecutions(machine);
    return {};
  },
);
