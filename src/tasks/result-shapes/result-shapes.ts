/** Which API operation answers for a service integration, and the shape of that answer. */
import type { LazyShape, ResultShape, ResultShapes } from "../../engine/ports.ts";
import { parseShapes } from "./parse-shapes.ts";
import { sdkShape } from "./sdk-shapes.ts";
import { SERVICE_FACTS } from "./service-facts.ts";

type Pattern = Parameters<ResultShapes["find"]>[2];

/** Shapes from our own facts, else from the service's SDK client package if it is installed. */
export function createResultShapes(): ResultShapes {
  const facts = new Map<string, ReadonlyMap<string, LazyShape>>();
  const factsOf = (client: string): ReadonlyMap<string, LazyShape> | undefined => {
    const text = Object.hasOwn(SERVICE_FACTS, client) ? SERVICE_FACTS[client] : undefined;
    const known = facts.get(client);
    if (known !== undefined || text === undefined) return known;
    const parsed = parseShapes(text);
    facts.set(client, parsed);
    return parsed;
  };
  return {
    async find(service, action, pattern) {
      // What comes back with a callback is whatever the client sends.
      if (pattern === "WaitForTaskToken" || NOT_AN_API.has(service)) return undefined;
      const client = clientOf(service, action);
      const operation = answeringOperation(service, action, pattern);
      const shape = factsOf(client)?.get(operation) ?? (await sdkShape(client, operation));
      return shape === undefined ? undefined : converted(service, pattern, shape());
    },
  };
}

/** Integrations that no SDK has. */
const NOT_AN_API: ReadonlySet<string> = new Set(["apigateway", "eks", "http"]);

/** Optimized integrations whose name is not their client's. */
const CLIENTS: Readonly<Record<string, string>> = {
  states: "sfn",
  events: "eventbridge",
  elasticmapreduce: "emr",
};

function clientOf(service: string, action: string): string {
  if (service === "bedrock" && action === "invokeModel") return "bedrockruntime";
  const own = Object.hasOwn(CLIENTS, service) ? CLIENTS[service] : undefined;
  return own ?? service.replace(/^aws-sdk:/u, "").replaceAll("-", "");
}

/** A `.sync` task answers what the operation says with which Step Functions polls the job. */
function answeringOperation(service: string, action: string, pattern: Pattern): string {
  const isJob = pattern === "Sync" || pattern === "Sync2";
  const polling = isJob ? POLLING[service] : undefined;
  const answering = (polling !== undefined && polling[action]) || action;
  return answering.charAt(0).toUpperCase() + answering.slice(1);
}

const POLLING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  athena: { startQueryExecution: "getQueryExecution" },
  batch: { submitJob: "describeJobs" },
  bedrock: { createModelCustomizationJob: "getModelCustomizationJob" },
  codebuild: { startBuild: "batchGetBuilds", startBuildBatch: "batchGetBuildBatches" },
  databrew: { startJobRun: "describeJobRun" },
  ecs: { runTask: "describeTasks" },
  elasticmapreduce: {
    createCluster: "describeCluster",
    terminateCluster: "describeCluster",
    addStep: "describeStep",
  },
  "emr-containers": {
    deleteVirtualCluster: "describeVirtualCluster",
    startJobRun: "describeJobRun",
  },
  "emr-serverless": {
    createApplication: "getApplication",
    startApplication: "getApplication",
    stopApplication: "getApplication",
    deleteApplication: "getApplication",
    startJobRun: "getJobRun",
  },
  glue: { startJobRun: "getJobRun" },
  mediaconvert: { createJob: "getJob" },
  sagemaker: {
    createTrainingJob: "describeTrainingJob",
    createTransformJob: "describeTransformJob",
    createProcessingJob: "describeProcessingJob",
    createLabelingJob: "describeLabelingJob",
    createHyperParameterTuningJob: "describeHyperParameterTuningJob",
  },
  states: { startExecution: "describeExecution" },
};

/** Members that the optimized integration turns from JSON text into JSON. */
function converted(service: string, pattern: Pattern, shape: ResultShape): ResultShape {
  const names =
    service === "states" ? (pattern === "Sync2" ? ["Input", "Output"] : []) : PARSED[service];
  if (names === undefined || shape.type !== "structure") return shape;
  const members = new Map(shape.members);
  for (const name of names) if (members.has(name)) members.set(name, () => ({ type: "any" }));
  return { ...shape, members };
}

const PARSED: Readonly<Record<string, readonly string[]>> = {
  bedrock: ["Body"],
  lambda: ["Payload"],
};
