/** Changes how a Map Run that is running goes on. */
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { describeFailure } from "../../api/api-failure.ts";
import { useUpdateMapRun } from "../../api/map-run-queries.ts";
import type { MapRunDescription } from "../../api/operations.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useNotifications } from "../../shell/notifications.tsx";

interface Props {
  readonly run: MapRunDescription;
  readonly onClose: () => void;
}

const MAX_PERCENTAGE = 100;

export function ToleranceDialog({ run, onClose }: Props) {
  const { succeeded } = useNotifications();
  const update = useUpdateMapRun();
  const [concurrency, setConcurrency] = useState(String(run.maxConcurrency));
  const [count, setCount] = useState(String(run.toleratedFailureCount));
  const [percentage, setPercentage] = useState(String(run.toleratedFailurePercentage));
  const problems = {
    concurrency: isWhole(concurrency) ? undefined : "A whole number, 0 or more",
    count: isWhole(count) ? undefined : "A whole number, 0 or more",
    percentage: isPercentage(percentage) ? undefined : "A number from 0 to 100",
  };
  const isBad = Object.values(problems).some((problem) => problem !== undefined);
  const confirm = (): void => {
    if (isBad) return;
    update.mutate(
      {
        mapRunArn: run.mapRunArn,
        maxConcurrency: Number(concurrency),
        toleratedFailureCount: Number(count),
        toleratedFailurePercentage: Number(percentage),
      },
      {
        onSuccess: () => {
          succeeded("The Map Run goes on with the new settings");
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      title="Edit Map Run"
      confirmText="Save"
      isBusy={update.isPending}
      onConfirm={confirm}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        <FormField
          label="Maximum concurrency"
          constraintText="Child executions at a time; 0: as many as possible."
          errorText={problems.concurrency}
        >
          <Input
            value={concurrency}
            inputMode="numeric"
            onChange={({ detail }) => setConcurrency(detail.value)}
          />
        </FormField>
        <FormField
          label="Tolerated failure count"
          constraintText="Items; one more ends the Map Run."
          errorText={problems.count}
        >
          <Input
            value={count}
            inputMode="numeric"
            onChange={({ detail }) => setCount(detail.value)}
          />
        </FormField>
        <FormField
          label="Tolerated failure percentage"
          constraintText="Of all items."
          errorText={problems.percentage}
        >
          <Input
            value={percentage}
            inputMode="decimal"
            onChange={({ detail }) => setPercentage(detail.value)}
          />
        </FormField>
        {update.error === null ? null : (
          <Alert type="error" header="The Map Run was not changed">
            {describeFailure(update.error)}
          </Alert>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  );
}

function isWhole(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}

function isPercentage(text: string): boolean {
  return /^\d{1,3}(?:\.\d+)?$/.test(text) && Number(text) <= MAX_PERCENTAGE;
}
