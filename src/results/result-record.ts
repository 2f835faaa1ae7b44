/** What the result files say of one child execution. */
import type { ChildResult, ResultTarget } from "../interpreter/map-data.ts";
import type { Json } from "../json/json.ts";
import { isArray } from "../json/kind.ts";
import { stringify } from "../json/stringify.ts";

/** The entries of one child: its record, or its output, or the elements of its output. */
export function resultEntries(
  child: ChildResult,
  transformation: ResultTarget["transformation"],
): readonly Json[] {
  // What is no success stays unchanged.
  if (transformation === "NONE" || child.status !== "SUCCEEDED") return [resultRecord(child)];
  const output = child.output ?? null;
  return transformation === "FLATTEN" && isArray(output) ? output : [output];
}

/** Members as recorded from AWS, in its order, which is that of their names. */
function resultRecord(child: ChildResult): Json {
  const input = { Input: stringify(child.input ?? null), InputDetails: { Included: true } };
  if (child.status === "PENDING") return { ...input, Status: child.status };
  return {
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
    ...(child.error === undefined ? {} : { Error: child.error }),
    ExecutionArn: child.executionArn,
    ...input,
    Name: child.name,
    ...(child.output === undefined ? {} : { Output: stringify(child.output) }),
    OutputDetails: { Included: true },
    RedriveCount: child.redriveCount,
    ...redriveStatus(child),
    ...date("StartDate", child.startedAt),
    StateMachineArn: child.stateMachineArn,
    Status: child.status,
    ...date("StopDate", child.stoppedAt),
  };
}

function redriveStatus({ status, executionArn }: ChildResult): { readonly [key: string]: Json } {
  if (executionArn.includes(":express:")) return {};
  if (status !== "SUCCEEDED") return { RedriveStatus: "REDRIVABLE_BY_MAP_RUN" };
  return {
    RedriveStatus: "NOT_REDRIVABLE",
    RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
  };
}

function date(name: string, at: number | undefined): { readonly [key: string]: Json } {
  return at === undefined ? {} : { [name]: new Date(at).toISOString() };
}
