/** What DescribeExecution tells, out of an execution in memory. */
import type { Execution } from "../interpreter/execution.ts";
import { stringify } from "../json/stringify.ts";
import { decodeDetails } from "./execution-details.ts";
import type { ExecutionDescription } from "./execution-service.ts";
import type { ExecutionRecord } from "./ports.ts";

/** `record` says status and stop date; so an end that is not durable yet is not told. */
export function describeExecution(
  execution: Execution,
  record: Pick<ExecutionRecord, "status" | "stoppedAt" | "details" | "revisionId">,
): ExecutionDescription {
  const { info, input, output, error, cause } = execution;
  const { status, stoppedAt } = record;
  return {
    executionArn: info.arn,
    stateMachineArn: info.stateMachineArn,
    name: info.name,
    status,
    startedAt: info.startedAt,
    stoppedAt,
    input: stringify(input),
    output: status !== "SUCCEEDED" || output === undefined ? undefined : stringify(output),
    error: status === "RUNNING" ? undefined : error,
    cause: status === "RUNNING" ? undefined : cause,
    ...decodeDetails(record.details),
    revisionId: record.revisionId,
  };
}
