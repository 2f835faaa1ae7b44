/** What a cluster refuses, as a task's failure. */
import type { TaskCall } from "../../../engine/ports.ts";
import { stringify } from "../../../json/stringify.ts";
import { AwsCallError } from "../../aws/aws-caller.ts";
import { HttpClientError } from "../../http/http-client.ts";
import { TaskFailure } from "../../task-failure.ts";
import { refused } from "../refused.ts";
import { type ClusterAnswer, resultOf } from "./cluster.ts";

/** `EKS.401` with the whole answer as its cause (documented). */
export function clusterFailure(answer: ClusterAnswer): TaskFailure {
  return new TaskFailure(`EKS.${answer.statusCode}`, stringify(resultOf(answer)));
}

/** @returns the failure of what no answer came to; any other error as it is. */
export function clusterCallFailure(error: unknown, call: TaskCall): unknown {
  if (error instanceof AwsCallError) {
    if (error.kind === "Service") return new TaskFailure(error.code, error.message);
    if (error.kind === "Role") return new TaskFailure("States.TaskFailed", error.message);
    return new TaskFailure("EKS.SdkClientException", error.message);
  }
  if (!(error instanceof HttpClientError)) return error;
  if (error.kind === "Refused") return new TaskFailure("EKS.AccessDeniedException", error.message);
  if (error.kind === "Invalid") return refused(call, error.message);
  return new TaskFailure("EKS.SdkClientException", error.message);
}
