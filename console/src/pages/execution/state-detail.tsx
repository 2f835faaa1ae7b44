/** Everything about one state of an execution. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useMemo, useState } from "react";
import { parseJson } from "../../../../src/json/parse.ts";
import { prettyValue } from "../../components/json-text.ts";
import { RunStatusLabel } from "../../components/run-status.tsx";
import { DataFlowView } from "../../data-flow/data-flow-view.tsx";
import { JsonView } from "../../editor/json-view.tsx";
import { findState } from "../../graph/find-state.ts";
import { stateType } from "../../graph/read-graph.ts";
import { StateIcon } from "../../graph/state-icon.tsx";
import type { StateRun } from "../../history/state-run.ts";
import type { IterationSelection, StateStatus } from "../../history/state-statuses.ts";
import { ItemPicker } from "./item-picker.tsx";
import { RunEvents } from "./run-events.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunPayload } from "./run-payload.tsx";
import { RunStepper } from "./run-stepper.tsx";
import { StateAttempts } from "./state-attempts.tsx";
import { StateVariables } from "./state-variables.tsx";
import type { Moment } from "./use-moment.ts";

interface Props {
  readonly executionArn: string;
  /** Undefined: none is selected. */
  readonly name: string | undefined;
  /** Undefined: the newest run that is in sight. */
  readonly run: StateRun | undefined;
  readonly statuses: ReadonlyMap<string, StateStatus>;
  readonly moment: Moment;
  readonly definition: string | undefined;
  readonly iterations: IterationSelection;
  readonly onIterations: (selection: IterationSelection) => void;
  readonly onChooseRun: (run: StateRun) => void;
  readonly onFork: (eventId: number) => void;
}

export function StateDetail({ name, statuses, definition, moment, ...props }: Props) {
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
  const { executionArn, onFork, onChooseRun } = props;
  const { events, lastEventId, at } = moment;
  const state = findState(machine, name);
  const run = props.run ?? statuses.get(name)?.runs.at(-1);
  return (
    <div className="state-detail" role="region" aria-label={`State ${name}`}>
      <SpaceBetween size="s">
        <Header
          variant="h3"
          info={run === undefined ? null : <RunStatusLabel status={run.status} />}
          actions={
            run === undefined ? null : (
              <Button
                iconName="share"
                ariaLabel={`Fork before ${name}`}
                onClick={() => onFork(run.enteredEventId)}
              >
                Fork
              </Button>
            )
          }
        >
          <span className="state-title">
            <StateIcon type={stateType(state)} /> {name}
            {run?.iteration === undefined ? "" : ` [${run.iteration}]`}
          </span>
        </Header>
        <RunStepper run={run} runs={moment.runs} onChoose={onChooseRun} />
        <ItemPicker
          run={run}
          runs={moment.runs}
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
            {
              id: "flow",
              label: "Data flow",
              content:
                run === undefined ? (
                  <NotReached />
                ) : (
                  <DataFlowView
                    key={run.enteredEventId}
                    executionArn={executionArn}
                    enteredEventId={run.enteredEventId}
                    lastEventId={run.hasExited ? 0 : (run.eventIds.at(-1) ?? 0)}
                    state={state}
                  />
                ),
            },
            {
              id: "variables",
              label: "Variables",
              content: (
                <StateVariables executionArn={executionArn} run={run} lastEventId={lastEventId} />
              ),
            },
            {
              id: "details",
              label: "Details",
              content: <RunFacts run={run} state={state} events={events} at={at} />,
            },
            {
              id: "attempts",
              label:
                run !== undefined && run.attempts > 1 ? `Retries (${run.attempts - 1})` : "Retries",
              content: <StateAttempts run={run} events={events} at={at} />,
            },
            {
              id: "events",
              label: "Events",
              content: <RunEvents run={run} events={events} />,
            },
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
          ]}
        />
      </SpaceBetween>
    </div>
  );
}

function NotReached() {
  return <Box color="text-status-inactive">It was not reached.</Box>;
}
