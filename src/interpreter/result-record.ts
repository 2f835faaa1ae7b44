/** What is told of one child execution of a Map Run with the Transformation NONE. */
import type { Json, JsonObject } from "../json/json.ts";
import { stringify } from "../json/stringify.ts";
import type { ChildResult } from "./map-data.ts";

/** Members as recorded from AWS, in its order, which is that of their names. */
export function resultRecord(child: ChildResult): JsonObject {
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
