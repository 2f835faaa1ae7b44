/** How each state machine does. */
import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import type { MachineOverview, Overview } from "../../api/own-operations.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";
import { shortDuration } from "../../timeline/time-axis.ts";
import { failedOf, percent, rateOf } from "./overview-totals.ts";

const PAGE_SIZE = 20;

interface Row extends MachineOverview {
  readonly name: string;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly rate: number | undefined;
  readonly median: number | undefined;
  readonly p95: number | undefined;
  readonly longest: number | undefined;
}

function rowOf(machine: MachineOverview): Row {
  const { counts, durations, stateMachineArn } = machine;
  const failed = failedOf(counts);
  return {
    ...machine,
    name: nameOf(stateMachineArn),
    running: counts.RUNNING,
    succeeded: counts.SUCCEEDED,
    failed,
    rate: rateOf(counts.SUCCEEDED, failed),
    median: durations?.median,
    p95: durations?.p95,
    longest: durations?.longest,
  };
}

export function MachineTable({ overview }: { readonly overview: Overview }) {
  const { stateMachines, stateMachinesLeftOut } = overview;
  const { items, collectionProps, paginationProps } = useCollection(stateMachines.map(rowOf), {
    // Where something failed one looks first.
    sorting: { defaultState: { sortingColumn: { sortingField: "failed" }, isDescending: true } },
    pagination: { pageSize: PAGE_SIZE },
  });
  const number = (field: "running" | "succeeded" | "failed", header: string) => ({
    id: field,
    header,
    sortingField: field,
    cell: (row: Row) => (
      <span className={`numbers${field === "failed" && row.failed > 0 ? " is-bad" : ""}`}>
        {row[field].toLocaleString("en-US")}
        {row.isComplete ? "" : "+"}
      </span>
    ),
  });
  const time = (field: "median" | "p95" | "longest", header: string) => ({
    id: field,
    header,
    sortingField: field,
    cell: (row: Row) => {
      const value = row[field];
      return <span className="numbers">{value === undefined ? "-" : shortDuration(value)}</span>;
    },
  });
  return (
    <Table
      {...collectionProps}
      variant="container"
      items={items}
      trackBy="stateMachineArn"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: "State machines" }}
      header={
        <Header
          variant="h2"
          counter={`(${stateMachines.length})`}
          description={
            stateMachinesLeftOut === 0
              ? undefined
              : `${stateMachinesLeftOut} older ones are not shown.`
          }
        >
          State machines
        </Header>
      }
      pagination={<Pagination {...paginationProps} />}
      columnDefinitions={[
        {
          id: "name",
          header: "Name",
          sortingField: "name",
          isRowHeader: true,
          cell: ({ name, stateMachineArn }) => (
            <PageLink href={paths.stateMachine(stateMachineArn)}>{name}</PageLink>
          ),
        },
        number("running", "Running"),
        number("succeeded", "Succeeded"),
        number("failed", "Failed"),
        {
          id: "rate",
          header: "Success rate",
          sortingField: "rate",
          cell: ({ rate }) => <span className="numbers">{percent(rate)}</span>,
        },
        time("median", "Median duration"),
        time("p95", "95 of 100 within"),
        time("longest", "Longest"),
      ]}
      empty={<EmptyState title="No STANDARD state machines" />}
    />
  );
}
