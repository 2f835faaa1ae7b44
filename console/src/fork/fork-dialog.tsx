/** Starts an execution that goes on from an event of this one, with edited definition and data. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { describeFailure } from "../api/api-failure.ts";
import { useForkExecution } from "../api/insight-queries.ts";
import type { HistoryEvent } from "../api/operations.ts";
import { jsonProblem, prettyJson } from "../components/json-text.ts";
import { useFocusReturn } from "../components/use-focus-return.ts";
import { definitionDiagnostics, type PlacedDiagnostic } from "../editor/definition-diagnostics.ts";
import { DefinitionEditor } from "../editor/definition-editor.tsx";
import { DiagnosticList } from "../editor/diagnostic-list.tsx";
import { InputEditor } from "../editor/input-editor.tsx";
import { nameOf } from "../routing/arns.ts";
import { paths } from "../routing/paths.ts";
import { useNotifications } from "../shell/notifications.tsx";
import type { StateRun } from "../history/state-run.ts";
import { StateVariables } from "../pages/execution/state-variables.tsx";
import { forkData, placeOfState } from "./fork-point.ts";

interface Props {
  readonly executionArn: string;
  /** The last event that the new execution takes over. */
  readonly event: HistoryEvent;
  /** The state that the event belongs to; undefined: none. */
  readonly run: StateRun | undefined;
  readonly definition: string;
  readonly onClose: () => void;
}

const NO_VARIABLES = "{}";

export function ForkDialog({ executionArn, event, run, definition, onClose }: Props) {
  useFocusReturn();
  const navigate = useNavigate();
  const { succeeded } = useNotifications();
  const original = useMemo(
    () => ({ definition: prettyJson(definition), data: forkData(event) }),
    [definition, event],
  );
  const firstData = original.data.text === undefined ? "" : prettyJson(original.data.text);
  const [text, setText] = useState(original.definition);
  const [data, setData] = useState(firstData);
  const [variables, setVariables] = useState(NO_VARIABLES);
  const [name, setName] = useState("");
  const [tab, setTab] = useState("definition");
  const [cursor, setCursor] = useState(() =>
    run === undefined ? undefined : placeOfState(original.definition, run.name),
  );
  const fork = useForkExecution();
  const isEdited = text !== original.definition;
  const diagnostics = useMemo(() => diagnose(text), [text]);
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR").length;
  const dataProblem = data === "" ? undefined : jsonProblem(data)?.message;
  const variableProblem = variablesProblem(variables);
  const isBad = errors > 0 || dataProblem !== undefined || variableProblem !== undefined;
  const submit = (): void =>
    fork.mutate(
      {
        executionArn,
        eventId: event.id,
        name: name === "" ? undefined : name,
        definition: isEdited ? text : undefined,
        data: data === firstData || data === "" ? undefined : data,
        variables: variables.trim() === NO_VARIABLES ? undefined : variables,
      },
      {
        onSuccess: ({ executionArn: forked }) => {
          onClose();
          succeeded(`${nameOf(forked)} goes on from event ${event.id} of ${nameOf(executionArn)}`);
          void navigate(paths.execution(forked));
        },
      },
    );
  return (
    <Modal
      visible
      size="max"
      header={`Fork from event ${event.id}`}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={fork.isPending} disabled={isBad} onClick={submit}>
              Start fork
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box variant="p" color="text-body-secondary">
          A new execution takes over what happened up to <strong>{event.type}</strong>
          {run === undefined ? null : (
            <>
              {" "}
              of <strong>{run.name}</strong>
            </>
          )}
          , with all recorded results, and goes on from there. Nothing before it is called again;
          what was under way is begun again. This execution stays as it is.
        </Box>
        <FormField
          label={
            <>
              Name <i>- optional</i>
            </>
          }
          stretch
        >
          <Input
            value={name}
            placeholder="A random name"
            onChange={({ detail }) => setName(detail.value)}
          />
        </FormField>
        <Tabs
          activeTabId={tab}
          onChange={({ detail }) => setTab(detail.activeTabId)}
          tabs={[
            {
              id: "definition",
              label: `Definition${isEdited ? " (edited)" : ""}`,
              content: (
                <SpaceBetween size="xs">
                  <div className="framed">
                    <DefinitionEditor
                      value={text}
                      diagnose={diagnose}
                      cursor={cursor}
                      height="380px"
                      onChange={setText}
                    />
                  </div>
                  <DiagnosticList diagnostics={diagnostics} onChoose={setCursor} />
                </SpaceBetween>
              ),
            },
            {
              id: "data",
              label: `Data${data === firstData ? "" : " (edited)"}`,
              content: (
                <FormField
                  label={original.data.label}
                  description={
                    firstData === ""
                      ? "JSON in the place of what was recorded; empty: what was recorded."
                      : "As it was recorded; what you change takes its place."
                  }
                  errorText={dataProblem}
                  stretch
                >
                  <InputEditor value={data} onChange={setData} ariaLabel={original.data.label} />
                </FormField>
              ),
            },
            {
              id: "variables",
              label: `Variables${variables.trim() === NO_VARIABLES ? "" : " (edited)"}`,
              content: (
                <SpaceBetween size="m">
                  <FormField
                    label="Variables to set"
                    description="An object of names and values; those that are not named stay as they are."
                    errorText={variableProblem}
                    stretch
                  >
                    <InputEditor
                      value={variables}
                      onChange={setVariables}
                      ariaLabel="Variables to set"
                    />
                  </FormField>
                  <StateVariables executionArn={executionArn} run={run} lastEventId={event.id} />
                </SpaceBetween>
              ),
            },
          ]}
        />
        {fork.error === null ? null : (
          <Alert type="error" header="The fork was not started">
            {describeFailure(fork.error)}
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}

function diagnose(text: string): readonly PlacedDiagnostic[] {
  return definitionDiagnostics(text, "STANDARD");
}

function variablesProblem(text: string): string | undefined {
  const problem = jsonProblem(text)?.message;
  if (problem !== undefined) return problem;
  return /^\s*\{/.test(text) ? undefined : "Variables must be an object of names and values";
}
