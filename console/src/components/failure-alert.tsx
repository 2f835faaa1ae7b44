/** Says that something could not be loaded or done. */
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { describeFailure } from "../api/api-failure.ts";

interface Props {
  readonly what: string;
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function FailureAlert({ what, error, onRetry }: Props) {
  return (
    <Alert
      type="error"
      header={what}
      action={onRetry === undefined ? undefined : <Button onClick={onRetry}>Try again</Button>}
    >
      {describeFailure(error)}
    </Alert>
  );
}
