/** The columns of the list of a Map Run's children. */
import Box from "@cloudscape-design/components/box";
import type { TableProps } from "@cloudscape-design/components/table";
import { useExecution } from "../../api/execution-queries.ts";
import type { Execution } from "../../api/operations.ts";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { formatTime } from "../../components/format-time.ts";
import { PageLink } from "../../components/page-link.tsx";
import { paths } from "../../routing/paths.ts";

export const CHILD_COLUMNS: TableProps.ColumnDefinition<Execution>[] = [
  {
    id: "name",
    header: "Name",
    cell: ({ name, executionArn }) => (
      <PageLink href={paths.execution(executionArn)}>{name}</PageLink>
    ),
    isRowHeader: true,
    minWidth: 200,
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <ExecutionStatusLabel status={status} />,
    minWidth: 130,
  },
  {
    id: "items",
    header: "Items",
    cell: ({ itemCount }) => <span className="numbers">{itemCount ?? 1}</span>,
    minWidth: 80,
  },
  {
    id: "started",
    header: "Started",
    cell: ({ startDate }) => formatTime(startDate),
    minWidth: 190,
  },
  {
    id: "duration",
    header: "Duration",
    cell: ({ startDate, stopDate }) => <ElapsedTime from={startDate} to={stopDate} />,
    minWidth: 120,
  },
];

export const CAUSE_COLUMN: TableProps.ColumnDefinition<Execution> = {
  id: "cause",
  header: "Error and cause",
  cell: ({ executionArn }) => <Cause executionArn={executionArn} />,
  minWidth: 280,
};

/** The list does not tell it. */
function Cause({ executionArn }: { readonly executionArn: string }) {
  const { data } = useExecution(executionArn);
  if (data === undefined) return <Box color="text-status-inactive">…</Box>;
  return (
    <span>
      <strong>{data.error ?? "-"}</strong>
      {data.cause === undefined ? "" : ` ${data.cause}`}
    </span>
  );
}
