/** Amazon ECS and AWS Fargate. */
import type { JsonObject } from "../../../json/json.ts";
import { isArray } from "../../../json/kind.ts";
import { isNumber, toNumber } from "../../../json/number.ts";
import { stringify } from "../../../json/stringify.ts";
import { TaskFailure } from "../../task-failure.ts";
import { at, jobId, objectAt, textAt } from "../members.ts";
import type { ActionTools, ServiceFacts } from "../service-facts.ts";
import { STOP_REASON } from "../stop-reason.ts";

export const ECS: ServiceFacts = {
  service: "ecs",
  client: "ecs",
  errorPrefix: "ECS",
  serviceName: "AmazonECS",
  exceptions: [
    "AccessDenied",
    "Blocked",
    "Client",
    "ClusterNotFound",
    "Conflict",
    "InvalidParameter",
    "PlatformTaskDefinitionIncompatibility",
    "PlatformUnknown",
    "Server",
    "UnsupportedFeature",
  ],
  actions: {
    runTask: {
      token: "ClientToken",
      emptyLists: true,
      result: refuseFailures,
      job: {
        id: (submitted) =>
          jobId({
            Cluster: textAt(submitted, "Tasks", 0, "ClusterArn"),
            Task: textAt(submitted, "Tasks", 0, "TaskArn"),
          }),
        poll: "describeTasks",
        describe: ({ Cluster = "", Task = "" }) => ({ Cluster, Tasks: [Task] }),
        found: (answer) => objectAt(answer, "Tasks", 0),
        status: ["LastStatus"],
        running: [
          "PROVISIONING",
          "PENDING",
          "ACTIVATING",
          "RUNNING",
          "DEACTIVATING",
          "STOPPING",
          "DEPROVISIONING",
        ],
        succeeded: ["STOPPED", "DELETED"],
        failed: [],
        isSuccess: everyContainerSucceeded,
        stop: { operation: "stopTask", request: (id) => ({ ...id, Reason: STOP_REASON }) },
      },
    },
  },
};

/** A task that could not be placed fails what waits for it, not a plain request (documented). */
function refuseFailures(
  answer: JsonObject,
  _parameters: JsonObject,
  { call }: ActionTools,
): JsonObject {
  const failures = at(answer, "Failures");
  const waits = call.resource.type === "Service" && call.resource.pattern !== "RequestResponse";
  if (!waits || !isArray(failures) || failures.length === 0) return answer;
  throw new TaskFailure("AmazonECS.Unknown", stringify({ Failures: failures }));
}

/** A container that never ran has no exit code (recorded: CannotPullContainerError fails the task). */
function everyContainerSucceeded(task: JsonObject): boolean {
  const containers = at(task, "Containers");
  return (
    isArray(containers) &&
    containers.length > 0 &&
    containers.every((container) => {
      const code = at(container, "ExitCode");
      return isNumber(code) && toNumber(code) === 0;
    })
  );
}
