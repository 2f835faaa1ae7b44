/** The sign of a state's status in the graph. */
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import Spinner from "@cloudscape-design/components/spinner";
import type { RunStatus } from "../history/state-run.ts";

const ICONS: Readonly<Record<Exclude<RunStatus, "IN_PROGRESS">, IconProps.Name>> = {
  SUCCEEDED: "status-positive",
  CAUGHT: "status-warning",
  FAILED: "status-negative",
  TIMED_OUT: "status-negative",
  ABORTED: "status-stopped",
};

interface Props {
  readonly status: RunStatus;
  readonly note: string | undefined;
}

export function StatusMark({ status, note }: Props) {
  return (
    <span className="status-mark">
      {note === undefined ? null : <span className="status-note">{note}</span>}
      {status === "IN_PROGRESS" ? <Spinner /> : <Icon name={ICONS[status]} />}
    </span>
  );
}
