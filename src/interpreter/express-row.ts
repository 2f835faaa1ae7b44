/** What is stored of an EXPRESS child execution of a Map Run: its start and its end, nothing between. */
import { encodeEvent } from "./codec.ts";
import type { Execution } from "./execution.ts";

/** The journal row of one that was started and has ended. */
export function expressRow(execution: Execution): string {
  const start = encodeEvent({ kind: "ExecutionStarted", input: execution.input }, execution);
  return `[${start},${end(execution)}]`;
}

/** The further row of one that has been started again with the same input. */
export function expressEndRow(execution: Execution): string {
  return `[${end(execution)}]`;
}

function end(execution: Execution): string {
  const { status, output, error, cause } = execution;
  if (status === "RUNNING") throw new Error("the execution has not ended");
  const given = status === "SUCCEEDED" ? output : undefined;
  return encodeEvent({ kind: "ExpressEnded", status, output: given, error, cause }, execution);
}
