/** The facts about an execution. */
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ExecutionDescription } from "../../api/operations.ts";
import { ArnText } from "../../components/arn-text.tsx";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { formatTime } from "../../components/format-time.ts";
import { PageLink } from "../../components/page-link.tsx";
import { nameOf, stateMachineArnOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";

export function ExecutionFacts({ execution }: { readonly execution: ExecutionDescription }) {
  const { executionArn, status, startDate, stopDate, redriveCount, redriveDate } = execution;
  const { stateMachineVersionArn, stateMachineAliasArn, redriveStatusReason } = execution;
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
