/** How the server does: what runs, what failed, how fast, what is slow, who waits. */
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useOverview } from "../../api/overview-queries.ts";
import type { Overview } from "../../api/own-operations.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { ActivityTable } from "./activity-table.tsx";
import { MachineTable } from "./machine-table.tsx";
import { OverviewTiles } from "./overview-tiles.tsx";
import { SlowestTable } from "./slowest-table.tsx";
import { StartsChart } from "./starts-chart.tsx";

const PERIODS = [
  { id: "1", text: "Hour" },
  { id: "6", text: "6 hours" },
  { id: "24", text: "Day" },
  { id: "168", text: "Week" },
];

export function OverviewPage() {
  const [hours, setHours] = useState("1");
  const { data, error, refetch } = useOverview(Number(hours));
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Of the executions that were started in the chosen period."
          actions={
            <SegmentedControl
              label="Period"
              selectedId={hours}
              options={PERIODS}
              onChange={({ detail }) => setHours(detail.selectedId)}
            />
          }
        >
          Overview
        </Header>
      }
    >
      {error === null ? null : (
        <FailureAlert
          what="The overview cannot be shown"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined ? (
        error === null ? (
          <PageSpinner label="overview" />
        ) : null
      ) : (
        <Content overview={data} />
      )}
    </ContentLayout>
  );
}

function Content({ overview }: { readonly overview: Overview }) {
  return (
    <SpaceBetween size="l">
      <OverviewTiles overview={overview} />
      <StartsChart overview={overview} />
      <MachineTable overview={overview} />
      <div className="side-by-side">
        <SlowestTable overview={overview} />
        <ActivityTable activities={overview.activities} />
      </div>
    </SpaceBetween>
  );
}
