/** Members that several answers about executions share. */
import type { ExecutionDescription } from "../engine/execution-service.ts";
import type { Output } from "./operation.ts";

/** Input and output with their details; METADATA_ONLY leaves the texts out. */
export function showPayloads(
  execution: Pick<ExecutionDescription, "input" | "output">,
  includedData: "ALL_DATA" | "METADATA_ONLY" | undefined,
): Output {
  const included = includedData !== "METADATA_ONLY";
  const { input, output } = execution;
  return {
    input: included ? input : undefined,
    inputDetails: { included },
    output: included ? output : undefined,
    outputDetails: output === undefined ? undefined : { included },
  };
}

/** AWS redrives within 14 days after the end. */
const REDRIVE_PERIOD_MS = 14 * 24 * 60 * 60 * 1_000;

/** `redriveCount`, `redriveStatus` and why not. `now`: epoch milliseconds. */
export function showRedrive(
  execution: Pick<ExecutionDescription, "status" | "stoppedAt">,
  now: number,
): Output {
  const redriveStatusReason = whyNotRedrivable(execution, now);
  return {
    redriveCount: 0,
    redriveStatus: redriveStatusReason === undefined ? "REDRIVABLE" : "NOT_REDRIVABLE",
    redriveStatusReason,
  };
}

function whyNotRedrivable(
  execution: Pick<ExecutionDescription, "status" | "stoppedAt">,
  now: number,
): string | undefined {
  const { status, stoppedAt } = execution;
  if (status === "RUNNING" || status === "SUCCEEDED") {
    return `Execution is ${status} and cannot be redriven`;
  }
  return stoppedAt !== undefined && now - stoppedAt > REDRIVE_PERIOD_MS
    ? "Execution redrivable period exceeded."
    : undefined;
}
