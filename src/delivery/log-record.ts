/** Execution events in the form in which Step Functions writes them to CloudWatch Logs. */
import type { LoggedExecution } from "../engine/ports.ts";
import type { HistoryDetails, HistoryEvent } from "../interpreter/history.ts";
import { clipped } from "./clipped-text.ts";

/** AWS: input and output are cut at 248 KB, escapes counted. */
export const MAX_DATA_BYTES = 248 * 1024;

/** Left out unless `includeExecutionData` says otherwise. */
const EXECUTION_DATA: ReadonlySet<string> = new Set([
  "input",
  "inputDetails",
  "output",
  "outputDetails",
  "parameters",
  "assignedVariables",
  "assignedVariablesDetails",
]);

/** The record of one event: a JSON object on one line. */
export function logRecord(execution: LoggedExecution, event: HistoryEvent): string {
  const { details = {} } = event;
  return JSON.stringify({
    id: String(event.id),
    type: event.type,
    details: execution.logging.includeExecutionData ? bounded(details) : withoutData(details),
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.at),
    execution_arn: execution.arn,
    redrive_count: String(execution.redriveCount),
  });
}

function withoutData(details: HistoryDetails): HistoryDetails {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !EXECUTION_DATA.has(name)));
}

/** Cuts long payloads and says so in the member beside them. */
function bounded(details: HistoryDetails): HistoryDetails {
  const result: Record<string, unknown> = { ...details };
  for (const name of ["input", "output", "parameters"]) {
    const text = details[name];
    if (typeof text !== "string") continue;
    const short = clipped(text, MAX_DATA_BYTES);
    if (short.length === text.length) continue;
    result[name] = short;
    if (`${name}Details` in details) result[`${name}Details`] = { truncated: true };
  }
  if (exceeds(details["assignedVariables"])) {
    result["assignedVariables"] = {};
    result["assignedVariablesDetails"] = { truncated: true };
  }
  return result;
}

/** Variables are left out together: half of them would mislead. */
function exceeds(variables: unknown): boolean {
  return variables !== undefined && Buffer.byteLength(JSON.stringify(variables)) > MAX_DATA_BYTES;
}
