/** AWS CodeBuild. */
import type { JsonObject } from "../../../json/json.ts";
import { jobId, objectAt, textAt } from "../members.ts";
import type { ActionFacts, JobFacts, ServiceFacts } from "../service-facts.ts";

const STATUSES = {
  running: ["IN_PROGRESS"],
  succeeded: ["SUCCEEDED"],
  failed: ["FAILED", "FAULT", "STOPPED", "TIMED_OUT"],
} as const;

const BUILD: JobFacts = {
  id: (submitted) => jobId({ Id: textAt(submitted, "Build", "Id") }),
  poll: "batchGetBuilds",
  describe: idList,
  found: (answer) => objectAt(answer, "Builds", 0),
  status: ["BuildStatus"],
  ...STATUSES,
  stop: { operation: "stopBuild", request: (id) => id },
  output: (job) => ({ Build: job }),
};

const BUILD_BATCH: JobFacts = {
  id: (submitted) => jobId({ Id: textAt(submitted, "BuildBatch", "Id") }),
  poll: "batchGetBuildBatches",
  describe: idList,
  found: (answer) => objectAt(answer, "BuildBatches", 0),
  status: ["BuildBatchStatus"],
  ...STATUSES,
  stop: { operation: "stopBuildBatch", request: (id) => id },
  output: (job) => ({ BuildBatch: job }),
};

function idList({ Id = "" }: Readonly<Record<string, string>>): JsonObject {
  return { Ids: [Id] };
}

const token = "IdempotencyToken" satisfies ActionFacts["token"];

export const CODEBUILD: ServiceFacts = {
  service: "codebuild",
  client: "codebuild",
  errorPrefix: "CodeBuild",
  serviceName: "AWSCodeBuild",
  exceptions: ["AccountLimitExceeded", "AccountSuspended", "InvalidInput", "ResourceNotFound"],
  actions: {
    startBuild: { token, job: BUILD },
    stopBuild: {},
    batchDeleteBuilds: {},
    batchGetReports: {},
    startBuildBatch: { token, job: BUILD_BATCH },
    stopBuildBatch: {},
    retryBuildBatch: { token, job: BUILD_BATCH },
    deleteBuildBatch: {},
  },
};
