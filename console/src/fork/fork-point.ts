/** Where a fork can go on from, and with which data. */
import type { HistoryEvent } from "../api/operations.ts";
import { detailsOf } from "../history/event-details.ts";

/** Events after which an execution can go on; others stand in the middle of an end or a failure. */
const FORKABLE =
  /^(?:Execution(?:Started|Redriven)|\w+State(?:Entered|Exited)|(?:Task|LambdaFunction|Activity)(?:Scheduled|Started|Submitted|Succeeded|Failed|TimedOut)|(?:Parallel|Map)State(?:Started|Succeeded)|MapIteration(?:Started|Succeeded)|MapRunStarted)$/;

export function isForkable({ type }: HistoryEvent): boolean {
  return FORKABLE.test(type);
}

/** The nearest such event, from an event backwards. */
export function forkPoint(
  events: readonly HistoryEvent[],
  eventId: number,
): HistoryEvent | undefined {
  for (let id = Math.min(eventId, events.length); id >= 1; id -= 1) {
    const event = events[id - 1];
    if (event !== undefined && isForkable(event)) return event;
  }
  return undefined;
}

export interface ForkData {
  /** What it is to the state that goes on. */
  readonly label: string;
  /** JSON text; undefined: it is not told by the event. */
  readonly text: string | undefined;
}

/** What of the data may be edited when a fork goes on after an event. */
export function forkData(event: HistoryEvent): ForkData {
  const { input, output, name } = detailsOf(event);
  const { type } = event;
  if (type.endsWith("StateEntered"))
    return { label: `Input of ${name ?? "the state"}`, text: input };
  if (type.endsWith("StateExited")) return { label: "Input of the next state", text: output };
  if (/(?:Task|LambdaFunction|Activity)Succeeded$/.test(type)) {
    return { label: "Result of the task", text: output };
  }
  if (type === "ExecutionStarted") return { label: "Input of the execution", text: input };
  return { label: "Input of the state", text: undefined };
}

/** Where a state stands in an indented definition, both from 1; undefined: it is not there. */
export function placeOfState(
  definition: string,
  name: string,
): { readonly line: number; readonly column: number } | undefined {
  // Only states are objects under their names; texts that name one are values.
  const at = definition.indexOf(`${JSON.stringify(name)}: {`);
  if (at < 0) return undefined;
  const before = definition.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
