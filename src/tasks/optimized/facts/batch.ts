/** AWS Batch. SubmitJob has no token: a submission repeated after a crash submits a second job. */
import { jobId, objectAt, textAt } from "../members.ts";
import type { ServiceFacts } from "../service-facts.ts";
import { STOP_REASON } from "../stop-reason.ts";

export const BATCH: ServiceFacts = {
  service: "batch",
  client: "batch",
  errorPrefix: "Batch",
  serviceName: "AWSBatch",
  exceptions: ["Client", "Server"],
  actions: {
    submitJob: {
      job: {
        id: (submitted) => jobId({ JobId: textAt(submitted, "JobId") }),
        poll: "describeJobs",
        describe: ({ JobId = "" }) => ({ Jobs: [JobId] }),
        found: (answer) => objectAt(answer, "Jobs", 0),
        status: ["Status"],
        running: ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING"],
        succeeded: ["SUCCEEDED"],
        failed: ["FAILED"],
        stop: { operation: "terminateJob", request: (id) => ({ ...id, Reason: STOP_REASON }) },
      },
    },
  },
};
