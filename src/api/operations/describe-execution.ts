import { checkDescribableArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { showPayloads, showRedrive } from "../execution-output.ts";
import { arn, includedData } from "../model.ts";
import { operation } from "../operation.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

export const describeExecution = operation(
  "DescribeExecution",
  { executionArn: required(arn), includedData: optional(includedData) },
  async (input, context) => {
    checkDescribableArn(input.executionArn);
    const execution = await context.engine.describe(input.executionArn);
    if (execution === undefined) throw errors.executionDoesNotExist(input.executionArn);
    const { stoppedAt } = execution;
    return {
      executionArn: execution.executionArn,
      stateMachineArn: execution.stateMachineArn,
      name: execution.name,
      status: execution.child?.isPendingRedrive === true ? "PENDING_REDRIVE" : execution.status,
      startDate: seconds(execution.startedAt),
      stopDate: stoppedAt === undefined ? undefined : seconds(stoppedAt),
      ...showPayloads(execution, input.includedData),
      traceHeader: execution.traceHeader,
      error: execution.error,
      cause: execution.cause,
      stateMachineVersionArn: execution.versionArn,
      stateMachineAliasArn: execution.aliasArn,
      mapRunArn: execution.child?.mapRunArn,
      ...showRedrive(execution),
    };
  },
);
