/** The states of an execution: as a graph, a table or a time line, beside the details of one. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import type { ExecutionDescription } from "../../api/operations.ts";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { definitionGraph } from "../../graph/definition-graph.ts";
import { LazyGraph } from "../../graph/lazy-graph.tsx";
import { graphStatuses } from "../../history/graph-statuses.ts";
import type { StateRun } from "../../history/state-run.ts";
import { stateStatuses, type IterationSelection } from "../../history/state-statuses.ts";
import { TimelineView } from "../../timeline/timeline-view.tsx";
import { MomentBar } from "./moment-bar.tsx";
import { MomentFrames } from "./moment-frames.tsx";
import { StateDetail } from "./state-detail.tsx";
import { StatesTable } from "./states-table.tsx";
import type { Moment } from "./use-moment.ts";

/** A state, and which run of it; no index: the newest one that is in sight. */
export interface ChosenState {
  readonly name: string;
  readonly index?: number;
}

interface Props {
  readonly execution: ExecutionDescription;
  readonly moment: Moment;
  readonly definition: string | undefined;
  readonly chosen: ChosenState | undefined;
  readonly onChoose: (state: ChosenState) => void;
  readonly onFork: (eventId: number) => void;
}

const HEIGHT = 560;

export function StatesSection({ execution, moment, definition, chosen, ...actions }: Props) {
  const { onChoose, onFork } = actions;
  const [view, setView] = useState("graph");
  const [iterations, setIterations] = useState<IterationSelection>(new Map());
  const { runs, at } = moment;
  const graph = useMemo(
    () => (definition === undefined ? undefined : definitionGraph(definition)),
    [definition],
  );
  const statuses = useMemo(() => stateStatuses(runs, iterations), [runs, iterations]);
  const forGraph = useMemo(() => graphStatuses(statuses), [statuses]);
  const isNow = moment.eventId === undefined;
  const selection = chosen ?? stateOfInterest(runs, isNow ? execution.status : "RUNNING");
  const run = selection?.index === undefined ? undefined : runs[selection.index];
  // A table has use for all of the width until a row is chosen.
  const isDetailShown = view === "graph" || selection !== undefined;
  const end = at ?? execution.stopDate ?? Date.now() / 1000;
  const choose = ({ name, index }: StateRun): void => onChoose({ name, index });
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
                { id: "timeline", text: "Time line" },
              ]}
            />
          }
        >
          States
        </Header>
      }
    >
      <SpaceBetween size="s">
        <MomentBar
          moment={moment}
          startDate={execution.startDate}
          isRunning={execution.status === "RUNNING"}
        />
        {moment.eventId === undefined ? null : (
          <MomentFrames
            executionArn={execution.executionArn}
            eventId={moment.eventId}
            onSelect={({ name, enteredEventId }) => {
              const entered = runs.find((one) => one.enteredEventId === enteredEventId);
              onChoose(entered === undefined ? { name } : { name, index: entered.index });
            }}
          />
        )}
        <div className={isDetailShown ? "graph-and-detail" : "graph-only"}>
          {view === "table" ? (
            <StatesTable
              runs={runs}
              startDate={execution.startDate}
              end={end}
              at={at}
              selected={run}
              onSelect={choose}
            />
          ) : view === "timeline" ? (
            <TimelineView
              runs={runs}
              events={moment.events}
              from={execution.startDate}
              to={end}
              height={HEIGHT}
              selected={run}
              onSelect={choose}
            />
          ) : graph === undefined ? (
            <PageSpinner label="graph" />
          ) : (
            <LazyGraph
              graph={graph}
              height={`${HEIGHT}px`}
              statuses={forGraph}
              selected={selection?.name}
              onSelect={(name) => onChoose({ name })}
            />
          )}
          {isDetailShown ? (
            <StateDetail
              executionArn={execution.executionArn}
              name={selection?.name}
              run={run}
              statuses={statuses}
              moment={moment}
              definition={definition}
              iterations={iterations}
              onIterations={(changed) => {
                setIterations(changed);
                if (selection !== undefined) onChoose({ name: selection.name });
              }}
              onChooseRun={choose}
              onFork={onFork}
            />
          ) : null}
        </div>
      </SpaceBetween>
    </Container>
  );
}

/** What somebody who opens an execution wants to see first: where it is, or where it failed. */
function stateOfInterest(
  runs: readonly StateRun[],
  status: ExecutionDescription["status"],
): ChosenState | undefined {
  if (status === "SUCCEEDED") return undefined;
  const wanted = status === "RUNNING" ? ["IN_PROGRESS"] : ["FAILED", "TIMED_OUT"];
  const found = runs.findLast((run) => wanted.includes(run.status));
  return found && { name: found.name };
}
