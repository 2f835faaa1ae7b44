/** Events without what makes long histories large. */
import type { HistoryEvent } from "../history.ts";

const PAYLOADS: ReadonlySet<string> = new Set([
  "input",
  "output",
  "parameters",
  "assignedVariables",
]);
/** Of an error's cause so much is kept. */
const MAX_CAUSE = 1_024;

export function withoutPayloads(event: HistoryEvent): HistoryEvent {
  const { details } = event;
  if (details === undefined) return event;
  const kept = Object.entries(details)
    .filter(([name]) => !PAYLOADS.has(name))
    .map(([name, value]): readonly [string, unknown] =>
      typeof value === "string" && name === "cause"
        ? [name, value.slice(0, MAX_CAUSE)]
        : [name, value],
    );
  return { ...event, details: Object.fromEntries(kept) };
}
