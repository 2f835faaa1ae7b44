import { checkArn, isQualified, refuseLabel } from "../arn.ts";
import { errors } from "../errors.ts";
import { longArn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";

/** Succeeds if there is no such version; fails while an alias refers to it. Its executions go on. */
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
    const result = await context.catalog.machines.deleteVersion(input.stateMachineVersionArn);
    if (result.type === "Referenced") {
      const names = result.aliases.map(({ name }) => name).join(", ");
      throw errors.conflict(
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names}]`,
      );
    }
    return {};
  },
);
