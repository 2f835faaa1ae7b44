/** The columns of the list of state machines. */
import type { TableProps } from "@cloudscape-design/components/table";
import type { ExecutionCounts } from "../../api/extension.ts";
import type { ExecutionStatus, StateMachine } from "../../api/operations.ts";
import { EXECUTION_STATUSES, statusText } from "../../components/execution-status.tsx";
import { formatTime } from "../../components/format-time.ts";
import { PageLink } from "../../components/page-link.tsx";
import { paths } from "../../routing/paths.ts";

type Column = TableProps.ColumnDefinition<StateMachine>;

/** `counts` of the executions, as far as they are known. */
export function columnsOf(counts: ExecutionCounts | undefined): Column[] {
  return [
    {
      id: "name",
      header: "Name",
      cell: ({ name, stateMachineArn }) => (
        <PageLink href={paths.stateMachine(stateMachineArn)}>{name}</PageLink>
      ),
      sortingField: "name",
      isRowHeader: true,
      minWidth: 180,
    },
    {
      id: "type",
      header: "Type",
      cell: ({ type }) => (type === "EXPRESS" ? "Express" : "Standard"),
      sortingField: "type",
    },
    {
      id: "created",
      header: "Created",
      cell: ({ creationDate }) => formatTime(creationDate),
      sortingField: "creationDate",
      minWidth: 190,
    },
    ...EXECUTION_STATUSES.map((status) => countColumn(status, counts)),
  ];
}

function countColumn(status: ExecutionStatus, counts: ExecutionCounts | undefined): Column {
  return {
    id: status,
    header: statusText(status),
    cell: ({ stateMachineArn }) => {
      const count = counts?.counts[stateMachineArn]?.[status];
      // Express executions are not kept, so there is nothing to count.
      if (count === undefined) return <span className="numbers">-</span>;
      return <span className="numbers">{count === counts?.maxCount ? `${count}+` : count}</span>;
    },
  };
}
