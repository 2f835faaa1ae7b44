import { notInService } from "../arn.ts";
import { errors } from "../errors.ts";
import { operation } from "../operation.ts";
import { readStartRequest, startMembers } from "../start-request.ts";
import { seconds } from "../time.ts";

/** Idempotent by name for STANDARD: the engine knows whether a name is taken. */
export const startExecution = operation(
  "StartExecution",
  startMembers,
  async (input, context, request) => {
    const result = await context.engine.start(readStartRequest(input, context, request));
    switch (result.type) {
      case "Started":
        return { executionArn: result.executionArn, startDate: seconds(result.startedAt) };
      case "NameTaken":
        throw errors.executionAlreadyExists(result.executionArn);
      case "MachineGone":
        throw notInService(context, input.stateMachineArn);
      case "TooManyOpen":
        throw errors.executionLimitExceeded(result.limit);
    }
  },
);
