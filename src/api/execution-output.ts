/** Members that several answers about executions share. */
import type { ExecutionDescription } from "../engine/execution-service.ts";
import type { Output } from "./operation.ts";
import { seconds } from "./time.ts";

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

/** How often and when it was redriven last, whether it can be redriven now, and why not. */
export function showRedrive(
  execution: Pick<ExecutionDescription, "redriveCount" | "redrivenAt" | "notRedrivable" | "child">,
): Output {
  const { redriveCount, redrivenAt, notRedrivable, child } = execution;
  // AWS: a child execution cannot be redriven alone.
  const redrivable = child === undefined ? "REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN";
  return {
    redriveCount,
    redriveDate: redrivenAt === undefined ? undefined : seconds(redrivenAt),
    redriveStatus: notRedrivable === undefined ? redrivable : "NOT_REDRIVABLE",
    redriveStatusReason: notRedrivable,
  };
}
