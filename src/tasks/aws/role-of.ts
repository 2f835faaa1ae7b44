/** The role that a task names in `Credentials`. */
import type { TaskCall } from "../../engine/ports.ts";
import { isObject, memberOf } from "../../json/kind.ts";
import type { Role } from "./assumed-roles.ts";

/** undefined: the task is carried out with the server's own credentials. */
export function roleOf(call: Pick<TaskCall, "credentials" | "stateMachineArn">): Role | undefined {
  const { credentials, stateMachineArn: externalId } = call;
  const arn = isObject(credentials) ? memberOf(credentials, "RoleArn") : undefined;
  return typeof arn === "string" ? { arn, externalId } : undefined;
}
