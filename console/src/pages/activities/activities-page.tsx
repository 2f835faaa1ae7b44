/** All activities. */
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { useActivities, useDeleteActivities } from "../../api/activity-queries.ts";
import type { Activity } from "../../api/operations.ts";
import { ArnText } from "../../components/arn-text.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { formatTime } from "../../components/format-time.ts";
import { useNotifications } from "../../shell/notifications.tsx";
import { CreateActivityDialog } from "./create-activity-dialog.tsx";

const PAGE_SIZE = 20;

export function ActivitiesPage() {
  const { data, error, isPending, refetch } = useActivities();
  const [dialog, setDialog] = useState<"create" | "delete">();
  const all = data?.items ?? [];
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } =
    useCollection(all, {
      filtering: {
        filteringFunction: ({ name }, text) => name.toLowerCase().includes(text.toLowerCase()),
        empty: (
          <EmptyState
            title="No activities"
            hint="A worker that asks for tasks of an activity can run anywhere."
            action={<Button onClick={() => setDialog("create")}>Create activity</Button>}
          />
        ),
        noMatch: <EmptyState title="No activity fits" />,
      },
      pagination: { pageSize: PAGE_SIZE },
      sorting: {},
      selection: { trackBy: "activityArn" },
    });
  const selected = collectionProps.selectedItems ?? [];
  return (
    <>
      {error === null ? null : (
        <FailureAlert
          what="The activities cannot be listed"
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
        loading={isPending}
        loadingText="Loading activities"
        enableKeyboardNavigation
        ariaLabels={SELECTION_LABELS}
        columnDefinitions={[
          {
            id: "name",
            header: "Name",
            cell: ({ name }) => name,
            sortingField: "name",
            isRowHeader: true,
          },
          {
            id: "created",
            header: "Created",
            cell: ({ creationDate }) => formatTime(creationDate),
            sortingField: "creationDate",
          },
          {
            id: "arn",
            header: "ARN",
            cell: ({ activityArn }) => <ArnText arn={activityArn} what="activity" />,
          },
        ]}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={data === undefined ? "" : `(${all.length}${data.isComplete ? "" : "+"})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={selected.length === 0} onClick={() => setDialog("delete")}>
                  Delete
                </Button>
                <Button variant="primary" onClick={() => setDialog("create")}>
                  Create activity
                </Button>
              </SpaceBetween>
            }
          >
            Activities
          </Header>
        }
        filter={
          <TextFilter
            {...filterProps}
            filteringPlaceholder="Find activities"
            filteringAriaLabel="Find activities"
            countText={`${filteredItemsCount ?? 0} found`}
          />
        }
        pagination={<Pagination {...paginationProps} />}
      />
      {dialog === "create" ? <CreateActivityDialog onClose={() => setDialog(undefined)} /> : null}
      {dialog === "delete" ? (
        <DeleteActivities activities={selected} onClose={() => setDialog(undefined)} />
      ) : null}
    </>
  );
}

interface DeleteProps {
  readonly activities: readonly Activity[];
  readonly onClose: () => void;
}

function DeleteActivities({ activities, onClose }: DeleteProps) {
  const { succeeded, failed } = useNotifications();
  const remove = useDeleteActivities();
  const names = activities.map(({ name }) => name).join(", ");
  const confirm = (): void =>
    remove.mutate(
      activities.map(({ activityArn }) => activityArn),
      {
        onSuccess: () => succeeded(`Deleted: ${names}`),
        onError: (error) => failed("Not everything was deleted", error),
        onSettled: onClose,
      },
    );
  return (
    <ConfirmDialog
      title={`Delete ${activities.length === 1 ? names : `${activities.length} activities`}?`}
      confirmText="Delete"
      isBusy={remove.isPending}
      onConfirm={confirm}
      onDismiss={onClose}
    >
      <Box variant="p">Tasks that wait for a worker of it go on waiting until they time out.</Box>
    </ConfirmDialog>
  );
}

const SELECTION_LABELS = {
  selectionGroupLabel: "Activities to act on",
  allItemsSelectionLabel: () => "Select all",
  itemSelectionLabel: (_: unknown, { name }: Activity) => `Select ${name}`,
  tableLabel: "Activities",
};
