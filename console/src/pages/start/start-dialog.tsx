/** Starts an execution: its input, checked while it is written, and a name. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { describeFailure } from "../../api/api-failure.ts";
import { useStartExecution, useStartSyncExecution } from "../../api/execution-queries.ts";
import { jsonProblem } from "../../components/json-text.ts";
import { useFocusReturn } from "../../components/use-focus-return.ts";
import { InputEditor } from "../../editor/input-editor.tsx";
import { paths } from "../../routing/paths.ts";
import { nameOf } from "../../routing/arns.ts";
import { useNotifications } from "../../shell/notifications.tsx";
import { EarlierInput } from "./earlier-input.tsx";
import { SyncResult } from "./sync-result.tsx";

interface Props {
  readonly stateMachineArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** What to begin with; by default the input that was used last. */
  readonly input?: string | undefined;
  readonly onClose: () => void;
}

const EXAMPLE = "{}";

export function StartDialog({ stateMachineArn, type, input: first, onClose }: Props) {
  useFocusReturn();
  const navigate = useNavigate();
  const { succeeded } = useNotifications();
  const [name, setName] = useState("");
  const [input, setInput] = useState(first ?? EXAMPLE);
  const [waits, setWaits] = useState(type === "EXPRESS");
  const start = useStartExecution();
  const startSync = useStartSyncExecution();
  const problem = jsonProblem(input);
  const error = start.error ?? startSync.error;
  const request = { stateMachineArn, input, name: name === "" ? undefined : name };
  const submit = (): void => {
    if (problem !== undefined) return;
    if (waits) return startSync.mutate(request);
    start.mutate(request, {
      onSuccess: ({ executionArn }) => {
        onClose();
        if (type === "STANDARD") void navigate(paths.execution(executionArn));
        else succeeded(`The Express execution ${nameOf(executionArn)} was started`);
      },
    });
  };
  return (
    <Modal
      visible
      size="large"
      header="Start execution"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={start.isPending || startSync.isPending}
              disabled={problem !== undefined}
              onClick={submit}
            >
              Start execution
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <FormField
          label={
            <>
              Name <i>- optional</i>
            </>
          }
          constraintText="Up to 80 characters. Without a name the execution gets a random one."
          stretch
        >
          <Input
            value={name}
            onChange={({ detail }) => setName(detail.value)}
            placeholder="A random name"
          />
        </FormField>
        <FormField
          label="Input"
          description="JSON that the first state gets."
          errorText={problem === undefined ? undefined : `This is not JSON: ${problem.message}`}
          secondaryControl={
            type === "STANDARD" ? (
              <EarlierInput stateMachineArn={stateMachineArn} onChoose={setInput} />
            ) : undefined
          }
          stretch
        >
          <InputEditor value={input} onChange={setInput} ariaLabel="Input of the execution" />
        </FormField>
        {type === "EXPRESS" ? (
          <Checkbox checked={waits} onChange={({ detail }) => setWaits(detail.checked)}>
            Wait for the result
          </Checkbox>
        ) : null}
        {error === null ? null : (
          <Alert type="error" header="The execution was not started">
            {describeFailure(error)}
          </Alert>
        )}
        {startSync.data === undefined ? null : <SyncResult result={startSync.data} />}
      </SpaceBetween>
    </Modal>
  );
}
