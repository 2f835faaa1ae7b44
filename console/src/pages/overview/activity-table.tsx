/** Which activities have workers, and which have tasks that none took. */
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { ActivityOverview } from "../../api/own-operations.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { nameOf } from "../../routing/arns.ts";

interface Props {
  readonly activities: readonly ActivityOverview[];
}

const SHOWN = 50;

export function ActivityTable({ activities }: Props) {
  // Those where somebody waits first.
  const sorted = activities.toSorted((a, b) => load(b) - load(a)).slice(0, SHOWN);
  return (
    <Table
      variant="container"
      items={sorted}
      trackBy="activityArn"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Activity workers" }}
      header={
        <Header variant="h2" counter={`(${activities.length})`}>
          Activity workers
        </Header>
      }
      columnDefinitions={[
        {
          id: "name",
          header: "Activity",
          isRowHeader: true,
          cell: ({ activityArn }) => nameOf(activityArn),
        },
        {
          id: "tasks",
          header: "Waiting tasks",
          cell: ({ waitingTasks, waitingWorkers }) =>
            waitingTasks > 0 && waitingWorkers === 0 ? (
              <StatusIndicator type="warning">{waitingTasks}</StatusIndicator>
            ) : (
              <span className="numbers">{waitingTasks}</span>
            ),
        },
        {
          id: "workers",
          header: "Idle workers",
          cell: ({ waitingWorkers, workerNames }) => (
            <span>
              <span className="numbers">{waitingWorkers}</span>
              {workerNames.length === 0 ? "" : `: ${workerNames.join(", ")}`}
            </span>
          ),
        },
      ]}
      empty={<EmptyState title="No activities" />}
    />
  );
}

function load({ waitingTasks, waitingWorkers }: ActivityOverview): number {
  return waitingTasks * 1_000 + waitingWorkers;
}
