/** Asks for state machines to be deleted, and deletes them. */
import Box from "@cloudscape-design/components/box";
import { useDeleteStateMachines } from "../../api/state-machine-queries.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useNotifications } from "../../shell/notifications.tsx";

interface Props {
  readonly machines: readonly { readonly stateMachineArn: string; readonly name: string }[];
  /** `isDeleted`: they are gone. */
  readonly onClose: (isDeleted: boolean) => void;
}

export function DeleteStateMachines({ machines, onClose }: Props) {
  const { succeeded, failed } = useNotifications();
  const remove = useDeleteStateMachines();
  const names = machines.map(({ name }) => name).join(", ");
  const confirm = (): void =>
    remove.mutate(
      machines.map(({ stateMachineArn }) => stateMachineArn),
      {
        onSuccess: () => {
          succeeded(`Deleted: ${names}`);
          onClose(true);
        },
        onError: (error) => {
          failed("Not everything was deleted", error);
          onClose(false);
        },
      },
    );
  return (
    <ConfirmDialog
      title={
        machines.length === 1 ? `Delete ${names}?` : `Delete ${machines.length} state machines?`
      }
      confirmText="Delete"
      isBusy={remove.isPending}
      onConfirm={confirm}
      onDismiss={() => onClose(false)}
    >
      {machines.length === 1 ? null : <Box variant="p">{names}</Box>}
      <Box variant="p">
        Running executions are ended, and versions and aliases go too. This cannot be undone.
      </Box>
    </ConfirmDialog>
  );
}
