/** AWS Glue. StartJobRun has no token: a start repeated after a crash starts a second run. */
import { jobId, objectAt, textAt } from "../members.ts";
import type { ServiceFacts } from "../service-facts.ts";

export const GLUE: ServiceFacts = {
  service: "glue",
  client: "glue",
  errorPrefix: "Glue",
  serviceName: "AWSGlue",
  exceptions: [
    "AccessDenied",
    "ConcurrentRunsExceeded",
    "EntityNotFound",
    "InternalService",
    "InvalidInput",
    "OperationTimeout",
    "ResourceNumberLimitExceeded",
  ],
  actions: {
    startJobRun: {
      job: {
        id: (submitted, parameters) =>
          jobId({ JobName: textAt(parameters, "JobName"), RunId: textAt(submitted, "JobRunId") }),
        poll: "getJobRun",
        found: (answer) => objectAt(answer, "JobRun"),
        status: ["JobRunState"],
        running: ["STARTING", "RUNNING", "STOPPING", "WAITING"],
        succeeded: ["SUCCEEDED"],
        failed: ["FAILED", "ERROR", "TIMEOUT", "STOPPED", "EXPIRED"],
        stop: {
          operation: "batchStopJobRun",
          request: ({ JobName = "", RunId = "" }) => ({ JobName, JobRunIds: [RunId] }),
        },
      },
    },
  },
};
