/** The slowest executions that ended. */
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { Overview } from "../../api/own-operations.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { nameOf, stateMachineArnOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";
import { shortDuration } from "../../timeline/time-axis.ts";
import { slowestOf } from "./overview-totals.ts";

const SHOWN = 8;

export function SlowestTable({ overview }: { readonly overview: Overview }) {
  return (
    <Table
      variant="container"
      items={slowestOf(overview, SHOWN)}
      trackBy="executionArn"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "Slowest executions" }}
      header={<Header variant="h2">Slowest executions</Header>}
      columnDefinitions={[
        {
          id: "name",
          header: "Name",
          isRowHeader: true,
          cell: ({ executionArn }) => (
            <PageLink href={paths.execution(executionArn)}>{nameOf(executionArn)}</PageLink>
          ),
        },
        {
          id: "machine",
          header: "State machine",
          cell: ({ executionArn }) => nameOf(stateMachineArnOf(executionArn)),
        },
        {
          id: "status",
          header: "Status",
          cell: ({ status }) => <ExecutionStatusLabel status={status} />,
        },
        {
          id: "duration",
          header: "Duration",
          cell: ({ startDate, stopDate }) => (
            <span className="numbers">{shortDuration(stopDate - startDate)}</span>
          ),
        },
      ]}
      empty={<EmptyState title="Nothing ended" />}
    />
  );
}
