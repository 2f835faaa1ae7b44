/** Creates an activity. */
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { describeFailure } from "../../api/api-failure.ts";
import { useCreateActivity } from "../../api/activity-queries.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useNotifications } from "../../shell/notifications.tsx";
import { nameProblem } from "../create/name-problem.ts";

export function CreateActivityDialog({ onClose }: { readonly onClose: () => void }) {
  const { succeeded } = useNotifications();
  const [name, setName] = useState("");
  const [wasTried, setWasTried] = useState(false);
  const create = useCreateActivity();
  const problem = nameProblem(name);
  const submit = (): void => {
    setWasTried(true);
    if (problem !== undefined) return;
    create.mutate(name, {
      onSuccess: () => {
        succeeded(`The activity ${name} is created`);
        onClose();
      },
    });
  };
  const failure = create.error === null ? undefined : describeFailure(create.error);
  return (
    <ConfirmDialog
      title="Create activity"
      confirmText="Create"
      isBusy={create.isPending}
      onConfirm={submit}
      onDismiss={onClose}
    >
      <FormField
        label="Name"
        constraintText="1 to 80 letters, digits, - and _."
        errorText={failure ?? (wasTried ? problem : undefined)}
      >
        <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </ConfirmDialog>
  );
}
