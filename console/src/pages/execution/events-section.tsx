/** All events of an execution, filtered, beside one of them in full. */
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import PropertyFilter from "@cloudscape-design/components/property-filter";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useMemo, useState } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDuration, formatPreciseTime } from "../../components/format-time.ts";
import { VirtualGrid } from "../../components/virtual-grid.tsx";
import type { HistorySnapshot } from "../../history/execution-history.ts";
import { isFailure } from "../../history/moments.ts";
import { EventDetail } from "./event-detail.tsx";
import { eventRows, FILTERING_PROPERTIES, optionsOf } from "./event-rows.ts";
import type { Moment } from "./use-moment.ts";

interface Props {
  readonly history: HistorySnapshot;
  readonly moment: Moment;
  /** Epoch seconds. */
  readonly startDate: number;
  readonly selectedId: number | undefined;
  readonly onSelect: (eventId: number) => void;
  readonly onFork: (eventId: number) => void;
}

const HEIGHT = 480;

export function EventsSection({ history, moment, startDate, selectedId, ...actions }: Props) {
  const { onSelect, onFork } = actions;
  const [isNewestFirst, setIsNewestFirst] = useState(false);
  const rows = useMemo(() => eventRows(history, startDate), [history, startDate]);
  const options = useMemo(() => optionsOf(rows), [rows]);
  const { allPageItems, propertyFilterProps } = useCollection(rows, {
    propertyFiltering: { filteringProperties: FILTERING_PROPERTIES },
  });
  const items = useMemo(
    () => (isNewestFirst ? allPageItems.toReversed() : allPageItems),
    [allPageItems, isNewestFirst],
  );
  const selected = items.findIndex(({ id }) => id === selectedId);
  const event = selectedId === undefined ? undefined : history.events[selectedId - 1];
  const { eventId: shownEventId } = moment;
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${rows.length}${history.isLoaded ? "" : "+"})`}
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
    >
      <SpaceBetween size="s">
        <PropertyFilter
          {...propertyFilterProps}
          filteringOptions={options}
          filteringPlaceholder="Find events by type, state, time or ID"
          filteringAriaLabel="Find events"
          countText={`${items.length} found`}
          virtualScroll
        />
        <div className={event === undefined ? "graph-only" : "events-and-detail"}>
          <VirtualGrid
            ariaLabel="Events"
            count={items.length}
            height={HEIGHT}
            selected={selected < 0 ? undefined : selected}
            onSelect={(row) => onSelect(items[row]!.id)}
            rowClass={(row) => {
              const isLater = shownEventId !== undefined && items[row]!.id > shownEventId;
              const isBad = isFailure(items[row]!);
              return `${isLater ? "is-later" : ""} ${isBad ? "is-failure" : ""}`;
            }}
            empty={
              <EmptyState title={rows.length === 0 ? "There are no events yet" : "No event fits"} />
            }
            columns={[
              {
                id: "id",
                header: "ID",
                width: "64px",
                cell: (row) => <span className="numbers">{items[row]!.id}</span>,
              },
              {
                id: "type",
                header: "Type",
                width: "minmax(140px, 5fr)",
                cell: (row) => <span title={items[row]!.type}>{items[row]!.type}</span>,
              },
              {
                id: "state",
                header: "State",
                width: "minmax(90px, 4fr)",
                cell: (row) => <span title={items[row]!.place}>{items[row]!.place}</span>,
              },
              {
                id: "after",
                header: "After",
                width: "104px",
                cell: (row) => (
                  <span className="numbers">{formatDuration(items[row]!.seconds)}</span>
                ),
              },
              {
                id: "time",
                header: "Time",
                width: "104px",
                cell: (row) => (
                  <span className="numbers">{formatPreciseTime(items[row]!.timestamp)}</span>
                ),
              },
            ]}
          />
          {event === undefined ? null : (
            <EventDetail
              event={event}
              isShown={shownEventId === event.id}
              onShow={() => moment.go(event.id)}
              onFork={() => onFork(event.id)}
            />
          )}
        </div>
      </SpaceBetween>
    </Container>
  );
}
