/** The events of one run of a state. */
import Box from "@cloudscape-design/components/box";
import type { HistoryEvent } from "../../api/operations.ts";
import { formatPreciseTime } from "../../components/format-time.ts";
import type { StateRun } from "../../history/state-run.ts";

interface Props {
  readonly run: StateRun | undefined;
  readonly events: readonly HistoryEvent[];
}

/** A Map of thousands of items has thousands of events. */
const MAX_SHOWN = 200;

export function RunEvents({ run, events }: Props) {
  const ids = run?.eventIds ?? [];
  return (
    <div className="run-events">
      <ol>
        {ids.slice(0, MAX_SHOWN).map((id) => {
          const event = events[id - 1];
          if (event === undefined) return null;
          return (
            <li key={id}>
              <span className="numbers">{id}</span>
              <span>{event.type}</span>
              <span className="numbers">{formatPreciseTime(event.timestamp)}</span>
            </li>
          );
        })}
      </ol>
      {ids.length > MAX_SHOWN ? (
        <Box color="text-status-inactive">
          and {ids.length - MAX_SHOWN} more; the list of all events below has them
        </Box>
      ) : null}
    </div>
  );
}
