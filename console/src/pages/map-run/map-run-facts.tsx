/** The facts about a Map Run. */
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { MapRunDescription } from "../../api/operations.ts";
import { ArnText } from "../../components/arn-text.tsx";
import { ElapsedTime } from "../../components/elapsed-time.tsx";
import { formatTime } from "../../components/format-time.ts";
import { PageLink } from "../../components/page-link.tsx";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";

export function MapRunFacts({ run }: { readonly run: MapRunDescription }) {
  const { mapRunArn, executionArn, startDate, stopDate, maxConcurrency, redriveCount } = run;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: "Map Run ARN", value: <ArnText arn={mapRunArn} what="Map Run" /> },
        { label: "Started", value: formatTime(startDate) },
        { label: "Tolerated failures", value: tolerance(run) },
        {
          label: "Parent execution",
          value: <PageLink href={paths.execution(executionArn)}>{nameOf(executionArn)}</PageLink>,
        },
        { label: "Ended", value: stopDate === undefined ? "-" : formatTime(stopDate) },
        {
          label: "Maximum concurrency",
          value: maxConcurrency === 0 ? "As many as possible" : String(maxConcurrency),
        },
        { label: "Redrives", value: String(redriveCount ?? 0) },
        { label: "Duration", value: <ElapsedTime from={startDate} to={stopDate} /> },
      ]}
    />
  );
}

/** Both bounds hold where both are set. */
function tolerance({
  toleratedFailureCount,
  toleratedFailurePercentage,
}: MapRunDescription): string {
  const bounds = [
    ...(toleratedFailureCount > 0 ? [`${toleratedFailureCount} items`] : []),
    ...(toleratedFailurePercentage > 0 ? [`${toleratedFailurePercentage} %`] : []),
  ];
  return bounds.length === 0 ? "None: the first failure ends it" : bounds.join(", ");
}
