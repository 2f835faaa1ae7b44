/** Amazon EMR Serverless. Where its API answers nothing, the result names the application. */
import type { JsonObject } from "../../../json/json.ts";
import { jobId, objectAt, textAt } from "../members.ts";
import type { JobFacts, ServiceFacts } from "../service-facts.ts";

const APPLICATION = {
  id: (submitted, parameters) =>
    jobId({
      ApplicationId: textAt(submitted, "ApplicationId") ?? textAt(parameters, "ApplicationId"),
    }),
  poll: "getApplication",
  found: (answer) => objectAt(answer, "Application"),
  status: ["State"],
} satisfies Partial<JobFacts>;

const JOB_RUN = {
  id: (submitted) =>
    jobId({
      ApplicationId: textAt(submitted, "ApplicationId"),
      JobRunId: textAt(submitted, "JobRunId"),
    }),
  poll: "getJobRun",
  found: (answer) => objectAt(answer, "JobRun"),
  status: ["State"],
} satisfies Partial<JobFacts>;

const ACTIVE = ["SUBMITTED", "PENDING", "SCHEDULED", "RUNNING", "CANCELLING", "QUEUED"];

function namesApplication(answer: JsonObject, parameters: JsonObject): JsonObject {
  return { ...answer, ApplicationId: textAt(parameters, "ApplicationId") ?? null };
}

export const EMR_SERVERLESS: ServiceFacts = {
  service: "emr-serverless",
  client: "emrserverless",
  errorPrefix: "EMRServerless",
  serviceName: "AWSEMRServerless",
  exceptions: [
    "Conflict",
    "InternalServer",
    "ResourceNotFound",
    "ServiceQuotaExceeded",
    "Validation",
  ],
  actions: {
    createApplication: {
      token: "ClientToken",
      job: {
        ...APPLICATION,
        running: ["CREATING"],
        succeeded: ["CREATED", "STARTING", "STARTED", "STOPPING", "STOPPED"],
        failed: ["TERMINATED"],
        stop: { operation: "deleteApplication", request: (id) => id },
      },
    },
    startApplication: {
      result: namesApplication,
      job: {
        ...APPLICATION,
        running: ["CREATING", "CREATED", "STARTING"],
        succeeded: ["STARTED"],
        failed: ["STOPPING", "STOPPED", "TERMINATED"],
        stop: { operation: "stopApplication", request: (id) => id },
      },
    },
    stopApplication: {
      result: namesApplication,
      job: {
        ...APPLICATION,
        running: ["STARTING", "STARTED", "STOPPING"],
        succeeded: ["CREATING", "CREATED", "STOPPED"],
        failed: ["TERMINATED"],
      },
    },
    deleteApplication: {
      result: namesApplication,
      job: {
        ...APPLICATION,
        running: ["CREATING", "CREATED", "STARTING", "STARTED", "STOPPING", "STOPPED"],
        succeeded: ["TERMINATED"],
        failed: [],
        goneCodes: ["ResourceNotFoundException"],
      },
    },
    startJobRun: {
      token: "ClientToken",
      job: {
        ...JOB_RUN,
        running: ACTIVE,
        succeeded: ["SUCCESS"],
        failed: ["FAILED", "CANCELLED"],
        stop: { operation: "cancelJobRun", request: (id) => id },
      },
    },
    cancelJobRun: {
      job: {
        ...JOB_RUN,
        running: ACTIVE,
        succeeded: ["CANCELLED"],
        failed: ["SUCCESS", "FAILED"],
      },
    },
  },
};
