/** Tasks that wait for an answer with their token, and a form to give it. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useCollection } from "@cloudscape-design/collection-hooks";
import { useState } from "react";
import { useWaitingTasks } from "../../api/task-queries.ts";
import type { WaitingTask } from "../../api/own-operations.ts";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";
import { AnswerForm } from "./answer-form.tsx";
import { waitingFor } from "./waiting-for.ts";

const PAGE_SIZE = 20;
const NONE: readonly WaitingTask[] = [];

export function InboxPage() {
  const { data, error, isPending, isFetching, refetch } = useWaitingTasks();
  const [token, setToken] = useState<string>();
  const { items, filterProps, paginationProps, filteredItemsCount } = useCollection(
    data?.items ?? NONE,
    {
      filtering: {
        filteringFunction: ({ stateName, executionArn, resource }, text) =>
          `${stateName} ${executionArn} ${resource}`.toLowerCase().includes(text.toLowerCase()),
        noMatch: <EmptyState title="No task fits" />,
      },
      pagination: { pageSize: PAGE_SIZE },
    },
  );
  const selected = data?.items.find(({ taskToken }) => taskToken === token);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Tasks that wait until somebody answers with their task token."
          actions={
            <Button
              iconName="refresh"
              ariaLabel="Load again"
              loading={isFetching && isPending}
              onClick={() => void refetch()}
            />
          }
        >
          Inbox
        </Header>
      }
    >
      {error === null ? null : (
        <FailureAlert
          what="The waiting tasks cannot be listed"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      <div className={selected === undefined ? "graph-only" : "inbox"}>
        <Table
          variant="container"
          items={items}
          trackBy="taskToken"
          loading={isPending}
          loadingText="Loading tasks"
          selectionType="single"
          selectedItems={selected === undefined ? [] : [selected]}
          onSelectionChange={({ detail }) => setToken(detail.selectedItems[0]?.taskToken)}
          onRowClick={({ detail }) => setToken(detail.item.taskToken)}
          enableKeyboardNavigation
          ariaLabels={{
            tableLabel: "Waiting tasks",
            selectionGroupLabel: "The task to answer",
            itemSelectionLabel: (_, { stateName, executionArn }) =>
              `Answer ${stateName} of ${nameOf(executionArn)}`,
          }}
          header={
            <Header
              variant="h2"
              counter={
                data === undefined ? "" : `(${data.items.length}${data.isComplete ? "" : "+"})`
              }
            >
              Waiting tasks
            </Header>
          }
          filter={
            <TextFilter
              {...filterProps}
              filteringPlaceholder="Find tasks by state, execution or resource"
              filteringAriaLabel="Find tasks"
              countText={`${filteredItemsCount ?? 0} found`}
            />
          }
          pagination={<Pagination {...paginationProps} />}
          columnDefinitions={[
            {
              id: "state",
              header: "State",
              cell: ({ stateName, resource }) => (
                <>
                  <strong>{stateName}</strong>
                  <Box fontSize="body-s" color="text-body-secondary">
                    {waitingFor(resource)}
                  </Box>
                </>
              ),
              isRowHeader: true,
            },
            {
              id: "execution",
              header: "Execution",
              cell: ({ executionArn, stateMachineArn }) => (
                <>
                  <PageLink href={paths.execution(executionArn)}>{nameOf(executionArn)}</PageLink>
                  <Box fontSize="body-s" color="text-body-secondary">
                    {nameOf(stateMachineArn)}
                  </Box>
                </>
              ),
            },
            {
              id: "since",
              header: "Waits since",
              cell: ({ waitingDate }) => <ElapsedTime from={waitingDate} to={undefined} />,
            },
          ]}
          empty={
            <EmptyState
              title="Nothing waits for an answer"
              hint="Activities and tasks of the pattern .waitForTaskToken stand here while they wait."
            />
          }
        />
        {selected === undefined ? null : (
          <AnswerForm
            key={selected.taskToken}
            task={selected}
            onAnswered={() => setToken(undefined)}
          />
        )}
      </div>
      {token !== undefined && selected === undefined && data !== undefined ? (
        <Box margin={{ top: "s" }} color="text-status-inactive">
          The task that was chosen does not wait any more.
        </Box>
      ) : null}
    </ContentLayout>
  );
}
