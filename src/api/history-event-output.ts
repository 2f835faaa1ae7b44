/** An event of the history in the shape of AWS's `HistoryEvent`. */
import type { HistoryDetails, HistoryEvent } from "../interpreter/history.ts";
import type { Output } from "./operation.ts";
import { seconds } from "./time.ts";

/** Members that hold payloads. */
const PAYLOADS = new Set(["input", "output", "parameters", "assignedVariables"]);

/** `withData` false: as `includeExecutionData: false` wants it, without payloads. */
export function historyEventOutput(event: HistoryEvent, withData: boolean): Output {
  const shown: Record<string, unknown> = {
    id: event.id,
    previousEventId: event.previousEventId,
    timestamp: seconds(event.at),
    type: event.type,
  };
  if (event.detailsName !== undefined) {
    const details = event.details ?? {};
    shown[event.detailsName] = withData ? details : withoutPayloads(details);
  }
  return shown;
}

function withoutPayloads(details: HistoryDetails): HistoryDetails {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !PAYLOADS.has(name)));
}
