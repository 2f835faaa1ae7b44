/** Amazon Athena. */
import { jobId, objectAt, textAt } from "../members.ts";
import type { ServiceFacts } from "../service-facts.ts";

export const ATHENA: ServiceFacts = {
  service: "athena",
  client: "athena",
  errorPrefix: "Athena",
  serviceName: "AmazonAthena",
  exceptions: [
    "InternalServer",
    "InvalidRequest",
    "Metadata",
    "ResourceNotFound",
    "TooManyRequests",
  ],
  actions: {
    startQueryExecution: {
      token: "ClientRequestToken",
      job: {
        id: (submitted) => jobId({ QueryExecutionId: textAt(submitted, "QueryExecutionId") }),
        poll: "getQueryExecution",
        found: (answer) => objectAt(answer, "QueryExecution"),
        status: ["Status", "State"],
        running: ["QUEUED", "RUNNING"],
        succeeded: ["SUCCEEDED"],
        failed: ["FAILED", "CANCELLED"],
        stop: { operation: "stopQueryExecution", request: (id) => id },
        output: (job) => ({ QueryExecution: job }),
      },
    },
    stopQueryExecution: {},
    getQueryExecution: {},
    getQueryResults: {},
  },
};
