/** What DescribeExecution tells, out of an execution in memory. */
import type { Execution } from "../interpreter/execution.ts";
import { mapRunArn } from "../interpreter/map-run.ts";
import { stringify } from "../json/stringify.ts";
import { decodeDetails } from "./execution-details.ts";
import type { ExecutionDescription } from "./execution-service.ts";
import type { ExecutionRecord } from "./ports.ts";
import { whyNotRedrivable } from "./redrive-eligibility.ts";

/**
 * `record` says status and stop date; so an end that is not durable yet is not told. `isInService`:
 * whether its state machine is there and not being deleted; `now`: epoch milliseconds;
 * `isPendingRedrive`: of a child of a Map Run.
 */
export function describeExecution(
  execution: Execution,
  record: Pick<ExecutionRecord, "status" | "stoppedAt" | "details" | "revisionId">,
  surroundings: {
    readonly isInService: boolean;
    readonly now: number;
    readonly isPendingRedrive?: boolean;
  },
): ExecutionDescription {
  const { info, input, output, error, cause, lastEventId, limits } = execution;
  const { status, stoppedAt } = record;
  const { versionArn, aliasArn, traceHeader, redrives, child } = decodeDetails(record.details);
  const isExpressChild = child?.type === "EXPRESS";
  const { historyEvents } = limits;
  const { isInService, now } = surroundings;
  const facts = { ...info, status, stoppedAt, lastEventId, historyEvents, isInService };
  return {
    executionArn: info.arn,
    stateMachineArn: info.stateMachineArn,
    // Recorded from AWS.
    name: isExpressChild ? `${info.name}:${info.name}` : info.name,
    status,
    startedAt: info.startedAt,
    stoppedAt,
    input: stringify(input),
    output: status !== "SUCCEEDED" || output === undefined ? undefined : stringify(output),
    error: status === "RUNNING" ? undefined : error,
    cause: status === "RUNNING" ? undefined : cause,
    traceHeader,
    versionArn,
    aliasArn,
    redriveCount: redrives?.count ?? 0,
    redrivenAt: isExpressChild ? undefined : redrives?.at,
    notRedrivable: whyNotRedrivable(facts, now),
    revisionId: record.revisionId,
    child: child && {
      isPendingRedrive: surroundings.isPendingRedrive === true,
      mapRunArn: mapRunArn(info, { label: child.label, uuid: child.run }),
      label: child.label,
      pointer: child.pointer,
    },
  };
}

/** An end that is decided but not durable is not told. */
export function asRunning(record: ExecutionRecord): ExecutionRecord {
  return { ...record, status: "RUNNING", stoppedAt: undefined };
}
