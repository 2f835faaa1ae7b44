/** How far a Map Run is: items and child executions by status, and how fast it goes. */
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { MapRunDescription } from "../../api/operations.ts";
import { CountBar, type CountPart } from "../../components/count-bar.tsx";
import { mapRunPace } from "./map-run-pace.ts";

export function MapRunProgress({ run }: { readonly run: MapRunDescription }) {
  const { itemCounts, executionCounts } = run;
  return (
    <Container header={<Header variant="h2">Progress</Header>}>
      <SpaceBetween size="m">
        <div>
          <div className="progress-title">
            <Box variant="awsui-key-label">Items ({itemCounts.total.toLocaleString("en-US")})</Box>
            <span className="numbers">{mapRunPace(run, Date.now() / 1000)}</span>
          </div>
          <CountBar label="Items" parts={partsOf(itemCounts)} />
        </div>
        <div>
          <Box variant="awsui-key-label">
            Child executions ({executionCounts.total.toLocaleString("en-US")})
          </Box>
          <CountBar label="Child executions" parts={partsOf(executionCounts)} />
        </div>
      </SpaceBetween>
    </Container>
  );
}

function partsOf(counts: MapRunDescription["itemCounts"]): readonly CountPart[] {
  return [
    { label: "Succeeded", count: counts.succeeded, look: "succeeded" },
    { label: "Failed", count: counts.failed, look: "failed" },
    { label: "Timed out", count: counts.timedOut, look: "timed_out" },
    { label: "Aborted", count: counts.aborted, look: "aborted" },
    { label: "Running", count: counts.running, look: "in_progress" },
    { label: "Pending", count: counts.pending + (counts.pendingRedrive ?? 0), look: "pending" },
  ];
}
