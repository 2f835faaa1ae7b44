/** An answer that could not become a state's output. */
import type { TaskCall } from "../engine/ports.ts";
import { TaskFailure } from "./task-failure.ts";

/** In the engine's words for an output that is too big. */
export function answerTooLong({ resource }: TaskCall): TaskFailure {
  const what = resource.type === "Service" ? resource.service : resource.arn;
  const cause = `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return new TaskFailure("States.DataLimitExceeded", cause);
}
