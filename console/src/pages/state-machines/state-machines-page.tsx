/** All state machines, with what their executions do. */
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { StateMachine } from "../../api/operations.ts";
import { useExecutionCounts, useStateMachines } from "../../api/state-machine-queries.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { paths } from "../../routing/paths.ts";
import { StartDialog } from "../start/start-dialog.tsx";
import { DeleteStateMachines } from "./delete-state-machines.tsx";
import { columnsOf } from "./state-machine-columns.tsx";

const PAGE_SIZE = 20;

export function StateMachinesPage() {
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useStateMachines();
  const [dialog, setDialog] = useState<"delete" | "start">();
  const create = (): void => void navigate(paths.createStateMachine);
  const all = data?.items ?? [];
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount, actions } =
    useCollection(all, {
      filtering: {
        filteringFunction: ({ name, type }, text) =>
          `${name} ${type}`.toLowerCase().includes(text.toLowerCase()),
        empty: <NoStateMachines onCreate={create} />,
        noMatch: (
          <EmptyState
            title="No state machine fits"
            action={<Button onClick={() => actions.setFiltering("")}>Clear the search</Button>}
          />
        ),
      },
      pagination: { pageSize: PAGE_SIZE },
      sorting: { defaultState: { sortingColumn: { sortingField: "name" } } },
      selection: { trackBy: "stateMachineArn" },
    });
  const counts = useExecutionCounts(items.map(({ stateMachineArn }) => stateMachineArn)).data;
  const selected = collectionProps.selectedItems ?? [];
  const [only] = selected;
  return (
    <>
      {error === null ? null : (
        <FailureAlert
          what="The state machines cannot be listed"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      <Table
        {...collectionProps}
        variant="full-page"
        stickyHeader
        selectionType="multi"
        items={items}
        columnDefinitions={columnsOf(counts)}
        loading={isPending}
        loadingText="Loading state machines"
        enableKeyboardNavigation
        ariaLabels={SELECTION_LABELS}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={data === undefined ? "" : `(${all.length}${data.isComplete ? "" : "+"})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={selected.length === 0} onClick={() => setDialog("delete")}>
                  Delete
                </Button>
                <Button disabled={selected.length !== 1} onClick={() => setDialog("start")}>
                  Start execution
                </Button>
                <Button variant="primary" onClick={create}>
                  Create state machine
                </Button>
              </SpaceBetween>
            }
          >
            State machines
          </Header>
        }
        filter={
          <TextFilter
            {...filterProps}
            filteringPlaceholder="Find state machines"
            filteringAriaLabel="Find state machines"
            countText={`${filteredItemsCount ?? 0} found`}
          />
        }
        pagination={<Pagination {...paginationProps} />}
      />
      {dialog === "delete" ? (
        <DeleteStateMachines machines={selected} onClose={() => setDialog(undefined)} />
      ) : null}
      {dialog === "start" && only !== undefined ? (
        <StartDialog
          stateMachineArn={only.stateMachineArn}
          type={only.type}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
    </>
  );
}

function NoStateMachines({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <EmptyState
      title="No state machines"
      hint="Create one here, with the AWS CLI or an SDK; or put *.asl.json files into the folder of stepwell dev."
      action={<Button onClick={onCreate}>Create state machine</Button>}
    />
  );
}

const SELECTION_LABELS = {
  selectionGroupLabel: "State machines to act on",
  allItemsSelectionLabel: () => "Select all",
  itemSelectionLabel: (_: unknown, { name }: StateMachine) => `Select ${name}`,
  tableLabel: "State machines",
};
