/** One execution: where it is, what it did and with what. */
import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useParams } from "react-router";
import { useExecution, useExecutionDefinition } from "../../api/execution-queries.ts";
import type { ExecutionDescription } from "../../api/operations.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { useExecutionHistory } from "../../history/use-execution-history.ts";
import { EventsSection } from "./events-section.tsx";
import { ExecutionFailure } from "./execution-failure.tsx";
import { ExecutionHeader } from "./execution-header.tsx";
import { ExecutionSummary } from "./execution-summary.tsx";
import { StatesSection } from "./states-section.tsx";

export function ExecutionPage() {
  const { arn = "" } = useParams();
  const { data, error, refetch } = useExecution(arn);
  if (data !== undefined) return <ExecutionView key={arn} execution={data} />;
  if (error === null) return <PageSpinner label="execution" />;
  return (
    <FailureAlert
      what="The execution cannot be shown"
      error={error}
      onRetry={() => void refetch()}
    />
  );
}

function ExecutionView({ execution }: { readonly execution: ExecutionDescription }) {
  const { executionArn } = execution;
  const history = useExecutionHistory(executionArn);
  const { data: machine } = useExecutionDefinition(executionArn);
  return (
    <ContentLayout header={<ExecutionHeader execution={execution} />}>
      <SpaceBetween size="l">
        <ExecutionFailure execution={execution} />
        <ExecutionSummary execution={execution} definition={machine?.definition} />
        {history.error === undefined ? null : (
          <FailureAlert
            what="The history cannot be loaded"
            error={history.error}
            onRetry={() => history.reload()}
          />
        )}
        <StatesSection execution={execution} history={history} definition={machine?.definition} />
        <EventsSection history={history} startDate={execution.startDate} />
      </SpaceBetween>
    </ContentLayout>
  );
}
