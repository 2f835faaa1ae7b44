/** The executions of a state machine, newest first, read on as one goes on. */
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useExecutions } from "../../api/execution-queries.ts";
import type { ExecutionStatus, StateMachineDescription } from "../../api/operations.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { EXECUTION_STATUSES, statusText } from "../../components/execution-status.tsx";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { EXECUTION_COLUMNS } from "./execution-columns.tsx";

interface Props {
  readonly machine: StateMachineDescription;
  readonly onStart: () => void;
}

const ALL = { value: "", label: "Any status" };
const OPTIONS = [
  ALL,
  ...EXECUTION_STATUSES.map((status) => ({ value: status, label: statusText(status) })),
];
const PAGE_SIZE = 20;

export function ExecutionsTab({ machine, onStart }: Props) {
  if (machine.type === "EXPRESS") {
    return (
      <EmptyState
        title="Express executions are not kept"
        hint="Switch logging on to have their events in the execution logs."
        action={<Button onClick={onStart}>Start execution</Button>}
      />
    );
  }
  return <StandardExecutions arn={machine.stateMachineArn} onStart={onStart} />;
}

function StandardExecutions({
  arn,
  onStart,
}: {
  readonly arn: string;
  readonly onStart: () => void;
}) {
  const [status, setStatus] = useState<ExecutionStatus>();
  const [page, setPage] = useState(1);
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useExecutions(arn, status);
  const all = data?.pages.flatMap(({ executions }) => executions) ?? [];
  const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE));
  const current = Math.min(page, pages);
  const turnTo = (number: number): void => {
    setPage(number);
    if (number >= pages && hasNextPage) void fetchNextPage();
  };
  return (
    <SpaceBetween size="s">
      {error === null ? null : (
        <FailureAlert
          what="The executions cannot be listed"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      <Table
        variant="borderless"
        columnDefinitions={EXECUTION_COLUMNS}
        items={all.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE)}
        trackBy="executionArn"
        loading={isPending || (isFetchingNextPage && page > pages)}
        loadingText="Loading executions"
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: "Executions" }}
        header={
          <Header
            variant="h2"
            counter={data === undefined ? "" : `(${all.length}${hasNextPage ? "+" : ""})`}
            actions={
              <Button variant="primary" onClick={onStart}>
                Start execution
              </Button>
            }
          >
            Executions
          </Header>
        }
        filter={
          <div className="short-field">
            <Select
              selectedOption={OPTIONS.find(({ value }) => value === (status ?? "")) ?? ALL}
              options={OPTIONS}
              ariaLabel="Status of the executions"
              onChange={({ detail }) => {
                const { value } = detail.selectedOption;
                setStatus(value === "" ? undefined : (value as ExecutionStatus));
                setPage(1);
              }}
            />
          </div>
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
          status === undefined ? (
            <EmptyState
              title="No executions"
              action={<Button onClick={onStart}>Start execution</Button>}
            />
          ) : (
            <EmptyState
              title={`No execution is ${statusText(status).toLowerCase()}`}
              action={<Button onClick={() => setStatus(undefined)}>Show all</Button>}
            />
          )
        }
      />
    </SpaceBetween>
  );
}
