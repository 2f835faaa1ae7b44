/** Edits the definition of a state machine as code. */
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { describeFailure } from "../../api/api-failure.ts";
import type { StateMachineDescription } from "../../api/operations.ts";
import { useStateMachine, useUpdateStateMachine } from "../../api/state-machine-queries.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { prettyJson } from "../../components/json-text.ts";
import { PageSpinner } from "../../components/page-spinner.tsx";
import type { PlacedDiagnostic } from "../../editor/definition-diagnostics.ts";
import { DefinitionWorkbench } from "../../editor/definition-workbench.tsx";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";
import { useNotifications } from "../../shell/notifications.tsx";
import { LeaveGuard } from "./leave-guard.tsx";

export function EditPage() {
  const { arn = "" } = useParams();
  const { data, error, refetch } = useStateMachine(arn);
  // What somebody is writing on must not be replaced because it changed elsewhere.
  const [opened, setOpened] = useState<StateMachineDescription>();
  if (opened === undefined && data !== undefined) setOpened(data);
  if (opened !== undefined) {
    const changed = data !== undefined && data.revisionId !== opened.revisionId;
    return (
      <DefinitionForm
        key={opened.revisionId}
        machine={opened}
        hasChangedElsewhere={changed}
        onReload={() => setOpened(data)}
      />
    );
  }
  if (error === null) return <PageSpinner label="state machine" />;
  return (
    <FailureAlert
      what="The state machine cannot be edited"
      error={error}
      onRetry={() => void refetch()}
    />
  );
}

interface FormProps {
  readonly machine: StateMachineDescription;
  readonly hasChangedElsewhere: boolean;
  readonly onReload: () => void;
}

function DefinitionForm({ machine, hasChangedElsewhere, onReload }: FormProps) {
  const navigate = useNavigate();
  const { succeeded } = useNotifications();
  const { stateMachineArn, name, type } = machine;
  const [before] = useState(() => prettyJson(machine.definition));
  const [text, setText] = useState(before);
  const [diagnostics, setDiagnostics] = useState<readonly PlacedDiagnostic[]>([]);
  const [publish, setPublish] = useState(false);
  const update = useUpdateStateMachine();
  const hasErrors = diagnostics.some(({ severity }) => severity === "ERROR");
  const hasChanges = text !== before;
  const save = (): void =>
    update.mutate(
      { stateMachineArn, definition: text, publish: publish ? true : undefined },
      {
        onSuccess: ({ stateMachineVersionArn }) => {
          const version =
            stateMachineVersionArn === undefined
              ? ""
              : ` and published as version ${nameOf(stateMachineVersionArn)}`;
          succeeded(`${name} is saved${version}. Executions started from now on run it.`);
        },
      },
    );
  // Not before the guard below knows that nothing can be lost any more.
  useEffect(() => {
    if (update.isSuccess) void navigate(paths.stateMachine(stateMachineArn));
  }, [update.isSuccess, navigate, stateMachineArn]);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Running executions go on with the definition they were started with."
          actions={
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              <Checkbox checked={publish} onChange={({ detail }) => setPublish(detail.checked)}>
                Publish version
              </Checkbox>
              <Button onClick={() => void navigate(paths.stateMachine(stateMachineArn))}>
                Cancel
              </Button>
              <Button
                variant="primary"
                loading={update.isPending}
                disabled={hasErrors || (!hasChanges && !publish)}
                disabledReason={hasErrors ? "The definition has errors" : "Nothing has changed"}
                onClick={save}
              >
                Save
              </Button>
            </SpaceBetween>
          }
        >
          Edit {name}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {hasChangedElsewhere && !update.isSuccess ? (
          <Alert
            type="warning"
            header="The state machine was changed elsewhere"
            action={<Button onClick={onReload}>Load what it is now</Button>}
          >
            Saving replaces what was made of it meanwhile.
          </Alert>
        ) : null}
        {update.error === null ? null : (
          <Alert type="error" header="The state machine was not saved">
            {describeFailure(update.error)}
          </Alert>
        )}
        <DefinitionWorkbench
          text={text}
          type={type}
          onChange={setText}
          onDiagnose={setDiagnostics}
        />
      </SpaceBetween>
      <LeaveGuard isNeeded={hasChanges && !update.isSuccess} />
    </ContentLayout>
  );
}
