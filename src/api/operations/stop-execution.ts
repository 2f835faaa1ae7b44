import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn, cause, errorName } from "../model.ts";
import { operation } from "../operation.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** A closed execution stays as it is, and its stop date is told. */
export const stopExecution = operation(
  "StopExecution",
  { executionArn: required(arn), error: optional(errorName), cause: optional(cause) },
  async (input, context) => {
    checkArn(input.executionArn, "execution");
    const result = await context.engine.stop(input.executionArn, input.error, input.cause);
    if (result === undefined) throw errors.executionDoesNotExist(input.executionArn);
    return { stopDate: seconds(result.stoppedAt) };
  },
);
