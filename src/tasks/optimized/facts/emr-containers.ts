/** Amazon EMR on EKS. */
import { jobId, objectAt, textAt } from "../members.ts";
import type { ServiceFacts } from "../service-facts.ts";

export const EMR_CONTAINERS: ServiceFacts = {
  service: "emr-containers",
  client: "emrcontainers",
  errorPrefix: "EMRContainers",
  serviceName: "AmazonEMRContainers",
  exceptions: ["InternalServer", "ResourceNotFound", "Validation"],
  actions: {
    createVirtualCluster: { token: "ClientToken" },
    deleteVirtualCluster: {
      job: {
        id: (_, parameters) => jobId({ Id: textAt(parameters, "Id") }),
        poll: "describeVirtualCluster",
        found: (answer) => objectAt(answer, "VirtualCluster"),
        status: ["State"],
        running: ["RUNNING", "TERMINATING"],
        succeeded: ["TERMINATED"],
        failed: ["ARRESTED"],
      },
    },
    startJobRun: {
      token: "ClientToken",
      job: {
        id: (submitted, parameters) =>
          jobId({
            Id: textAt(submitted, "Id"),
            VirtualClusterId: textAt(parameters, "VirtualClusterId"),
          }),
        poll: "describeJobRun",
        found: (answer) => objectAt(answer, "JobRun"),
        status: ["State"],
        running: ["PENDING", "SUBMITTED", "RUNNING", "CANCEL_PENDING"],
        succeeded: ["COMPLETED"],
        failed: ["FAILED", "CANCELLED"],
        stop: { operation: "cancelJobRun", request: (id) => id },
      },
    },
  },
};
