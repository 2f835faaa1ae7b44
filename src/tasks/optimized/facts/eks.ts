/** The Amazon EKS API. What talks to a cluster itself (`call`, `runJob`) is in the folder `kubernetes`. */
import { jobId, objectAt, textAt } from "../members.ts";
import type { JobFacts, ServiceFacts } from "../service-facts.ts";

const GONE = ["ResourceNotFoundException"];

// AWS leaves clusters, node groups and profiles alone when an execution is stopped (documented).
const CLUSTER = {
  id: (_, parameters) => jobId({ Name: textAt(parameters, "Name") }),
  poll: "describeCluster",
  found: (answer) => objectAt(answer, "Cluster"),
  status: ["Status"],
  output: (job) => ({ Cluster: job }),
} satisfies Partial<JobFacts>;

const NODEGROUP = {
  id: (_, parameters) =>
    jobId({
      ClusterName: textAt(parameters, "ClusterName"),
      NodegroupName: textAt(parameters, "NodegroupName"),
    }),
  poll: "describeNodegroup",
  found: (answer) => objectAt(answer, "Nodegroup"),
  status: ["Status"],
  output: (job) => ({ Nodegroup: job }),
} satisfies Partial<JobFacts>;

const PROFILE = {
  id: (_, parameters) =>
    jobId({
      ClusterName: textAt(parameters, "ClusterName"),
      FargateProfileName: textAt(parameters, "FargateProfileName"),
    }),
  poll: "describeFargateProfile",
  found: (answer) => objectAt(answer, "FargateProfile"),
  status: ["Status"],
  output: (job) => ({ FargateProfile: job }),
} satisfies Partial<JobFacts>;

const token = "ClientRequestToken";

export const EKS: ServiceFacts = {
  service: "eks",
  client: "eks",
  errorPrefix: "EKS",
  serviceName: "AmazonEKS",
  exceptions: [
    "AccessDenied",
    "BadRequest",
    "Client",
    "InvalidParameter",
    "InvalidRequest",
    "NotFound",
    "ResourceInUse",
    "ResourceLimitExceeded",
    "ResourceNotFound",
    "Server",
    "ServiceUnavailable",
    "UnsupportedAvailabilityZone",
  ],
  actions: {
    createCluster: {
      token,
      job: {
        ...CLUSTER,
        running: ["CREATING", "PENDING", "UPDATING"],
        succeeded: ["ACTIVE"],
        failed: ["FAILED", "DELETING"],
      },
    },
    deleteCluster: {
      job: {
        ...CLUSTER,
        running: ["CREATING", "PENDING", "UPDATING", "ACTIVE", "DELETING"],
        succeeded: [],
        failed: ["FAILED"],
        goneCodes: GONE,
      },
    },
    createNodegroup: {
      token,
      job: {
        ...NODEGROUP,
        running: ["CREATING", "UPDATING"],
        succeeded: ["ACTIVE"],
        failed: ["CREATE_FAILED", "DEGRADED", "DELETING", "DELETE_FAILED"],
      },
    },
    deleteNodegroup: {
      job: {
        ...NODEGROUP,
        running: ["CREATING", "ACTIVE", "UPDATING", "DEGRADED", "CREATE_FAILED", "DELETING"],
        succeeded: [],
        failed: ["DELETE_FAILED"],
        goneCodes: GONE,
      },
    },
    createFargateProfile: {
      token,
      job: {
        ...PROFILE,
        running: ["CREATING"],
        succeeded: ["ACTIVE"],
        failed: ["CREATE_FAILED", "DELETING", "DELETE_FAILED"],
      },
    },
    deleteFargateProfile: {
      job: {
        ...PROFILE,
        running: ["CREATING", "ACTIVE", "CREATE_FAILED", "DELETING"],
        succeeded: [],
        failed: ["DELETE_FAILED"],
        goneCodes: GONE,
      },
    },
  },
};
