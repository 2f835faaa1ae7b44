/** Everything about one state of an execution. */
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useMemo, useState } from "react";
import { parseJson } from "../../../../src/json/parse.ts";
import { prettyValue } from "../../components/json-text.ts";
import { RunStatusLabel } from "../../components/run-status.tsx";
import { JsonView } from "../../editor/json-view.tsx";
import { findState } from "../../graph/find-state.ts";
import { stateType } from "../../graph/read-graph.ts";
import { StateIcon } from "../../graph/state-icon.tsx";
import type { HistorySnapshot } from "../../history/execution-history.ts";
import type { StateRun } from "../../history/state-run.ts";
import type { IterationSelection, StateStatus } from "../../history/state-statuses.ts";
import { ItemPicker } from "./item-picker.tsx";
import { RunEvents } from "./run-events.tsx";
import { RunPayload } from "./run-payload.tsx";
import { RunFacts } from "./run-facts.tsx";

interface Props {
  readonly executionArn: string;
  /** Undefined: none is selected. */
  readonly name: string | undefined;
  /** Undefined: the newest run that is in sight. */
  readonly run: StateRun | undefined;
  readonly statuses: ReadonlyMap<string, StateStatus>;
  readonly history: HistorySnapshot;
  readonly definition: string | undefined;
  readonly iterations: IterationSelection;
  readonly onIterations: (selection: IterationSelection) => void;
}

export function StateDetail({
  executionArn,
  name,
  statuses,
  definition,
  history,
  ...props
}: Props) {
  const machine = useMemo(() => {
    const parsed = definition === undefined ? undefined : parseJson(definition);
    return parsed?.ok === true ? parsed.value : undefined;
  }, [definition]);
  const [tab, setTab] = useState("input");
  if (name === undefined) {
    return (
      <Box textAlign="center" padding="xxl" color="text-status-inactive">
        Select a state to see its input, output and events.
      </Box>
    );
  }
  const state = findState(machine, name);
  const run = props.run ?? statuses.get(name)?.runs.at(-1);
  return (
    <div className="state-detail" role="region" aria-label={`State ${name}`}>
      <SpaceBetween size="s">
        <Header
          variant="h3"
          info={run === undefined ? null : <RunStatusLabel status={run.status} />}
        >
          <span className="state-title">
            <StateIcon type={stateType(state)} /> {name}
          </span>
        </Header>
        <ItemPicker
          run={run}
          runs={history.runs.runs}
          iterations={props.iterations}
          onChange={props.onIterations}
        />
        <Tabs
          activeTabId={tab}
          onChange={({ detail }) => setTab(detail.activeTabId)}
          tabs={[
            {
              id: "input",
              label: "Input",
              content: <RunPayload run={run} side="input" executionArn={executionArn} />,
            },
            {
              id: "output",
              label: "Output",
              content: <RunPayload run={run} side="output" executionArn={executionArn} />,
            },
            { id: "details", label: "Details", content: <RunFacts run={run} state={state} /> },
            {
              id: "definition",
              label: "Definition",
              content:
                state === undefined ? (
                  "-"
                ) : (
                  <JsonView text={prettyValue(state)} label={`Definition of ${name}`} />
                ),
            },
            {
              id: "events",
              label: "Events",
              content: <RunEvents run={run} events={history.events} />,
            },
          ]}
        />
      </SpaceBetween>
    </div>
  );
}
