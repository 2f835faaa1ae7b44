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
    if (result.type === "NameTaken") throw errors.executionAlreadyExists(result.executionArn);
    return { executionArn: result.executionArn, startDate: seconds(result.startedAt) };
  },
);
