/** The states of an execution, as a graph or as a table, beside the details of one. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useMemo, useState } from "react";
import type { ExecutionDescription } from "../../api/operations.ts";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { definitionGraph } from "../../graph/definition-graph.ts";
import { LazyGraph } from "../../graph/lazy-graph.tsx";
import type { HistorySnapshot } from "../../history/execution-history.ts";
import { graphStatuses } from "../../history/graph-statuses.ts";
import type { StateRun } from "../../history/state-run.ts";
import { stateStatuses, type IterationSelection } from "../../history/state-statuses.ts";
import { StateDetail } from "./state-detail.tsx";
import { StatesTable } from "./states-table.tsx";

interface Props {
  readonly execution: ExecutionDescription;
  readonly history: HistorySnapshot;
  readonly definition: string | undefined;
}

const HEIGHT = "560px";

export function StatesSection({ execution, history, definition }: Props) {
  const [view, setView] = useState("graph");
  const [chosen, setChosen] = useState<{ readonly name: string; readonly run?: StateRun }>();
  const [iterations, setIterations] = useState<IterationSelection>(new Map());
  const graph = useMemo(
    () => (definition === undefined ? undefined : definitionGraph(definition)),
    [definition],
  );
  // The lists in the snapshot grow in place; the snapshot is what tells that they did.
  const statuses = useMemo(
    () => stateStatuses(history.runs.runs, iterations),
    [history, iterations],
  );
  const forGraph = useMemo(() => graphStatuses(statuses), [statuses]);
  const selection = chosen ?? stateOfInterest(history.runs.runs, execution.status);
  // A table has use for all of the width until a row is chosen.
  const isDetailShown = view === "graph" || selection !== undefined;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SegmentedControl
              selectedId={view}
              label="How the states are shown"
              onChange={({ detail }) => setView(detail.selectedId)}
              options={[
                { id: "graph", text: "Graph view" },
                { id: "table", text: "Table view" },
              ]}
            />
          }
        >
          States
        </Header>
      }
    >
      <div className={isDetailShown ? "graph-and-detail" : "graph-only"}>
        {view === "table" ? (
          <StatesTable
            history={history}
            execution={execution}
            selected={selection?.run}
            onSelect={(run) => setChosen({ name: run.name, run })}
          />
        ) : graph === undefined ? (
          <PageSpinner label="graph" />
        ) : (
          <LazyGraph
            graph={graph}
            height={HEIGHT}
            statuses={forGraph}
            selected={selection?.name}
            onSelect={(name) => setChosen({ name })}
          />
        )}
        {isDetailShown ? (
          <StateDetail
            executionArn={execution.executionArn}
            name={selection?.name}
            run={selection?.run}
            statuses={statuses}
            history={history}
            definition={definition}
            iterations={iterations}
            onIterations={setIterations}
          />
        ) : null}
      </div>
    </Container>
  );
}

/** What somebody who opens an execution wants to see first: where it is, or where it failed. */
function stateOfInterest(
  runs: readonly StateRun[],
  status: ExecutionDescription["status"],
): { readonly name: string; readonly run?: StateRun } | undefined {
  if (status === "SUCCEEDED") return undefined;
  const wanted = status === "RUNNING" ? ["IN_PROGRESS"] : ["FAILED", "TIMED_OUT"];
  const found = runs.findLast((run) => wanted.includes(run.status));
  return found && { name: found.name };
}
