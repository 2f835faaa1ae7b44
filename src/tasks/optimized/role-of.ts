/** The role that a task names in `Credentials`. */
import type { TaskCall } from "../../engine/ports.ts";
import type { Role } from "../aws/assumed-roles.ts";
import { textAt } from "./members.ts";

/** undefined: the task is carried out with the server's own credentials. */
export function roleOf(call: Pick<TaskCall, "credentials" | "stateMachineArn">): Role | undefined {
  const arn = textAt(call.credentials, "RoleArn");
  return arn === undefined ? undefined : { arn, externalId: call.stateMachineArn };
}
