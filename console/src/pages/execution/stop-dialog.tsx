/** Stops an execution, with an error and a cause if somebody wants to leave a word. */
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useStopExecution } from "../../api/execution-queries.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useNotifications } from "../../shell/notifications.tsx";

interface Props {
  readonly executionArn: string;
  readonly onClose: () => void;
}

export function StopDialog({ executionArn, onClose }: Props) {
  const { failed } = useNotifications();
  const [error, setError] = useState("");
  const [cause, setCause] = useState("");
  const stop = useStopExecution();
  const confirm = (): void =>
    stop.mutate(
      {
        executionArn,
        error: error === "" ? undefined : error,
        cause: cause === "" ? undefined : cause,
      },
      {
        onError: (failure) => failed("The execution was not stopped", failure),
        onSettled: onClose,
      },
    );
  return (
    <ConfirmDialog
      title="Stop the execution?"
      confirmText="Stop execution"
      isBusy={stop.isPending}
      onConfirm={confirm}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        <FormField label="Error - optional" constraintText="Up to 256 characters.">
          <Input value={error} onChange={({ detail }) => setError(detail.value)} />
        </FormField>
        <FormField label="Cause - optional">
          <Input value={cause} onChange={({ detail }) => setCause(detail.value)} />
        </FormField>
      </SpaceBetween>
    </ConfirmDialog>
  );
}
