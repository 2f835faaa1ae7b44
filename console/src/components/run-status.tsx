/** The status of a state in an execution. */
import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { RunStatus } from "../history/state-run.ts";

const LOOKS: Readonly<
  Record<RunStatus, { readonly type: StatusIndicatorProps.Type; readonly text: string }>
> = {
  IN_PROGRESS: { type: "in-progress", text: "In progress" },
  SUCCEEDED: { type: "success", text: "Succeeded" },
  CAUGHT: { type: "warning", text: "Caught error" },
  FAILED: { type: "error", text: "Failed" },
  TIMED_OUT: { type: "error", text: "Timed out" },
  ABORTED: { type: "stopped", text: "Aborted" },
};

export function runStatusText(status: RunStatus): string {
  return LOOKS[status].text;
}

export function RunStatusLabel({ status }: { readonly status: RunStatus }) {
  return <StatusIndicator type={LOOKS[status].type}>{LOOKS[status].text}</StatusIndicator>;
}
