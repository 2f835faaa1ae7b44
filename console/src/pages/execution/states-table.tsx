/** The runs of states in the order in which they began, with bars on a time line. */
import { useCollection } from "@cloudscape-design/collection-hooks";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { RunStatusLabel } from "../../components/run-status.tsx";
import type { StateRun } from "../../history/state-run.ts";
import { TimelineBar } from "./timeline-bar.tsx";

interface Props {
  /** A new list whenever something in it has changed. */
  readonly runs: readonly StateRun[];
  /** Epoch seconds: where the time line begins and ends. */
  readonly startDate: number;
  readonly end: number;
  /** Epoch seconds; undefined: now. */
  readonly at: number | undefined;
  readonly selected: StateRun | undefined;
  readonly onSelect: (run: StateRun) => void;
}

const PAGE_SIZE = 25;
/** Deeper rows are not moved in further. */
const MAX_INDENT = 6;

export function StatesTable({ runs, startDate, end, at, selected, onSelect }: Props) {
  const { items, filterProps, paginationProps, filteredItemsCount } = useCollection(runs, {
    filtering: {
      filteringFunction: ({ name, type, status }, text) =>
        `${name} ${type} ${status}`.toLowerCase().includes(text.toLowerCase()),
      noMatch: <EmptyState title="No state fits" />,
    },
    pagination: { pageSize: PAGE_SIZE },
  });
  return (
    <Table
      variant="borderless"
      items={items}
      trackBy={({ index }) => String(index)}
      selectionType="single"
      selectedItems={selected === undefined ? [] : [selected]}
      onSelectionChange={({ detail }) => {
        const [run] = detail.selectedItems;
        if (run !== undefined) onSelect(run);
      }}
      onRowClick={({ detail }) => onSelect(detail.item)}
      enableKeyboardNavigation
      ariaLabels={{
        tableLabel: "States",
        selectionGroupLabel: "The state to look at",
        itemSelectionLabel: (_, { name }) => `Look at ${name}`,
      }}
      columnDefinitions={[
        {
          id: "name",
          header: "Name",
          cell: (run) => (
            <span style={{ paddingInlineStart: `${Math.min(depth(run), MAX_INDENT) * 16}px` }}>
              {run.name}
              {run.iteration === undefined ? "" : ` [${run.iteration}]`}
            </span>
          ),
          isRowHeader: true,
        },
        { id: "type", header: "Type", cell: ({ type }) => type },
        {
          id: "status",
          header: "Status",
          cell: ({ status }) => <RunStatusLabel status={status} />,
        },
        {
          id: "attempts",
          header: "Retries",
          cell: ({ type, attempts }) =>
            type === "Task" ? <span className="numbers">{Math.max(0, attempts - 1)}</span> : "-",
        },
        {
          id: "duration",
          header: "Duration",
          cell: ({ startedAt, stoppedAt }) => <ElapsedTime from={startedAt} to={stoppedAt ?? at} />,
        },
        {
          id: "timeline",
          header: "Timeline",
          minWidth: 160,
          cell: (run) => <TimelineBar run={run} from={startDate} to={end} />,
        },
      ]}
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder="Find states"
          filteringAriaLabel="Find states"
          countText={`${filteredItemsCount ?? 0} found`}
        />
      }
      pagination={<Pagination {...paginationProps} />}
      empty={<EmptyState title="No state was entered yet" />}
    />
  );
}

function depth({ parent }: StateRun): number {
  let levels = 0;
  for (let run = parent; run !== undefined; run = run.parent) levels += 1;
  return levels;
}
