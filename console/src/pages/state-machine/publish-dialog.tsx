/** Publishes the current revision as a version. */
import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { StateMachineDescription } from "../../api/operations.ts";
import { usePublishVersion } from "../../api/state-machine-queries.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { nameOf } from "../../routing/arns.ts";
import { useNotifications } from "../../shell/notifications.tsx";

interface Props {
  readonly machine: StateMachineDescription;
  readonly onClose: () => void;
}

export function PublishDialog({ machine, onClose }: Props) {
  const { succeeded, failed } = useNotifications();
  const [description, setDescription] = useState("");
  const publish = usePublishVersion();
  const confirm = (): void =>
    publish.mutate(
      {
        stateMachineArn: machine.stateMachineArn,
        revisionId: machine.revisionId,
        description: description === "" ? undefined : description,
      },
      {
        onSuccess: ({ stateMachineVersionArn }) =>
          succeeded(`Version ${nameOf(stateMachineVersionArn)} of ${machine.name} is published`),
        onError: (error) => failed("The version was not published", error),
        onSettled: onClose,
      },
    );
  return (
    <ConfirmDialog
      title="Publish version"
      confirmText="Publish"
      isBusy={publish.isPending}
      onConfirm={confirm}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        <Box variant="p">
          The definition and the settings of now stay as a version that never changes. If they are
          published already, nothing new is made.
        </Box>
        <FormField
          label={
            <>
              Description <i>- optional</i>
            </>
          }
          constraintText="Up to 256 characters."
        >
          <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
        </FormField>
      </SpaceBetween>
    </ConfirmDialog>
  );
}
