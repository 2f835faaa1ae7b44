/** What of an execution the graph shows. */
import type { GraphStatuses } from "../graph/flow-elements.ts";
import type { StateStatus } from "./state-statuses.ts";

export function graphStatuses(statuses: ReadonlyMap<string, StateStatus>): GraphStatuses {
  return new Map(
    [...statuses].map(([name, state]) => [name, { status: state.status, note: note(state) }]),
  );
}

/** Of a Map how many items are done; of a state in a Map how often it ran; how often it was retried. */
function note({ runs }: StateStatus): string | undefined {
  const [run] = runs;
  if (runs.length > 1) return `×${runs.length}`;
  const counts = run?.iterations;
  const isRetried = run !== undefined && run.attempts > 1;
  if (isRetried && counts === undefined) return `↻${run.attempts - 1}`;
  if (counts === undefined || run?.mapRunArn !== undefined || counts.total === 0) return undefined;
  return `${counts.succeeded}/${counts.total}`;
}
