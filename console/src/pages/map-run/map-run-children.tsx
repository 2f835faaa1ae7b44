/** The child executions of a Map Run, by status; of those that failed with their causes. */
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useMapRunChildren } from "../../api/map-run-queries.ts";
import type { ExecutionStatus, MapRunDescription } from "../../api/operations.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { CAUSE_COLUMN, CHILD_COLUMNS } from "./child-columns.tsx";

const PAGE_SIZE = 20;

export function MapRunChildren({ run }: { readonly run: MapRunDescription }) {
  const { executionCounts } = run;
  const lost = executionCounts.failed + executionCounts.timedOut;
  const [chosen, setChosen] = useState<ExecutionStatus | "ALL">();
  const [page, setPage] = useState(1);
  // What went wrong is what people come for.
  const shown = chosen ?? (lost > 0 ? "FAILED" : "ALL");
  const status = shown === "ALL" ? undefined : shown;
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useMapRunChildren(run, status);
  const all = data?.pages.flatMap(({ executions }) => executions) ?? [];
  const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE));
  const current = Math.min(page, pages);
  const turnTo = (number: number): void => {
    setPage(number);
    if (number >= pages && hasNextPage) void fetchNextPage();
  };
  if (error !== null) {
    const what = "The child executions cannot be listed";
    return <FailureAlert what={what} error={error} onRetry={() => void refetch()} />;
  }
  const hasCauses = status === "FAILED" || status === "TIMED_OUT" || status === "ABORTED";
  return (
    <Table
      variant="container"
      columnDefinitions={hasCauses ? [...CHILD_COLUMNS, CAUSE_COLUMN] : CHILD_COLUMNS}
      items={all.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE)}
      trackBy="executionArn"
      loading={isPending || (isFetchingNextPage && page > pages)}
      loadingText="Loading child executions"
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Child executions" }}
      header={
        <Header
          variant="h2"
          counter={data === undefined ? "" : `(${all.length}${hasNextPage ? "+" : ""})`}
        >
          Child executions
        </Header>
      }
      filter={
        <SegmentedControl
          label="Status of the child executions"
          selectedId={shown}
          onChange={({ detail }) => {
            setChosen(detail.selectedId as ExecutionStatus | "ALL");
            setPage(1);
          }}
          options={[
            { id: "ALL", text: "All" },
            { id: "FAILED", text: `Failed (${executionCounts.failed})` },
            { id: "TIMED_OUT", text: `Timed out (${executionCounts.timedOut})` },
            { id: "ABORTED", text: `Aborted (${executionCounts.aborted})` },
            { id: "RUNNING", text: `Running (${executionCounts.running})` },
            { id: "SUCCEEDED", text: `Succeeded (${executionCounts.succeeded})` },
          ]}
        />
      }
      pagination={
        <Pagination
          currentPageIndex={current}
          pagesCount={pages}
          openEnd={hasNextPage}
          onChange={({ detail }) => turnTo(detail.currentPageIndex)}
        />
      }
      empty={
        <EmptyState
          title="No child executions"
          hint="EXPRESS children are not kept; their items are counted above."
        />
      }
    />
  );
}
