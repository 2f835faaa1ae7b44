import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn, includedData } from "../model.ts";
import { operation } from "../operation.ts";
import { showRevision } from "../revision-output.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** The state machine as it was when the execution was started. */
export const describeStateMachineForExecution = operation(
  "DescribeStateMachineForExecution",
  { executionArn: required(arn), includedData: optional(includedData) },
  async (input, context) => {
    checkArn(input.executionArn, "execution");
    const execution = await context.engine.describe(input.executionArn);
    if (execution === undefined) throw errors.executionDoesNotExist(input.executionArn);
    const compiled = await context.catalog.definitions.get(execution.revisionId);
    const { stateMachineArn } = execution;
    return {
      stateMachineArn,
      name: stateMachineArn.slice(stateMachineArn.lastIndexOf(":") + 1),
      updateDate: seconds(compiled.revision.createdAt),
      ...showRevision(compiled, input.includedData),
    };
  },
);
