import { checkArn, isQualified, refuseLabel } from "../arn.ts";
import { errors } from "../errors.ts";
import { longArn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";

/** Succeeds if there is no such version. Its executions go on. */
export const deleteStateMachineVersion = operation(
  "DeleteStateMachineVersion",
  { stateMachineVersionArn: required(longArn) },
  async (input, context) => {
    checkArn(input.stateMachineVersionArn, "stateMachine");
    refuseLabel(input.stateMachineVersionArn);
    if (!isQualified(input.stateMachineVersionArn)) {
      throw errors.validation(
        `stateMachineVersionArn must end with a version number: ${input.stateMachineVersionArn}`,
      );
    }
    await context.catalog.machines.deleteVersion(input.stateMachineVersionArn);
    return {};
  },
);
