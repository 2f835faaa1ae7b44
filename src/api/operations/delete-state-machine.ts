import { checkArn, isQualified, refuseLabel } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";

/** Deletes versions with it. Succeeds if there is no such state machine. */
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
    await context.catalog.machines.delete(input.stateMachineArn);
    return {};
  },
);
