/** The role that a task names in `Credentials`. */
import type { TaskCall } from "../../engine/ports.ts";
import { textAt } from "./members.ts";

/** undefined: the task is carried out with the server's own credentials. */
export function roleArnOf(call: Pick<TaskCall, "credentials">): string | undefined {
  return textAt(call.credentials, "RoleArn");
}
