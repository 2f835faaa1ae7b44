/** What an execution's history tells of the version and the alias it was started with. */
import type { HistoryEvent } from "../interpreter/history.ts";
import { decodeDetails } from "./execution-details.ts";
import type { ExecutionRecord } from "./ports.ts";

/** ExecutionStarted tells the version and the alias that the execution was started with. */
export function withOrigin(
  events: readonly HistoryEvent[],
  { details }: Pick<ExecutionRecord, "details">,
): readonly HistoryEvent[] {
  if (details === "") return events;
  const { versionArn, aliasArn } = decodeDetails(details);
  const origin = {
    ...(aliasArn !== undefined && { stateMachineAliasArn: aliasArn }),
    ...(versionArn !== undefined && { stateMachineVersionArn: versionArn }),
  };
  return events.map((event) =>
    event.id === 1 ? { ...event, details: { ...event.details, ...origin } } : event,
  );
}
