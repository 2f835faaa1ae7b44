/** Edits a state machine in the workflow editor. */
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { describeFailure } from "../../api/api-failure.ts";
import type { StateMachineDescription } from "../../api/operations.ts";
import { useStateMachine, useUpdateStateMachine } from "../../api/state-machine-queries.ts";
import { FailureAlert } from "../../components/failure-alert.tsx";
import { readableJson } from "../../components/json-text.ts";
import { PageSpinner } from "../../components/page-spinner.tsx";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";
import { useNotifications } from "../../shell/notifications.tsx";
import { StudioPage } from "../../studio/studio-page.tsx";
import type { StudioState } from "../../studio/studio.tsx";
import { LeaveGuard } from "./leave-guard.tsx";
import { MachineSettings } from "./machine-settings.tsx";

export function EditPage() {
  const { arn = "" } = useParams();
  const { data, error, refetch } = useStateMachine(arn);
  // What somebody is writing on must not be replaced because it changed elsewhere.
  const [opened, setOpened] = useState<StateMachineDescription>();
  if (opened === undefined && data !== undefined) setOpened(data);
  if (opened !== undefined) {
    return (
      <MachineEditor
        key={opened.revisionId ?? "first"}
        machine={opened}
        revisionId={data?.revisionId}
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

interface EditorProps {
  readonly machine: StateMachineDescription;
  /** The one that the server has now. */
  readonly revisionId: string | undefined;
  readonly onReload: () => void;
}

function MachineEditor({ machine, revisionId, onReload }: EditorProps) {
  const navigate = useNavigate();
  const { succeeded } = useNotifications();
  const { stateMachineArn, name, type, roleArn } = machine;
  const [initial] = useState(() => readableJson(machine.definition));
  const [state, setState] = useState<StudioState>({ text: initial, errors: 0 });
  const [saved, setSaved] = useState(initial);
  const [known, setKnown] = useState<readonly (string | undefined)[]>([machine.revisionId]);
  const [publish, setPublish] = useState(false);
  const update = useUpdateStateMachine();
  const hasChanges = state.text !== saved;
  const problem =
    state.errors === undefined
      ? "The text is no JSON"
      : state.errors > 0
        ? "The definition has errors"
        : !hasChanges && !publish
          ? "Nothing has changed"
          : undefined;
  const save = (): void => {
    if (problem !== undefined || update.isPending) return;
    const { text } = state;
    // Unchanged, it stays as it was written, also if it was laid out to be read.
    const definition = text === initial ? machine.definition : text;
    update.mutate(
      { stateMachineArn, definition, publish: publish ? true : undefined },
      {
        onSuccess: ({ revisionId: newest, stateMachineVersionArn }) => {
          setSaved(text);
          setKnown((revisions) => [...revisions, newest]);
          setPublish(false);
          const version =
            stateMachineVersionArn === undefined
              ? ""
              : ` and published as version ${nameOf(stateMachineVersionArn)}`;
          succeeded(`${name} is saved${version}. Executions started from now on run it.`);
        },
      },
    );
  };
  const isChangedElsewhere =
    revisionId !== undefined && !known.includes(revisionId) && !update.isPending;
  return (
    <>
      <StudioPage
        title={`Edit ${name}`}
        initial={initial}
        type={type}
        name={name}
        roleArn={roleArn}
        onChange={setState}
        onSave={save}
        settings={<MachineSettings machine={machine} />}
        messages={
          <>
            {isChangedElsewhere ? (
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
          </>
        }
        actions={
          <>
            <Checkbox checked={publish} onChange={({ detail }) => setPublish(detail.checked)}>
              Publish version
            </Checkbox>
            <Button onClick={() => void navigate(paths.stateMachine(stateMachineArn))}>
              {hasChanges ? "Cancel" : "Close"}
            </Button>
            <Button
              variant="primary"
              loading={update.isPending}
              disabled={problem !== undefined}
              disabledReason={problem ?? ""}
              onClick={save}
            >
              Save
            </Button>
          </>
        }
      />
      <LeaveGuard isNeeded={hasChanges && !update.isPending} />
    </>
  );
}
