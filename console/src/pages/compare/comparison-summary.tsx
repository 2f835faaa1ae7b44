/** What two executions have in common, and where they parted. */
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ComparedExecution, Comparison } from "../../api/own-operations.ts";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";

export function ComparisonSummary({ comparison }: { readonly comparison: Comparison }) {
  const { first, second, sameDefinition, counts, firstDivergence, truncated } = comparison;
  return (
    <SpaceBetween size="m">
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            { label: "First", value: <Side execution={first} /> },
            { label: "Second", value: <Side execution={second} /> },
            {
              label: "Definition",
              value: sameDefinition ? (
                <StatusIndicator>The same</StatusIndicator>
              ) : (
                <StatusIndicator type="info">Different</StatusIndicator>
              ),
            },
            {
              label: "Visits of states",
              value: [
                `${counts.SAME} the same`,
                `${counts.DIFFERS} differ`,
                `${counts.ONLY_IN_FIRST} only in the first`,
                `${counts.ONLY_IN_SECOND} only in the second`,
              ].join(", "),
            },
          ]}
        />
      </Container>
      {firstDivergence === undefined ? (
        <Alert type="success" header="They went the same way" />
      ) : (
        <Alert type="info" header="Where they parted">
          {firstDivergence.summary}
        </Alert>
      )}
      {truncated ? (
        <Alert type="warning" header="There are more visits than were compared" />
      ) : null}
    </SpaceBetween>
  );
}

function Side({ execution }: { readonly execution: ComparedExecution }) {
  const { executionArn, status } = execution;
  return (
    <SpaceBetween size="xxs">
      <PageLink href={paths.execution(executionArn)}>{nameOf(executionArn)}</PageLink>
      <ExecutionStatusLabel status={status} />
    </SpaceBetween>
  );
}
