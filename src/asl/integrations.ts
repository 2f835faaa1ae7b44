/**
 * The optimized service integrations: which actions exist and which patterns they offer beside
 * RequestResponse, which all of them have. Source: "Integrating services" in the Developer Guide.
 */
import type { Resource } from "./definition.ts";

export type Pattern = Extract<Resource, { type: "Service" }>["pattern"];

/** How each pattern is written at the end of a resource. */
export const PATTERN_SUFFIXES: Readonly<Record<Pattern, string>> = {
  RequestResponse: "",
  Sync: ".sync",
  Sync2: ".sync:2",
  WaitForTaskToken: ".waitForTaskToken",
};

const PLAIN: readonly Pattern[] = ["RequestResponse"];
const JOB: readonly Pattern[] = ["RequestResponse", "Sync"];
const CALLBACK: readonly Pattern[] = ["RequestResponse", "WaitForTaskToken"];
const JOB_OR_CALLBACK: readonly Pattern[] = ["RequestResponse", "Sync", "WaitForTaskToken"];

/** Service -> action -> patterns. */
const OPTIMIZED: Readonly<Record<string, Readonly<Record<string, readonly Pattern[]>>>> = {
  apigateway: { invoke: CALLBACK },
  athena: {
    startQueryExecution: JOB,
    stopQueryExecution: PLAIN,
    getQueryExecution: PLAIN,
    getQueryResults: PLAIN,
  },
  batch: { submitJob: JOB },
  bedrock: { invokeModel: CALLBACK, createModelCustomizationJob: JOB },
  codebuild: {
    startBuild: JOB,
    stopBuild: PLAIN,
    batchDeleteBuilds: PLAIN,
    batchGetReports: PLAIN,
    startBuildBatch: JOB,
    stopBuildBatch: PLAIN,
    retryBuildBatch: JOB,
    deleteBuildBatch: PLAIN,
  },
  databrew: { startJobRun: JOB },
  dynamodb: { getItem: PLAIN, putItem: PLAIN, updateItem: PLAIN, deleteItem: PLAIN },
  ecs: { runTask: JOB_OR_CALLBACK },
  eks: {
    call: PLAIN,
    runJob: JOB_OR_CALLBACK,
    createCluster: JOB,
    deleteCluster: JOB,
    createNodegroup: JOB,
    deleteNodegroup: JOB,
    createFargateProfile: JOB,
    deleteFargateProfile: JOB,
  },
  elasticmapreduce: {
    createCluster: JOB,
    terminateCluster: JOB,
    addStep: JOB,
    cancelStep: PLAIN,
    setClusterTerminationProtection: PLAIN,
    modifyInstanceFleetByName: PLAIN,
    modifyInstanceGroupByName: PLAIN,
  },
  "emr-containers": { createVirtualCluster: PLAIN, deleteVirtualCluster: JOB, startJobRun: JOB },
  "emr-serverless": {
    createApplication: JOB,
    startApplication: JOB,
    stopApplication: JOB,
    deleteApplication: JOB,
    startJobRun: JOB,
    cancelJobRun: JOB,
  },
  events: { putEvents: CALLBACK },
  glue: { startJobRun: JOB },
  http: { invoke: PLAIN },
  lambda: { invoke: CALLBACK },
  mediaconvert: { createJob: JOB },
  sagemaker: {
    createEndpoint: PLAIN,
    createEndpointConfig: PLAIN,
    createModel: PLAIN,
    updateEndpoint: PLAIN,
    createTrainingJob: JOB,
    createTransformJob: JOB,
    createProcessingJob: JOB,
    createLabelingJob: JOB,
    createHyperParameterTuningJob: JOB,
  },
  sns: { publish: CALLBACK },
  sqs: { sendMessage: CALLBACK },
  states: { startExecution: ["RequestResponse", "Sync", "Sync2", "WaitForTaskToken"] },
};

/** Whether there is such an optimized integration. */
export function isOptimized(service: string, action: string, pattern: Pattern): boolean {
  return patternsOf(service, action).includes(pattern);
}

/** The patterns of an optimized integration; empty: there is no such action. */
export function patternsOf(service: string, action: string): readonly Pattern[] {
  const actions = Object.hasOwn(OPTIMIZED, service) ? OPTIMIZED[service]! : {};
  return Object.hasOwn(actions, action) ? actions[action]! : [];
}

/** All optimized integrations. */
export function optimizedActions(): { readonly service: string; readonly action: string }[] {
  return Object.entries(OPTIMIZED).flatMap(([service, actions]) =>
    Object.keys(actions).map((action) => ({ service, action })),
  );
}
