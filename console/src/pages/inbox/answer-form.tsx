/** Answers a waiting task: success with an output, or failure with an error. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { describeFailure } from "../../api/api-failure.ts";
import type { WaitingTask } from "../../api/own-operations.ts";
import {
  useSendTaskFailure,
  useSendTaskHeartbeat,
  useSendTaskSuccess,
} from "../../api/task-queries.ts";
import { jsonProblem, prettyValue } from "../../components/json-text.ts";
import { InputEditor } from "../../editor/input-editor.tsx";
import { JsonView } from "../../editor/json-view.tsx";
import { useNotifications } from "../../shell/notifications.tsx";
import { TaskDeadline } from "./task-deadline.tsx";

interface Props {
  readonly task: WaitingTask;
  readonly onAnswered: () => void;
}

export function AnswerForm({ task, onAnswered }: Props) {
  const { taskToken, stateName, parameters, heartbeatSeconds } = task;
  const { succeeded } = useNotifications();
  const [kind, setKind] = useState("success");
  const [output, setOutput] = useState("{\n  \n}");
  const [error, setError] = useState("");
  const [cause, setCause] = useState("");
  const success = useSendTaskSuccess();
  const failure = useSendTaskFailure();
  const heartbeat = useSendTaskHeartbeat();
  const problem = kind === "success" ? jsonProblem(output)?.message : undefined;
  const refusal = success.error ?? failure.error ?? heartbeat.error;
  const done = (): void => {
    succeeded(`${stateName} was answered`);
    onAnswered();
  };
  const submit = (): void => {
    if (kind === "success") success.mutate({ taskToken, output }, { onSuccess: done });
    else {
      const told = { error: orNothing(error), cause: orNothing(cause) };
      failure.mutate({ taskToken, ...told }, { onSuccess: done });
    }
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={<TaskDeadline task={task} />}
          actions={
            heartbeatSeconds === undefined ? null : (
              <Button
                iconName="heart"
                loading={heartbeat.isPending}
                onClick={() =>
                  heartbeat.mutate(
                    { taskToken },
                    { onSuccess: () => succeeded(`${stateName} goes on waiting`) },
                  )
                }
              >
                Send heartbeat
              </Button>
            )
          }
        >
          Answer {stateName}
        </Header>
      }
      footer={
        <Box float="right">
          <Button
            variant="primary"
            loading={success.isPending || failure.isPending}
            disabled={problem !== undefined}
            onClick={submit}
          >
            {kind === "success" ? "Send success" : "Send failure"}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div>
          <Box variant="awsui-key-label">What the task was given</Box>
          <JsonView
            text={prettyValue(parameters)}
            label="What the task was given"
            maxHeight="220px"
          />
        </div>
        <SegmentedControl
          label="Kind of answer"
          selectedId={kind}
          onChange={({ detail }) => setKind(detail.selectedId)}
          options={[
            { id: "success", text: "Success", iconName: "status-positive" },
            { id: "failure", text: "Failure", iconName: "status-negative" },
          ]}
        />
        {kind === "success" ? (
          <FormField
            label="Output"
            description="JSON: the result of the task."
            errorText={problem === undefined ? undefined : `This is not JSON: ${problem}`}
            stretch
          >
            <InputEditor value={output} onChange={setOutput} ariaLabel="Output of the task" />
          </FormField>
        ) : (
          <>
            <FormField
              label="Error"
              description="The name that Retry and Catch compare."
              constraintText="Up to 256 characters."
              stretch
            >
              <Input value={error} onChange={({ detail }) => setError(detail.value)} />
            </FormField>
            <FormField label="Cause" stretch>
              <Textarea value={cause} rows={4} onChange={({ detail }) => setCause(detail.value)} />
            </FormField>
          </>
        )}
        {refusal === null ? null : (
          <Alert type="error" header="The answer was not taken">
            {describeFailure(refusal)}
          </Alert>
        )}
      </SpaceBetween>
    </Container>
  );
}

function orNothing(text: string): string | undefined {
  return text === "" ? undefined : text;
}
