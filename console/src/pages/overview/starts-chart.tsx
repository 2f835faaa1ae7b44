/** How many executions were started in each part of the period, by what became of them. */
import BarChart from "@cloudscape-design/components/bar-chart";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useMemo } from "react";
import type { Overview } from "../../api/own-operations.ts";
import { formatTime } from "../../components/format-time.ts";
import { failedOf } from "./overview-totals.ts";

const SHORT = new Intl.DateTimeFormat("en-US", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const DAY = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric" });
const DAY_SECONDS = 86_400;

export function StartsChart({ overview }: { readonly overview: Overview }) {
  const { parts, startDate, endDate } = overview;
  const isLong = endDate - startDate > DAY_SECONDS;
  const series = useMemo(() => {
    const of = (count: (part: Overview["parts"][number]) => number) =>
      parts.map((part) => ({ x: new Date(part.startDate * 1000), y: count(part) }));
    return [
      {
        title: "Succeeded",
        type: "bar" as const,
        color: "var(--status-succeeded)",
        data: of(({ counts }) => counts.SUCCEEDED),
      },
      {
        title: "Failed",
        type: "bar" as const,
        color: "var(--status-failed)",
        data: of(({ counts }) => failedOf(counts)),
      },
      {
        title: "Running",
        type: "bar" as const,
        color: "var(--status-progress)",
        data: of(({ counts }) => counts.RUNNING),
      },
    ];
  }, [parts]);
  return (
    <Container header={<Header variant="h2">Started executions</Header>}>
      <BarChart
        series={series}
        xScaleType="categorical"
        xDomain={parts.map(({ startDate: from }) => new Date(from * 1000))}
        stackedBars
        hideFilter
        height={200}
        ariaLabel="Started executions by time and status"
        i18nStrings={{
          xTickFormatter: (date) => (isLong ? DAY : SHORT).format(date),
          yTickFormatter: (value) => (Number.isInteger(value) ? String(value) : ""),
        }}
        detailPopoverSeriesContent={({ series: { title }, y }) => ({ key: title, value: y })}
        detailPopoverFooter={(date) => (
          <Box fontSize="body-s">from {formatTime(date.getTime() / 1000)}</Box>
        )}
        empty={<Box textAlign="center">Nothing was started</Box>}
      />
    </Container>
  );
}
