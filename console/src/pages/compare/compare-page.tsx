/** Two executions beside each other: which states both went through, and where they parted. */
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useParams, useSearchParams } from "react-router";
import { useComparison } from "../../api/insight-queries.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { nameOf } from "../../routing/arns.ts";
import { ComparedVisits } from "./compared-visits.tsx";
import { ComparisonSummary } from "./comparison-summary.tsx";
import { OtherExecution } from "./other-execution.tsx";

export function ComparePage() {
  const { arn = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const other = search.get("other") ?? undefined;
  const { data, error, refetch } = useComparison(arn, other);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            other === undefined ? null : (
              <Button onClick={() => setSearch({})}>Choose another one</Button>
            )
          }
        >
          Compare {nameOf(arn)}
          {other === undefined ? "" : ` with ${nameOf(other)}`}
        </Header>
      }
    >
      {other === undefined ? (
        <OtherExecution executionArn={arn} onChoose={(chosen) => setSearch({ other: chosen })} />
      ) : error !== null ? (
        <FailureAlert
          what="The executions cannot be compared"
          error={error}
          onRetry={() => void refetch()}
        />
      ) : data === undefined ? (
        <PageSpinner label="comparison" />
      ) : (
        <SpaceBetween size="l">
          <ComparisonSummary comparison={data} />
          <ComparedVisits comparison={data} />
        </SpaceBetween>
      )}
    </ContentLayout>
  );
}
