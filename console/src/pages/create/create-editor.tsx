/** The second step of creating a state machine: its definition. */
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { describeFailure } from "../../api/api-failure.ts";
import type { useCreateStateMachine } from "../../api/state-machine-queries.ts";
import { StudioPage } from "../../studio/studio-page.tsx";
import type { StudioState } from "../../studio/studio.tsx";
import { LeaveGuard } from "../edit/leave-guard.tsx";
import { MachineFields, type MachineFieldsProps } from "./machine-fields.tsx";

interface Props extends MachineFieldsProps {
  readonly initial: string;
  readonly create: ReturnType<typeof useCreateStateMachine>;
  readonly onCreate: (definition: string) => void;
  readonly onBack: () => void;
}

export function CreateEditor({ initial, create, onCreate, onBack, ...fields }: Props) {
  const { draft, nameError } = fields;
  const [state, setState] = useState<StudioState>({ text: initial, errors: 1 });
  const isReady = state.errors === 0;
  const hasChanges = state.text !== initial;
  const submit = (): void => {
    if (isReady && !create.isPending) onCreate(state.text);
  };
  return (
    <>
      <StudioPage
        title={draft.name === "" ? "Create state machine" : `Create ${draft.name}`}
        initial={initial}
        type={draft.type}
        name={draft.name}
        roleArn={draft.roleArn}
        onChange={setState}
        onSave={submit}
        settings={<MachineFields {...fields} />}
        messages={
          <>
            {nameError === undefined ? null : (
              <Alert type="error" header="The state machine has no name that can be used">
                {nameError} It is set under Settings.
              </Alert>
            )}
            {create.error === null ? null : (
              <Alert type="error" header="The state machine was not created">
                {describeFailure(create.error)}
              </Alert>
            )}
          </>
        }
        actions={
          <>
            <Button onClick={onBack} disabled={hasChanges} disabledReason="Changes would be lost">
              Back
            </Button>
            <Button
              variant="primary"
              loading={create.isPending}
              disabled={!isReady}
              disabledReason="The definition has errors"
              onClick={submit}
            >
              Create
            </Button>
          </>
        }
      />
      <LeaveGuard isNeeded={hasChanges && !create.isPending && !create.isSuccess} />
    </>
  );
}
