/**
 * Amazon EMR. Step Functions has words of its own here: a cluster is named `ClusterId` throughout, and
 * an action takes one step, fleet or group where the API takes lists. A cluster is never ended with
 * the execution (documented). RunJobFlow and AddJobFlowSteps have no token.
 */
import type { Json, JsonObject } from "../../../json/json.ts";
import { isArray, isObject } from "../../../json/kind.ts";
import { at, jobId, objectAt, textAt, without } from "../members.ts";
import { refused } from "../refused.ts";
import type { ActionTools, JobFacts, ServiceFacts } from "../service-facts.ts";

const CLUSTER = {
  id: (submitted, parameters) =>
    jobId({ ClusterId: textAt(submitted, "ClusterId") ?? textAt(parameters, "ClusterId") }),
  poll: "describeCluster",
  found: (answer) => objectAt(answer, "Cluster"),
  status: ["Status", "State"],
  output: (job) => ({ Cluster: job, ClusterId: at(job, "Id") ?? null }),
} satisfies Partial<JobFacts>;

const STEP: JobFacts = {
  id: (submitted, parameters) =>
    jobId({ ClusterId: textAt(parameters, "ClusterId"), StepId: textAt(submitted, "StepId") }),
  poll: "describeStep",
  found: (answer) => objectAt(answer, "Step"),
  status: ["Status", "State"],
  running: ["PENDING", "CANCEL_PENDING", "RUNNING"],
  succeeded: ["COMPLETED"],
  failed: ["CANCELLED", "FAILED", "INTERRUPTED"],
  stop: {
    operation: "cancelSteps",
    request: ({ ClusterId = "", StepId = "" }) => ({ ClusterId, StepIds: [StepId] }),
  },
  output: (job) => ({ Step: job }),
};

export const EMR: ServiceFacts = {
  service: "elasticmapreduce",
  client: "emr",
  errorPrefix: "EMR",
  serviceName: "AmazonElasticMapReduce",
  exceptions: ["InternalServer", "InternalServerError", "InvalidRequest"],
  actions: {
    createCluster: {
      operation: "runJobFlow",
      request: clusterRequest,
      result: (answer) => renamed(answer, "JobFlowId", "ClusterId"),
      job: {
        ...CLUSTER,
        running: ["STARTING", "BOOTSTRAPPING", "RUNNING", "TERMINATING"],
        succeeded: ["WAITING"],
        failed: ["TERMINATED", "TERMINATED_WITH_ERRORS"],
      },
    },
    terminateCluster: {
      operation: "terminateJobFlows",
      request: withFlowIds,
      job: {
        ...CLUSTER,
        running: ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"],
        succeeded: ["TERMINATED", "TERMINATED_WITH_ERRORS"],
        failed: [],
      },
    },
    addStep: {
      operation: "addJobFlowSteps",
      request: ({ ClusterId = null, Step, ...more }) => ({
        ...more,
        JobFlowId: ClusterId,
        ...(Step !== undefined && { Steps: [Step] }),
      }),
      result: (answer) => ({
        ...without(answer, "StepIds"),
        StepId: at(answer, "StepIds", 0) ?? null,
      }),
      job: STEP,
    },
    cancelStep: {
      operation: "cancelSteps",
      request: ({ StepId, ...more }) => ({
        ...more,
        ...(StepId !== undefined && { StepIds: [StepId] }),
      }),
      result: (answer) => ({
        ...without(answer, "CancelStepsInfoList"),
        CancelStepsInfo: at(answer, "CancelStepsInfoList", 0) ?? null,
      }),
    },
    setClusterTerminationProtection: {
      operation: "setTerminationProtection",
      request: withFlowIds,
    },
    modifyInstanceFleetByName: {
      operation: "modifyInstanceFleet",
      request: async (parameters, tools) => {
        const id = await idByName(parameters, tools, {
          name: "InstanceFleetName",
          operation: "listInstanceFleets",
          list: "InstanceFleets",
        });
        const fleet = objectAt(parameters, "InstanceFleet") ?? {};
        return {
          ...without(parameters, "InstanceFleetName"),
          InstanceFleet: { ...fleet, InstanceFleetId: id },
        };
      },
    },
    modifyInstanceGroupByName: {
      operation: "modifyInstanceGroups",
      request: async (parameters, tools) => {
        const id = await idByName(parameters, tools, {
          name: "InstanceGroupName",
          operation: "listInstanceGroups",
          list: "InstanceGroups",
        });
        const group = objectAt(parameters, "InstanceGroup") ?? {};
        return {
          ...without(parameters, "InstanceGroupName", "InstanceGroup"),
          InstanceGroups: [{ ...group, InstanceGroupId: id }],
        };
      },
    },
  },
};

/** Step Functions adds steps one by one; a cluster that ends without any could never wait for them. */
function clusterRequest(parameters: JsonObject, { call }: ActionTools): JsonObject {
  if (at(parameters, "Steps") !== undefined) {
    throw refused(call, "The field 'Steps' is not supported by Step Functions; use addStep");
  }
  if (at(parameters, "Instances", "KeepJobFlowAliveWhenNoSteps") !== true) {
    const field = "Instances.KeepJobFlowAliveWhenNoSteps";
    throw refused(call, `The field '${field}' is required and must be true`);
  }
  return parameters;
}

function withFlowIds({ ClusterId, ...more }: JsonObject): JsonObject {
  return { ...more, ...(ClusterId !== undefined && { JobFlowIds: [ClusterId] }) };
}

function renamed(object: JsonObject, from: string, to: string): JsonObject {
  const value: Json = at(object, from) ?? null;
  return { ...without(object, from), [to]: value };
}

/** EMR allows fewer groups and fleets than one page has, but answers in pages. */
const MAX_PAGES = 100;

async function idByName(
  parameters: JsonObject,
  { call, send }: ActionTools,
  { name, operation, list }: { readonly name: string; operation: string; readonly list: string },
): Promise<string> {
  const wanted = textAt(parameters, name);
  const cluster = textAt(parameters, "ClusterId");
  if (wanted === undefined) throw refused(call, `The field '${name}' is required`);
  if (cluster === undefined) throw refused(call, "The field 'ClusterId' is required");
  let marker: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = { ClusterId: cluster, ...(marker !== undefined && { Marker: marker }) };
    const answer = await send(operation, request);
    const items = at(answer, list);
    const match = isArray(items)
      ? items.find((item) => isObject(item) && at(item, "Name") === wanted)
      : undefined;
    const id = textAt(match, "Id");
    if (id !== undefined) return id;
    marker = textAt(answer, "Marker");
    if (marker === undefined) break;
  }
  throw refused(call, `The cluster '${cluster}' has no ${name} '${wanted}'`);
}
