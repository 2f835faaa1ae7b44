/** Until when a task can be answered. */
import type { WaitingTask } from "../../api/own-operations.ts";
import { formatTime } from "../../components/format-time.ts";
import { nameOf } from "../../routing/arns.ts";

/** Longer times are as good as none: AWS's default for tasks is 99,999,999 s. */
const LONG_SECONDS = 99_999_999;

export function TaskDeadline({ task }: { readonly task: WaitingTask }) {
  const { executionArn, waitingDate, timeoutSeconds, heartbeatSeconds } = task;
  const isBounded = timeoutSeconds !== undefined && timeoutSeconds < LONG_SECONDS;
  const parts = [
    `Of ${nameOf(executionArn)}, waiting since ${formatTime(waitingDate)}.`,
    ...(isBounded ? [`Times out ${timeoutSeconds} s after it was scheduled.`] : []),
    ...(heartbeatSeconds === undefined
      ? []
      : [`Needs a heartbeat by ${formatTime(waitingDate + heartbeatSeconds)}.`]),
  ];
  return <>{parts.join(" ")}</>;
}
