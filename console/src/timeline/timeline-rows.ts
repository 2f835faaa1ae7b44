/** The rows of the time line: runs of states, those of a Map's items under their item. */
import type { RunStatus, StateRun } from "../history/state-run.ts";

export interface TimelineRow {
  /** Stays the same while the history grows. */
  readonly key: string;
  readonly depth: number;
  /** The run; of an item its Map's. */
  readonly run: StateRun;
  /** Index of the item; undefined: the row is the run itself. */
  readonly item: number | undefined;
  readonly status: RunStatus;
  /** Epoch seconds. */
  readonly from: number;
  /** Undefined: it goes on. */
  readonly to: number | undefined;
  readonly isExpandable: boolean;
  readonly isExpanded: boolean;
}

/** Maps of more items are closed at first. */
const MAX_OPEN_ITEMS = 5;

interface Inside {
  /** Runs of a Parallel's branches, or of a Map beside its items. */
  readonly direct: StateRun[];
  readonly items: Map<number, StateRun[]>;
}

/** `toggled`: keys of rows that are not as they were at first. In the order of entry. */
export function timelineRows(
  runs: readonly StateRun[],
  toggled: ReadonlySet<string>,
): readonly TimelineRow[] {
  const inside = new Map<StateRun | undefined, Inside>();
  for (const run of runs) {
    let place = inside.get(run.parent);
    if (place === undefined) inside.set(run.parent, (place = { direct: [], items: new Map() }));
    if (run.iteration === undefined) place.direct.push(run);
    else {
      const item = place.items.get(run.iteration);
      if (item === undefined) place.items.set(run.iteration, [run]);
      else item.push(run);
    }
  }
  const rows: TimelineRow[] = [];
  const addRuns = (some: readonly StateRun[], depth: number): void => {
    for (const run of some) {
      const within = inside.get(run);
      const key = String(run.index);
      const isOpenFirst = (within?.items.size ?? 0) <= MAX_OPEN_ITEMS;
      const isExpanded = within !== undefined && isOpenFirst !== toggled.has(key);
      rows.push({
        key,
        depth,
        run,
        item: undefined,
        status: run.status,
        from: run.startedAt,
        to: run.stoppedAt,
        isExpandable: within !== undefined,
        isExpanded,
      });
      if (!isExpanded) continue;
      addRuns(within.direct, depth + 1);
      for (const [item, itemRuns] of within.items) addItem(run, item, itemRuns, depth + 1);
    }
  };
  const addItem = (
    map: StateRun,
    item: number,
    itemRuns: readonly StateRun[],
    depth: number,
  ): void => {
    const key = `${map.index}/${item}`;
    const isExpanded = (map.iterations?.total ?? 0) <= MAX_OPEN_ITEMS !== toggled.has(key);
    const last = itemRuns.at(-1)!;
    rows.push({
      key,
      depth,
      run: map,
      item,
      status: last.status,
      from: itemRuns[0]!.startedAt,
      to: last.stoppedAt,
      isExpandable: true,
      isExpanded,
    });
    if (isExpanded) addRuns(itemRuns, depth + 1);
  };
  addRuns(inside.get(undefined)?.direct ?? [], 0);
  return rows;
}
