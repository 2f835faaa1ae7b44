/** Runs one state and shows what becomes of its data, step by step. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { describeFailure } from "../api/api-failure.ts";
import { useTestState } from "../api/test-state-query.ts";
import { jsonProblem } from "../components/json-text.ts";
import { InputEditor } from "../editor/input-editor.tsx";
import type { JsonPath } from "../document/json-path.ts";
import { valueAt } from "../document/change-value.ts";
import { nameOf } from "../workflow/states.ts";
import { TestStateResult } from "./test-state-result.tsx";
import { useStudio } from "./use-studio.ts";

interface Props {
  readonly path: JsonPath;
  readonly roleArn: string | undefined;
  readonly onDismiss: () => void;
}

type Mock = "none" | "result" | "error";

const MOCKS: readonly { readonly value: Mock; readonly label: string }[] = [
  { value: "none", label: "None: really call it" },
  { value: "result", label: "A result" },
  { value: "error", label: "An error" },
];

const ERROR = '{\n  "error": "States.TaskFailed",\n  "cause": "It did not work"\n}';

/** What was written for the last test, for the next one. */
const last = { input: "{}", variables: "{}", mock: '{\n  "Payload": {}\n}', error: ERROR };

export function TestStateDialog({ path, roleArn, onDismiss }: Props) {
  const { document } = useStudio();
  const [input, setInput] = useState(last.input);
  const [variables, setVariables] = useState(last.variables);
  const [mock, setMock] = useState<Mock>("none");
  const [result, setResult] = useState(last.mock);
  const [error, setError] = useState(last.error);
  const test = useTestState();
  const type = valueAt(document.value, [...path, "Type"]);
  const canMock = type === "Task" || type === "Map" || type === "Parallel";
  const texts = [
    input,
    variables,
    ...(mock === "result" ? [result] : []),
    ...(mock === "error" ? [error] : []),
  ];
  const isBroken = texts.some((text) => jsonProblem(text) !== undefined);
  const run = (): void => {
    Object.assign(last, { input, variables, mock: result, error });
    test.mutate({
      definition: document.text,
      stateName: nameOf(path),
      inspectionLevel: "DEBUG",
      input,
      variables,
      ...(roleArn === undefined ? {} : { roleArn }),
      ...(mock === "result" ? { mock: { result } } : {}),
      ...(mock === "error" ? { mock: { errorOutput: JSON.parse(error) as object } } : {}),
    });
  };
  return (
    <Modal
      visible
      size="max"
      header={`Test ${nameOf(path)}`}
      onDismiss={onDismiss}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              Close
            </Button>
            <Button variant="primary" disabled={isBroken} loading={test.isPending} onClick={run}>
              Start test
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <ColumnLayout columns={2}>
        <SpaceBetween size="m">
          <FormField label="State input" stretch>
            <InputEditor value={input} onChange={setInput} ariaLabel="State input" height="180px" />
          </FormField>
          <FormField label="Variables" description="Names and values" stretch>
            <InputEditor
              value={variables}
              onChange={setVariables}
              ariaLabel="Variables"
              height="80px"
            />
          </FormField>
          {canMock ? (
            <FormField label="Mock" description="Instead of what the state would do" stretch>
              <Select
                options={[...MOCKS]}
                selectedOption={MOCKS.find(({ value }) => value === mock) ?? null}
                onChange={({ detail }) => setMock(detail.selectedOption.value as Mock)}
              />
            </FormField>
          ) : null}
          {mock === "result" ? (
            <FormField label="Result of the mock" stretch>
              <InputEditor
                value={result}
                onChange={setResult}
                ariaLabel="Result of the mock"
                height="140px"
              />
            </FormField>
          ) : null}
          {mock === "error" ? (
            <FormField label="Error of the mock" stretch>
              <InputEditor
                value={error}
                onChange={setError}
                ariaLabel="Error of the mock"
                height="110px"
              />
            </FormField>
          ) : null}
        </SpaceBetween>
        <div aria-live="polite">
          {test.error !== null ? (
            <Alert type="error" header="The state was not tested">
              {describeFailure(test.error)}
            </Alert>
          ) : test.data === undefined ? (
            <Box color="text-status-inactive" padding="l" textAlign="center">
              What becomes of the data is shown here, step by step.
            </Box>
          ) : (
            <TestStateResult result={test.data} />
          )}
        </div>
      </ColumnLayout>
    </Modal>
  );
}
