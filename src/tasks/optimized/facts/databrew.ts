/** AWS Glue DataBrew. StartJobRun has no token; a job runs once at a time, so a second start is refused. */
import { jobId, textAt } from "../members.ts";
import type { ServiceFacts } from "../service-facts.ts";

export const DATABREW: ServiceFacts = {
  service: "databrew",
  client: "databrew",
  errorPrefix: "DataBrew",
  serviceName: "AWSGlueDataBrew",
  exceptions: [
    "AccessDenied",
    "Conflict",
    "InternalServer",
    "ResourceNotFound",
    "ServiceQuotaExceeded",
    "Validation",
  ],
  actions: {
    startJobRun: {
      job: {
        id: (submitted, parameters) =>
          jobId({ Name: textAt(parameters, "Name"), RunId: textAt(submitted, "RunId") }),
        poll: "describeJobRun",
        status: ["State"],
        running: ["STARTING", "RUNNING", "STOPPING"],
        succeeded: ["SUCCEEDED"],
        failed: ["FAILED", "STOPPED", "TIMEOUT"],
        stop: { operation: "stopJobRun", request: (id) => id },
      },
    },
  },
};
