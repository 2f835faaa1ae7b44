/** All events of an execution, beside one of them in full. */
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import Toggle from "@cloudscape-design/components/toggle";
import { useMemo, useState } from "react";
import type { HistoryEvent } from "../../api/operations.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDuration, formatPreciseTime } from "../../components/format-time.ts";
import type { HistorySnapshot } from "../../history/execution-history.ts";
import { EventDetail } from "./event-detail.tsx";

interface Props {
  readonly history: HistorySnapshot;
  /** Epoch seconds. */
  readonly startDate: number;
}

const PAGE_SIZE = 25;

export function EventsSection({ history, startDate }: Props) {
  const [isNewestFirst, setIsNewestFirst] = useState(false);
  const [selected, setSelected] = useState<HistoryEvent>();
  const { runs } = history;
  const events = useMemo(
    () => (isNewestFirst ? history.events.toReversed() : [...history.events]),
    [history, isNewestFirst],
  );
  const { items, filterProps, paginationProps, filteredItemsCount } = useCollection(events, {
    filtering: {
      filteringFunction: ({ id, type }, text) =>
        `${id} ${type} ${runs.runOf(id)?.name ?? ""}`.toLowerCase().includes(text.toLowerCase()),
      noMatch: <EmptyState title="No event fits" />,
    },
    pagination: { pageSize: PAGE_SIZE },
  });
  return (
    <Table
      variant="container"
      items={items}
      trackBy={({ id }) => String(id)}
      loading={!history.isLoaded && events.length === 0 && history.error === undefined}
      loadingText="Loading events"
      selectionType="single"
      selectedItems={selected === undefined ? [] : [selected]}
      onSelectionChange={({ detail }) => setSelected(detail.selectedItems[0])}
      onRowClick={({ detail }) => setSelected(detail.item)}
      enableKeyboardNavigation
      ariaLabels={{
        tableLabel: "Events",
        selectionGroupLabel: "The event to look at",
        itemSelectionLabel: (_, { id, type }) => `Look at event ${id}, ${type}`,
      }}
      columnDefinitions={[
        {
          id: "id",
          header: "ID",
          cell: ({ id }) => <span className="numbers">{id}</span>,
          width: 90,
        },
        { id: "type", header: "Type", cell: ({ type }) => type, isRowHeader: true },
        { id: "state", header: "State", cell: ({ id }) => runs.runOf(id)?.name ?? "-" },
        {
          id: "after",
          header: "Started after",
          cell: ({ timestamp }) => (
            <span className="numbers">{formatDuration(timestamp - startDate)}</span>
          ),
        },
        {
          id: "time",
          header: "Time",
          cell: ({ timestamp }) => <span className="numbers">{formatPreciseTime(timestamp)}</span>,
        },
      ]}
      header={
        <Header
          variant="h2"
          counter={`(${events.length}${history.isLoaded ? "" : "+"})`}
          actions={
            <Box padding={{ top: "xxs" }}>
              <Toggle
                checked={isNewestFirst}
                onChange={({ detail }) => setIsNewestFirst(detail.checked)}
              >
                Newest first
              </Toggle>
            </Box>
          }
        >
          Events
        </Header>
      }
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder="Find events by type, state or ID"
          filteringAriaLabel="Find events"
          countText={`${filteredItemsCount ?? 0} found`}
        />
      }
      pagination={<Pagination {...paginationProps} />}
      footer={selected === undefined ? undefined : <EventDetail event={selected} />}
    />
  );
}
