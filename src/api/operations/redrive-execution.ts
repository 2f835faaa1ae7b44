import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn, clientToken } from "../model.ts";
import { operation } from "../operation.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** The same client token gets the first answer again, whatever became of the execution since. */
export const redriveExecution = operation(
  "RedriveExecution",
  { executionArn: required(arn), clientToken: optional(clientToken) },
  async (input, context) => {
    const { executionArn } = input;
    checkArn(executionArn, "execution");
    const result = await context.engine.redrive(executionArn, input.clientToken);
    if (result === undefined) throw errors.executionDoesNotExist(executionArn);
    switch (result.type) {
      case "Redriven":
        return { redriveDate: seconds(result.redrivenAt) };
      case "NotRedrivable":
        throw errors.executionNotRedrivable(executionArn, result.reason);
      case "TooManyOpen":
        throw errors.executionLimitExceeded(result.limit);
    }
  },
);
