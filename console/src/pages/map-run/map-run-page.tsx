/** One Map Run: how far its items are, what failed, its child executions. */
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useParams } from "react-router";
import { useExecution, useRedriveExecution } from "../../api/execution-queries.ts";
import { useMapRun } from "../../api/map-run-queries.ts";
import type { MapRunDescription } from "../../api/operations.ts";
import { ExecutionStatusLabel } from "../../components/execution-status.tsx";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { nameOf } from "../../routing/arns.ts";
import { useNotifications } from "../../shell/notifications.tsx";
import { MapRunChildren } from "./map-run-children.tsx";
import { MapRunFacts } from "./map-run-facts.tsx";
import { MapRunProgress } from "./map-run-progress.tsx";
import { ToleranceDialog } from "./tolerance-dialog.tsx";

export function MapRunPage() {
  const { arn = "" } = useParams();
  const { data, error, refetch } = useMapRun(arn);
  if (data !== undefined) return <MapRunView key={arn} run={data} />;
  if (error === null) return <PageSpinner label="Map Run" />;
  const what = "The Map Run cannot be shown";
  return <FailureAlert what={what} error={error} onRetry={() => void refetch()} />;
}

function MapRunView({ run }: { readonly run: MapRunDescription }) {
  const { mapRunArn, executionArn, status } = run;
  const { data: parent } = useExecution(executionArn);
  const { succeeded, failed } = useNotifications();
  const redrive = useRedriveExecution();
  const [isEditing, setIsEditing] = useState(false);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<ExecutionStatusLabel status={status} />}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {parent?.redriveStatus === "REDRIVABLE" && status !== "SUCCEEDED" ? (
                <Button
                  loading={redrive.isPending}
                  onClick={() =>
                    redrive.mutate(
                      { executionArn },
                      {
                        onSuccess: () => succeeded("The execution and its Map Run go on"),
                        onError: (error) => failed("The Map Run was not redriven", error),
                      },
                    )
                  }
                >
                  Redrive
                </Button>
              ) : null}
              {status === "RUNNING" ? (
                <Button variant="primary" onClick={() => setIsEditing(true)}>
                  Edit Map Run
                </Button>
              ) : null}
            </SpaceBetween>
          }
        >
          Map Run {nameOf(mapRunArn)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Details</Header>}>
          <MapRunFacts run={run} />
        </Container>
        <MapRunProgress run={run} />
        <MapRunChildren run={run} />
      </SpaceBetween>
      {isEditing ? <ToleranceDialog run={run} onClose={() => setIsEditing(false)} /> : null}
    </ContentLayout>
  );
}
