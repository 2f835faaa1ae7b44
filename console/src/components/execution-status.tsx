/** The status of an execution, as the AWS console shows it. */
import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { ExecutionStatus } from "../api/operations.ts";

const LOOKS: Readonly<
  Record<ExecutionStatus, { readonly type: StatusIndicatorProps.Type; readonly text: string }>
> = {
  RUNNING: { type: "in-progress", text: "Running" },
  SUCCEEDED: { type: "success", text: "Succeeded" },
  FAILED: { type: "error", text: "Failed" },
  TIMED_OUT: { type: "error", text: "Timed out" },
  ABORTED: { type: "stopped", text: "Aborted" },
  PENDING_REDRIVE: { type: "pending", text: "Pending redrive" },
};

/** In the order in which lists of them are shown. */
export const EXECUTION_STATUSES: readonly ExecutionStatus[] = [
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
];

export function statusText(status: ExecutionStatus): string {
  return LOOKS[status].text;
}

export function ExecutionStatusLabel({ status }: { readonly status: ExecutionStatus }) {
  return <StatusIndicator type={LOOKS[status].type}>{LOOKS[status].text}</StatusIndicator>;
}
