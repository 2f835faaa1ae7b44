import { errors } from "../errors.ts";
import { includedData } from "../model.ts";
import { operation } from "../operation.ts";
import { showPayloads } from "../execution-output.ts";
import { optional } from "../shapes.ts";
import { readStartRequest, startMembers } from "../start-request.ts";
import { seconds } from "../time.ts";

/** AWS bills an Express execution in steps of 100 ms and 64 MB. */
const BILLED_STEP_MS = 100;
const BILLED_STEP_MB = 64;

/** Answers when the execution has ended, well or badly. EXPRESS only. */
export const startSyncExecution = operation(
  "StartSyncExecution",
  { ...startMembers, includedData: optional(includedData) },
  async (input, context, request) => {
    const start = readStartRequest(input, context, request);
    if (start.machine.type !== "EXPRESS") throw errors.stateMachineTypeNotSupported();
    const execution = await context.engine.startSync(start);
    const stoppedAt = execution.stoppedAt ?? context.clock.now();
    const steps = Math.max(1, Math.ceil((stoppedAt - execution.startedAt) / BILLED_STEP_MS));
    return {
      executionArn: execution.executionArn,
      stateMachineArn: execution.stateMachineArn,
      name: execution.name,
      status: execution.status,
      startDate: seconds(execution.startedAt),
      stopDate: seconds(stoppedAt),
      ...showPayloads(execution, input.includedData),
      error: execution.error,
      cause: execution.cause,
      traceHeader: execution.traceHeader,
      billingDetails: {
        billedDurationInMilliseconds: steps * BILLED_STEP_MS,
        billedMemoryUsedInMB: BILLED_STEP_MB,
      },
    };
  },
);
