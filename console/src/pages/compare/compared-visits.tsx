/** The visits of states of two executions, aligned, with the differences of one of them. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Toggle from "@cloudscape-design/components/toggle";
import { useMemo, useState } from "react";
import type { ComparedVisit, Comparison, Verdict, VisitFacts } from "../../api/own-operations.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { VirtualGrid } from "../../components/virtual-grid.tsx";
import { shortDuration } from "../../timeline/time-axis.ts";
import { VisitDifferences } from "./visit-differences.tsx";

const HEIGHT = 560;

const VERDICTS: Readonly<Record<Verdict, string>> = {
  SAME: "Same",
  DIFFERS: "Differs",
  ONLY_IN_FIRST: "Only in the first",
  ONLY_IN_SECOND: "Only in the second",
};

export function ComparedVisits({ comparison }: { readonly comparison: Comparison }) {
  const { visits, firstDivergence } = comparison;
  const [key, setKey] = useState(firstDivergence?.key);
  const [isOnlyDifferent, setIsOnlyDifferent] = useState(false);
  const shown = useMemo(
    () => (isOnlyDifferent ? visits.filter(({ verdict }) => verdict !== "SAME") : visits),
    [visits, isOnlyDifferent],
  );
  const selected = shown.findIndex((visit) => visit.key === key);
  const visit = shown[selected];
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${shown.length})`}
          actions={
            <Toggle
              checked={isOnlyDifferent}
              onChange={({ detail }) => setIsOnlyDifferent(detail.checked)}
            >
              Only differences
            </Toggle>
          }
        >
          States
        </Header>
      }
    >
      <div className={visit === undefined ? "graph-only" : "events-and-detail"}>
        <VirtualGrid
          ariaLabel="Visits of states"
          count={shown.length}
          height={HEIGHT}
          selected={selected < 0 ? undefined : selected}
          onSelect={(row) => setKey(shown[row]!.key)}
          rowClass={(row) => `verdict-${shown[row]!.verdict.toLowerCase()}`}
          empty={<EmptyState title="No state differs" />}
          columns={[
            {
              id: "state",
              header: "State",
              width: "minmax(120px, 4fr)",
              cell: (row) => <VisitName visit={shown[row]!} />,
            },
            {
              id: "verdict",
              header: "Verdict",
              width: "minmax(120px, 4fr)",
              cell: (row) => {
                const { verdict, differs } = shown[row]!;
                const what = verdict === "DIFFERS" ? `: ${differs.join(", ")}` : "";
                return `${VERDICTS[verdict]}${what}`;
              },
            },
            {
              id: "first",
              header: "First",
              width: "minmax(70px, 2fr)",
              cell: (row) => duration(shown[row]!.first),
            },
            {
              id: "second",
              header: "Second",
              width: "minmax(70px, 2fr)",
              cell: (row) => duration(shown[row]!.second),
            },
          ]}
        />
        {visit === undefined ? null : (
          <VisitDifferences visit={visit} first={comparison.first} second={comparison.second} />
        )}
      </div>
    </Container>
  );
}

/** Moved in as deep as it is nested; the key tells each level. */
function VisitName({ visit }: { readonly visit: ComparedVisit }) {
  const depth = visit.key.split("/").length - 1;
  return (
    <span style={{ paddingInlineStart: `${Math.min(depth / 2, 6) * 14}px` }} title={visit.key}>
      {visit.state}
    </span>
  );
}

function duration(facts: VisitFacts | undefined): string {
  if (facts === undefined) return "-";
  const { durationMilliseconds } = facts;
  return durationMilliseconds === undefined
    ? "not left"
    : shortDuration(durationMilliseconds / 1000);
}
