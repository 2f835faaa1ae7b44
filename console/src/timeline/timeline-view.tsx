/** When each state ran: bars on a common axis of time, with nesting and retries. */
import Button from "@cloudscape-design/components/button";
import { useMemo, useState } from "react";
import type { HistoryEvent } from "../api/operations.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { formatDuration } from "../components/format-time.ts";
import { runStatusText } from "../components/run-status.tsx";
import { VirtualGrid } from "../components/virtual-grid.tsx";
import type { StateRun } from "../history/state-run.ts";
import { TimeAxis } from "./time-axis-header.tsx";
import { timelineRows, type TimelineRow } from "./timeline-rows.ts";
import { TimelineTrack } from "./timeline-track.tsx";

interface Props {
  /** A new list whenever something in it has changed. */
  readonly runs: readonly StateRun[];
  readonly events: readonly HistoryEvent[];
  /** Epoch seconds: the axis. */
  readonly from: number;
  readonly to: number;
  readonly height: number;
  readonly selected: StateRun | undefined;
  readonly onSelect: (run: StateRun) => void;
}

export function TimelineView({ runs, events, from, to, height, selected, onSelect }: Props) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [chosenKey, setChosenKey] = useState<string>();
  const rows = useMemo(() => timelineRows(runs, toggled), [runs, toggled]);
  const toggle = (key: string): void => {
    const changed = new Set(toggled);
    if (!changed.delete(key)) changed.add(key);
    setToggled(changed);
  };
  const chosen = rows.findIndex(({ key }) => key === chosenKey);
  const ofRun = rows.findIndex(
    ({ run, item }) => run.index === selected?.index && item === undefined,
  );
  const isChosenItem = chosen >= 0 && rows[chosen]?.run.index === selected?.index;
  const row = isChosenItem ? chosen : ofRun;
  return (
    <VirtualGrid
      ariaLabel="Time line"
      count={rows.length}
      height={height}
      selected={row < 0 ? undefined : row}
      onSelect={(index) => {
        const { key, run } = rows[index]!;
        setChosenKey(key);
        onSelect(run);
      }}
      onKey={(key, index) => {
        const current = rows[index];
        const turns =
          current?.isExpandable === true &&
          ((key === "ArrowRight" && !current.isExpanded) ||
            (key === "ArrowLeft" && current.isExpanded));
        if (turns) toggle(current.key);
        return turns;
      }}
      empty={<EmptyState title="No state was entered yet" />}
      columns={[
        {
          id: "name",
          header: "State",
          width: "minmax(150px, 30%)",
          cell: (index) => <RowName row={rows[index]!} onToggle={toggle} />,
        },
        {
          id: "duration",
          header: "Duration",
          width: "104px",
          cell: (index) => {
            const { from: start, to: end } = rows[index]!;
            return <span className="numbers">{formatDuration((end ?? to) - start)}</span>;
          },
        },
        {
          id: "time",
          header: <TimeAxis length={to - from} />,
          width: "minmax(0, 1fr)",
          cell: (index) => <TimelineTrack row={rows[index]!} events={events} from={from} to={to} />,
        },
      ]}
    />
  );
}

function RowName({
  row,
  onToggle,
}: {
  readonly row: TimelineRow;
  readonly onToggle: (key: string) => void;
}) {
  const name = row.item === undefined ? row.run.name : `Item ${row.item}`;
  return (
    <span className="tree-name" style={{ paddingInlineStart: `${Math.min(row.depth, 8) * 14}px` }}>
      {row.isExpandable ? (
        <span className="tree-toggle">
          <Button
            variant="inline-icon"
            iconName={row.isExpanded ? "caret-down-filled" : "caret-right-filled"}
            ariaLabel={`${row.isExpanded ? "Close" : "Open"} ${name}`}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(row.key);
            }}
          />
        </span>
      ) : (
        <span className="tree-toggle" />
      )}
      <span
        className={`status-dot is-${row.status.toLowerCase()}`}
        title={runStatusText(row.status)}
      />
      <span className="cut-off" title={name}>
        {name}
      </span>
    </span>
  );
}
