/** How each state of the definition stands, out of all its runs. */
import type { RunStatus, StateRun } from "./state-run.ts";

export interface StateStatus {
  readonly status: RunStatus;
  /** The runs that count: the newest one, or the newest one of each item of a Map. */
  readonly runs: readonly StateRun[];
}

/** Which item of a Map is looked at, by the Map's name; none: all of them. */
export type IterationSelection = ReadonlyMap<string, number>;

/** What is shown of several items: the first of these that one of them has. */
const PRECEDENCE: readonly RunStatus[] = [
  "IN_PROGRESS",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
  "CAUGHT",
  "SUCCEEDED",
];

/** By the names of the states that were reached. Names are unique in a definition. */
export function stateStatuses(
  runs: readonly StateRun[],
  selection: IterationSelection = new Map(),
): ReadonlyMap<string, StateStatus> {
  const newest = new Map<string, StateRun>();
  for (const run of runs) newest.set(placeKey(run), run);
  const counted = new Set<StateRun>();
  const byName = new Map<string, StateRun[]>();
  for (const run of runs) {
    if (newest.get(placeKey(run)) !== run || !isInSight(run, counted, selection)) continue;
    counted.add(run);
    const same = byName.get(run.name);
    if (same === undefined) byName.set(run.name, [run]);
    else same.push(run);
  }
  return new Map([...byName].map(([name, same]) => [name, { status: joint(same), runs: same }]));
}

/** Runs of a state in one place replace each other: rounds of a loop. */
function placeKey({ name, parent, iteration }: StateRun): string {
  return `${parent?.index ?? ""}/${iteration ?? ""}/${name}`;
}

function isInSight(
  { parent, parentAttempt, iteration }: StateRun,
  counted: ReadonlySet<StateRun>,
  selection: IterationSelection,
): boolean {
  if (parent === undefined) return true;
  const selected = selection.get(parent.name);
  if (selected !== undefined && selected !== iteration) return false;
  return counted.has(parent) && parent.attempts === parentAttempt;
}

function joint(runs: readonly StateRun[]): RunStatus {
  const present = new Set(runs.map(({ status }) => status));
  return PRECEDENCE.find((status) => present.has(status)) ?? "IN_PROGRESS";
}
