/** The facts about an execution. */
import KeyValuePairs, {
  type KeyValuePairsProps,
} from "@cloudscape-design/components/key-value-pairs";
import { useOrigin } from "../../api/insight-queries.ts";
import type { ExecutionDescription } from "../../api/operations.ts";
import type { ExecutionOrigin } from "../../api/own-operations.ts";
import { ArnText } from "../../components/arn-text.tsx";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { formatTime } from "../../components/format-time.ts";
import { PageLink } from "../../components/page-link.tsx";
import { parentExecutionArn } from "../../history/child-execution.ts";
import { nameOf, stateMachineArnOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";

export function ExecutionFacts({ execution }: { readonly execution: ExecutionDescription }) {
  const { executionArn, status, startDate, stopDate, redriveCount, redriveDate } = execution;
  const { stateMachineVersionArn, stateMachineAliasArn, redriveStatusReason } = execution;
  const { data: origin } = useOrigin(executionArn);
  const machineArn = stateMachineArnOf(executionArn);
  const isRedriven = redriveCount !== undefined && redriveCount > 0;
  const mayRedrive = status !== "RUNNING" && status !== "SUCCEEDED";
  const qualifier = stateMachineAliasArn ?? stateMachineVersionArn;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: "Execution ARN", value: <ArnText arn={executionArn} what="execution" /> },
        { label: "Started", value: formatTime(startDate) },
        { label: "Status", value: <ExecutionStatusLabel status={status} /> },
        {
          label: "State machine",
          value: (
            <>
              <PageLink href={paths.stateMachine(machineArn)}>{nameOf(machineArn)}</PageLink>
              {qualifier === undefined ? "" : `:${nameOf(qualifier)}`}
            </>
          ),
        },
        { label: "Ended", value: stopDate === undefined ? "-" : formatTime(stopDate) },
        { label: "Duration", value: <ElapsedTime from={startDate} to={stopDate} /> },
        ...originItems(execution, origin),
        ...(isRedriven
          ? [{ label: "Redrives", value: `${redriveCount}, last ${formatTime(redriveDate ?? 0)}` }]
          : []),
        ...(mayRedrive && redriveStatusReason !== undefined
          ? [{ label: "Why it cannot be redriven", value: redriveStatusReason }]
          : []),
      ]}
    />
  );
}

/** Links to what it comes from. */
function originItems(
  { input, mapRunArn }: ExecutionDescription,
  origin: ExecutionOrigin | undefined,
): KeyValuePairsProps.Item[] {
  const parent = parentExecutionArn(input);
  const items: KeyValuePairsProps.Item[] = [];
  if (origin?.forkedFrom !== undefined) {
    const { executionArn, eventId } = origin.forkedFrom;
    items.push({
      label: "Forked from",
      value: (
        <PageLink href={paths.executionAt(executionArn, eventId)}>
          {nameOf(executionArn)}, event {eventId}
        </PageLink>
      ),
    });
  }
  if (parent !== undefined) {
    const link = <PageLink href={paths.execution(parent)}>{nameOf(parent)}</PageLink>;
    items.push({ label: "Started by", value: link });
  }
  if (mapRunArn !== undefined) {
    const link = <PageLink href={paths.mapRun(mapRunArn)}>{nameOf(mapRunArn)}</PageLink>;
    items.push({ label: "Child of Map Run", value: link });
  }
  if (origin?.testCase !== undefined) items.push({ label: "Test case", value: origin.testCase });
  return items;
}
