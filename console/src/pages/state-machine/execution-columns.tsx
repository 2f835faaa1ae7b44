/** The columns of a list of executions. */
import type { TableProps } from "@cloudscape-design/components/table";
import type { Execution } from "../../api/operations.ts";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { formatTime } from "../../components/format-time.ts";
import { PageLink } from "../../components/page-link.tsx";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";

export const EXECUTION_COLUMNS: TableProps.ColumnDefinition<Execution>[] = [
  {
    id: "name",
    header: "Name",
    cell: ({ name, executionArn }) => (
      <PageLink href={paths.execution(executionArn)}>{name}</PageLink>
    ),
    isRowHeader: true,
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <ExecutionStatusLabel status={status} />,
  },
  { id: "started", header: "Started", cell: ({ startDate }) => formatTime(startDate) },
  {
    id: "ended",
    header: "Ended",
    cell: ({ stopDate }) => (stopDate === undefined ? "-" : formatTime(stopDate)),
  },
  {
    id: "duration",
    header: "Duration",
    cell: ({ startDate, stopDate }) => <ElapsedTime from={startDate} to={stopDate} />,
  },
  {
    id: "qualifier",
    header: "Version or alias",
    cell: ({ stateMachineAliasArn, stateMachineVersionArn }) =>
      stateMachineAliasArn === undefined && stateMachineVersionArn === undefined
        ? "-"
        : nameOf(stateMachineAliasArn ?? stateMachineVersionArn ?? ""),
  },
  {
    id: "redrives",
    header: "Redrives",
    cell: ({ redriveCount }) => <span className="numbers">{redriveCount ?? 0}</span>,
  },
];
