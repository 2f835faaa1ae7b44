/** The details of a history event, whatever its type. */
import type { HistoryEvent } from "../api/operations.ts";

/** The members that the console reads of any details object. */
export interface EventDetails {
  readonly name?: string;
  readonly index?: number;
  readonly length?: number;
  readonly input?: string;
  readonly output?: string;
  readonly parameters?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly resource?: string;
  readonly resourceType?: string;
  readonly mapRunArn?: string;
  readonly redriveCount?: number;
  readonly state?: string;
  readonly assignedVariables?: Readonly<Record<string, string>>;
}

/** The one details object of an event; empty if it has none. */
export function detailsOf(event: HistoryEvent): EventDetails {
  for (const [name, value] of Object.entries(event)) {
    if (name.endsWith("EventDetails") && value !== undefined) return value as EventDetails;
  }
  return {};
}
