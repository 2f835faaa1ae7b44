/** AWS Elemental MediaConvert. */
import { jobId, objectAt, textAt } from "../members.ts";
import type { ServiceFacts } from "../service-facts.ts";

export const MEDIACONVERT: ServiceFacts = {
  service: "mediaconvert",
  client: "mediaconvert",
  errorPrefix: "MediaConvert",
  serviceName: "AWSMediaConvert",
  exceptions: [
    "BadRequest",
    "Conflict",
    "Forbidden",
    "InternalServerError",
    "NotFound",
    "TooManyRequests",
  ],
  actions: {
    createJob: {
      token: "ClientRequestToken",
      job: {
        id: (submitted) => jobId({ Id: textAt(submitted, "Job", "Id") }),
        poll: "getJob",
        found: (answer) => objectAt(answer, "Job"),
        status: ["Status"],
        running: ["SUBMITTED", "PROGRESSING"],
        succeeded: ["COMPLETE"],
        failed: ["CANCELED", "ERROR"],
        stop: { operation: "cancelJob", request: (id) => id },
        output: (job) => ({ Job: job }),
      },
    },
  },
};
