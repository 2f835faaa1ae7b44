/** Parameters that an action cannot use, before anything is sent. */
import type { TaskCall } from "../../engine/ports.ts";
import type { TaskFailure } from "../task-failure.ts";
import { unusableParameters } from "../workflows/workflow-failure.ts";

/** @param reason Names the field and the fix. Nothing retries or catches the failure, as on AWS. */
export function refused(call: TaskCall, reason: string): TaskFailure {
  return unusableParameters(call, [reason]);
}
