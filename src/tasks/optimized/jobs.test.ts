/** Every `.sync` action: how its job is found, looked at, told apart and stopped. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../json/json.ts";
import { SERVICES } from "./facts/index.ts";
import type { JobFacts } from "./service-facts.ts";
import { STOP_REASON } from "./stop-reason.ts";
import { FakeServices, serviceError, workbench } from "./testing/fake-services.ts";

interface Example {
  readonly parameters: JsonObject;
  /** The operation that submits, and its answer. */
  readonly submit: readonly [operation: string, answer: JsonObject];
  /** The operation that looks, its request, and its answer for a status. */
  readonly look: readonly [
    operation: string,
    request: JsonObject,
    answer: (status: string) => JsonObject,
  ];
  readonly running: string;
  /** "gone": the service does not know it any more. */
  readonly success: string;
  readonly failure: string | undefined;
  /** The output for a status. */
  readonly output: (status: string) => Json;
  readonly stop: readonly [operation: string, request: JsonObject] | undefined;
}

const alive = { Instances: { KeepJobFlowAliveWhenNoSteps: true } };

const ecsTask = (status: string, code?: number): JsonObject => ({
  TaskArn: "t",
  LastStatus: status === "RUNNING" ? "RUNNING" : "STOPPED",
  Containers: [{ Name: "c", ...(status !== "RUNNING" && { ExitCode: code ?? Number(status) }) }],
});

/** SageMaker's jobs differ in their names only. */
function sagemakerJob(kind: string): Example {
  const name = { [`${kind}JobName`]: "n" };
  const job = (status: string): JsonObject => ({ ...name, [`${kind}JobStatus`]: status });
  return {
    parameters: { ...name, RoleArn: "r" },
    submit: [`sagemaker:create${kind}Job`, { [`${kind}JobArn`]: "arn" }],
    look: [`sagemaker:describe${kind}Job`, name, job],
    running: "InProgress",
    success: "Completed",
    failure: "Failed",
    output: job,
    stop: [`sagemaker:stop${kind}Job`, name],
  };
}

function eksJob(
  kind: "Cluster" | "Nodegroup" | "FargateProfile",
  action: "create" | "delete",
): Example {
  const id: JsonObject =
    kind === "Cluster" ? { Name: "c" } : { ClusterName: "c", [`${kind}Name`]: "n" };
  const answer = (status: string): JsonObject => ({ [kind]: { ...id, Status: status } });
  const failures = {
    Cluster: "FAILED",
    Nodegroup: "CREATE_FAILED",
    FargateProfile: "CREATE_FAILED",
  };
  const created = action === "create";
  return {
    parameters: id,
    submit: [`eks:${action}${kind}`, { [kind]: { ...id, Status: "CREATING" } }],
    look: [`eks:describe${kind}`, id, answer],
    running: created ? "CREATING" : "DELETING",
    success: created ? "ACTIVE" : "gone",
    failure: created ? failures[kind] : failures[kind].replace("CREATE", "DELETE"),
    output: (status) => answer(status === "gone" ? "DELETING" : status),
    stop: undefined,
  };
}

function emrServerlessApplication(
  action: string,
  [running, success, failure]: readonly [string, string, string | undefined],
  stop?: string,
): Example {
  const id = { ApplicationId: "a" };
  const job = (status: string): JsonObject => ({ ...id, State: status });
  return {
    parameters: action === "createApplication" ? { Name: "n" } : id,
    submit: [`emrserverless:${action}`, action === "createApplication" ? { ...id, Arn: "x" } : {}],
    look: ["emrserverless:getApplication", id, (status) => ({ Application: job(status) })],
    running,
    success,
    failure,
    output: job,
    stop: stop === undefined ? undefined : [`emrserverless:${stop}`, id],
  };
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  "athena:startQueryExecution": {
    parameters: { QueryString: "SELECT 1" },
    submit: ["athena:startQueryExecution", { QueryExecutionId: "q" }],
    look: [
      "athena:getQueryExecution",
      { QueryExecutionId: "q" },
      (status) => ({ QueryExecution: { QueryExecutionId: "q", Status: { State: status } } }),
    ],
    running: "QUEUED",
    success: "SUCCEEDED",
    failure: "FAILED",
    output: (status) => ({ QueryExecution: { QueryExecutionId: "q", Status: { State: status } } }),
    stop: ["athena:stopQueryExecution", { QueryExecutionId: "q" }],
  },
  "batch:submitJob": {
    parameters: { JobName: "n", JobQueue: "q", JobDefinition: "d" },
    submit: ["batch:submitJob", { JobArn: "arn", JobId: "j", JobName: "n" }],
    look: [
      "batch:describeJobs",
      { Jobs: ["j"] },
      (status) => ({ Jobs: [{ JobId: "j", Status: status }] }),
    ],
    running: "RUNNABLE",
    success: "SUCCEEDED",
    failure: "FAILED",
    output: (status) => ({ JobId: "j", Status: status }),
    stop: ["batch:terminateJob", { JobId: "j", Reason: STOP_REASON }],
  },
  "bedrock:createModelCustomizationJob": {
    parameters: { JobName: "n" },
    submit: ["bedrock:createModelCustomizationJob", { JobArn: "arn" }],
    look: [
      "bedrock:getModelCustomizationJob",
      { JobIdentifier: "arn" },
      (status) => ({ JobArn: "arn", Status: status }),
    ],
    running: "InProgress",
    success: "Completed",
    failure: "Failed",
    output: (status) => ({ JobArn: "arn", Status: status }),
    stop: ["bedrock:stopModelCustomizationJob", { JobIdentifier: "arn" }],
  },
  "codebuild:startBuild": {
    parameters: { ProjectName: "p" },
    submit: ["codebuild:startBuild", { Build: { Id: "p:1" } }],
    look: [
      "codebuild:batchGetBuilds",
      { Ids: ["p:1"] },
      (status) => ({ Builds: [{ Id: "p:1", BuildStatus: status }] }),
    ],
    running: "IN_PROGRESS",
    success: "SUCCEEDED",
    failure: "FAULT",
    output: (status) => ({ Build: { Id: "p:1", BuildStatus: status } }),
    stop: ["codebuild:stopBuild", { Id: "p:1" }],
  },
  ...Object.fromEntries(
    ["startBuildBatch", "retryBuildBatch"].map((action): [string, Example] => [
      `codebuild:${action}`,
      {
        parameters: action === "startBuildBatch" ? { ProjectName: "p" } : { Id: "old" },
        submit: [`codebuild:${action}`, { BuildBatch: { Id: "p:1" } }],
        look: [
          "codebuild:batchGetBuildBatches",
          { Ids: ["p:1"] },
          (status) => ({ BuildBatches: [{ Id: "p:1", BuildBatchStatus: status }] }),
        ],
        running: "IN_PROGRESS",
        success: "SUCCEEDED",
        failure: "STOPPED",
        output: (status) => ({ BuildBatch: { Id: "p:1", BuildBatchStatus: status } }),
        stop: ["codebuild:stopBuildBatch", { Id: "p:1" }],
      },
    ]),
  ),
  "databrew:startJobRun": {
    parameters: { Name: "n" },
    submit: ["databrew:startJobRun", { RunId: "r" }],
    look: [
      "databrew:describeJobRun",
      { Name: "n", RunId: "r" },
      (status) => ({ RunId: "r", State: status }),
    ],
    running: "STARTING",
    success: "SUCCEEDED",
    failure: "TIMEOUT",
    output: (status) => ({ RunId: "r", State: status }),
    stop: ["databrew:stopJobRun", { Name: "n", RunId: "r" }],
  },
  "ecs:runTask": {
    parameters: { TaskDefinition: "d" },
    submit: ["ecs:runTask", { Failures: [], Tasks: [{ ClusterArn: "c", TaskArn: "t" }] }],
    look: [
      "ecs:describeTasks",
      { Cluster: "c", Tasks: ["t"] },
      (code) => ({ Failures: [], Tasks: [ecsTask(code)] }),
    ],
    running: "RUNNING",
    success: "0",
    failure: "42",
    output: (code) => ecsTask(code),
    stop: ["ecs:stopTask", { Cluster: "c", Task: "t", Reason: STOP_REASON }],
  },
  "eks:createCluster": eksJob("Cluster", "create"),
  "eks:deleteCluster": eksJob("Cluster", "delete"),
  "eks:createNodegroup": eksJob("Nodegroup", "create"),
  "eks:deleteNodegroup": eksJob("Nodegroup", "delete"),
  "eks:createFargateProfile": eksJob("FargateProfile", "create"),
  "eks:deleteFargateProfile": eksJob("FargateProfile", "delete"),
  "elasticmapreduce:createCluster": {
    parameters: { Name: "n", ...alive },
    submit: ["emr:runJobFlow", { JobFlowId: "j" }],
    look: [
      "emr:describeCluster",
      { ClusterId: "j" },
      (status) => ({ Cluster: { Id: "j", Status: { State: status } } }),
    ],
    running: "BOOTSTRAPPING",
    success: "WAITING",
    failure: "TERMINATED_WITH_ERRORS",
    output: (status) => ({ Cluster: { Id: "j", Status: { State: status } }, ClusterId: "j" }),
    stop: undefined,
  },
  "elasticmapreduce:terminateCluster": {
    parameters: { ClusterId: "j" },
    submit: ["emr:terminateJobFlows", {}],
    look: [
      "emr:describeCluster",
      { ClusterId: "j" },
      (status) => ({ Cluster: { Id: "j", Status: { State: status } } }),
    ],
    running: "TERMINATING",
    success: "TERMINATED",
    failure: undefined,
    output: (status) => ({ Cluster: { Id: "j", Status: { State: status } }, ClusterId: "j" }),
    stop: undefined,
  },
  "elasticmapreduce:addStep": {
    parameters: { ClusterId: "j", Step: { Name: "s" } },
    submit: ["emr:addJobFlowSteps", { StepIds: ["s-1"] }],
    look: [
      "emr:describeStep",
      { ClusterId: "j", StepId: "s-1" },
      (status) => ({ Step: { Id: "s-1", Status: { State: status } } }),
    ],
    running: "PENDING",
    success: "COMPLETED",
    failure: "CANCELLED",
    output: (status) => ({ Step: { Id: "s-1", Status: { State: status } } }),
    stop: ["emr:cancelSteps", { ClusterId: "j", StepIds: ["s-1"] }],
  },
  "emr-containers:deleteVirtualCluster": {
    parameters: { Id: "v" },
    submit: ["emrcontainers:deleteVirtualCluster", { Id: "v" }],
    look: [
      "emrcontainers:describeVirtualCluster",
      { Id: "v" },
      (status) => ({ VirtualCluster: { Id: "v", State: status } }),
    ],
    running: "TERMINATING",
    success: "TERMINATED",
    failure: "ARRESTED",
    output: (status) => ({ Id: "v", State: status }),
    stop: undefined,
  },
  "emr-containers:startJobRun": {
    parameters: { VirtualClusterId: "v" },
    submit: ["emrcontainers:startJobRun", { Id: "r", VirtualClusterId: "v" }],
    look: [
      "emrcontainers:describeJobRun",
      { Id: "r", VirtualClusterId: "v" },
      (status) => ({ JobRun: { Id: "r", State: status } }),
    ],
    running: "SUBMITTED",
    success: "COMPLETED",
    failure: "FAILED",
    output: (status) => ({ Id: "r", State: status }),
    stop: ["emrcontainers:cancelJobRun", { Id: "r", VirtualClusterId: "v" }],
  },
  "emr-serverless:createApplication": emrServerlessApplication(
    "createApplication",
    ["CREATING", "CREATED", "TERMINATED"],
    "deleteApplication",
  ),
  "emr-serverless:startApplication": emrServerlessApplication(
    "startApplication",
    ["STARTING", "STARTED", "STOPPED"],
    "stopApplication",
  ),
  "emr-serverless:stopApplication": emrServerlessApplication("stopApplication", [
    "STOPPING",
    "STOPPED",
    "TERMINATED",
  ]),
  "emr-serverless:deleteApplication": emrServerlessApplication("deleteApplication", [
    "STOPPED",
    "TERMINATED",
    undefined,
  ]),
  ...Object.fromEntries(
    ["startJobRun", "cancelJobRun"].map((action): [string, Example] => [
      `emr-serverless:${action}`,
      {
        parameters: { ApplicationId: "a", ...(action === "cancelJobRun" && { JobRunId: "r" }) },
        submit: [`emrserverless:${action}`, { ApplicationId: "a", JobRunId: "r" }],
        look: [
          "emrserverless:getJobRun",
          { ApplicationId: "a", JobRunId: "r" },
          (status) => ({ JobRun: { JobRunId: "r", State: status } }),
        ],
        running: "RUNNING",
        success: action === "startJobRun" ? "SUCCESS" : "CANCELLED",
        failure: "FAILED",
        output: (status) => ({ JobRunId: "r", State: status }),
        stop:
          action === "startJobRun"
            ? ["emrserverless:cancelJobRun", { ApplicationId: "a", JobRunId: "r" }]
            : undefined,
      },
    ]),
  ),
  "glue:startJobRun": {
    parameters: { JobName: "n" },
    submit: ["glue:startJobRun", { JobRunId: "r" }],
    look: [
      "glue:getJobRun",
      { JobName: "n", RunId: "r" },
      (status) => ({ JobRun: { Id: "r", JobRunState: status } }),
    ],
    running: "WAITING",
    success: "SUCCEEDED",
    failure: "TIMEOUT",
    output: (status) => ({ Id: "r", JobRunState: status }),
    stop: ["glue:batchStopJobRun", { JobName: "n", JobRunIds: ["r"] }],
  },
  "mediaconvert:createJob": {
    parameters: { Role: "r" },
    submit: ["mediaconvert:createJob", { Job: { Id: "j" } }],
    look: ["mediaconvert:getJob", { Id: "j" }, (status) => ({ Job: { Id: "j", Status: status } })],
    running: "PROGRESSING",
    success: "COMPLETE",
    failure: "ERROR",
    output: (status) => ({ Job: { Id: "j", Status: status } }),
    stop: ["mediaconvert:cancelJob", { Id: "j" }],
  },
  "sagemaker:createTrainingJob": sagemakerJob("Training"),
  "sagemaker:createTransformJob": sagemakerJob("Transform"),
  "sagemaker:createProcessingJob": sagemakerJob("Processing"),
  "sagemaker:createLabelingJob": sagemakerJob("Labeling"),
  "sagemaker:createHyperParameterTuningJob": sagemakerJob("HyperParameterTuning"),
};

const GONE = serviceError("ResourceNotFoundException", 404);

function servicesFor(example: Example, ...statuses: readonly string[]): FakeServices {
  const [lookOperation, , answer] = example.look;
  const services = new FakeServices()
    .answer(example.submit[0], example.submit[1])
    .answer(
      lookOperation,
      ...statuses.map((status) => (status === "gone" ? GONE : answer(status))),
    );
  if (example.stop !== undefined) services.answer(example.stop[0], {});
  return services;
}

const operationsOf = (services: FakeServices): string[] =>
  services.sent.map(({ service, action }) => `${service}:${action}`);

it("there is an example of every .sync action", () => {
  const known = SERVICES.flatMap(({ service, actions }) =>
    Object.entries(actions)
      .filter(([, facts]) => facts.job !== undefined)
      .map(([action]) => `${service}:${action}`),
  );
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(known.toSorted());
});

/** Those whose jobs can fail: ending something cannot. */
const FAILING = Object.entries(EXAMPLES).flatMap(([resource, example]) =>
  example.failure === undefined ? [] : [{ resource, example, status: example.failure }],
);

it.each(FAILING)("$resource.sync fails with the failed job as the cause", async (one) => {
  const { resource, example, status } = one;
  const services = servicesFor(example, example.running, status);
  const { output } = workbench(services).run(`${resource}.sync`, example.parameters);
  const failure: unknown = await output.catch((error: unknown) => error);
  expect(failure).toMatchObject({ error: "States.TaskFailed", kind: "Failed" });
  expect(JSON.parse((failure as Error).message)).toEqual(example.output(status));
});

describe.each(Object.entries(EXAMPLES))("%s.sync", (resource, example) => {
  it("submits, reports it, looks until the job has succeeded, and gives the job", async () => {
    const services = servicesFor(example, example.running, example.success);
    const run = workbench(services).run(`${resource}.sync`, example.parameters);
    expect(await run.output).toEqual(example.output(example.success));
    expect(run.events).toEqual(["started", "submitted", "waits"]);
    expect(run.submitted[0]).toMatchObject({ SdkHttpMetadata: { HttpStatusCode: 200 } });
    const [looks, request] = example.look;
    expect(operationsOf(services)).toEqual([example.submit[0], looks, looks]);
    expect(services.sent[1]?.parameters).toEqual(request);
  });

  it("goes on with a job that was submitted before the server was started again", async () => {
    const services = servicesFor(example, example.success);
    const first = workbench(servicesFor(example, example.success)).run(
      `${resource}.sync`,
      example.parameters,
    );
    await first.output;
    const submittedOutput = first.submitted[0];
    const more = { started: true, submitted: true, submittedOutput };
    const run = workbench(services).run(`${resource}.sync`, example.parameters, more);
    await run.output;
    expect(operationsOf(services)).toEqual([example.look[0]]);
    expect(services.sent[0]?.parameters).toEqual(example.look[1]);
    expect(run.events).toEqual(["waits"]);
  });

  it("when the task is aborted, stops the job if AWS does", async () => {
    const services = servicesFor(example, example.running);
    const run = workbench(services).run(`${resource}.sync`, example.parameters);
    await services.called(example.look[0]);
    run.abort();
    await expect(run.output).rejects.toThrow("aborted");
    const last = services.sent.at(-1);
    const stopped = [`${last?.service}:${last?.action}`, last?.parameters];
    expect(stopped).toEqual(example.stop ?? [example.look[0], example.look[1]]);
  });

  it("when the server stops, leaves the job alone", async () => {
    const services = servicesFor(example, example.running);
    const { run, close } = workbench(services);
    const { output } = run(`${resource}.sync`, example.parameters);
    await services.called(example.look[0]);
    await close();
    await expect(output).rejects.toThrow("The server is stopping");
    expect(operationsOf(services).filter((name) => name === example.stop?.[0])).toEqual([]);
  });
});

describe("statuses", () => {
  /** Kinds of status in the installed clients. */
  const ENUMS: Readonly<Record<string, readonly [client: string, name: string]>> = {
    "athena:startQueryExecution": ["athena", "QueryExecutionState"],
    "batch:submitJob": ["batch", "JobStatus"],
    "bedrock:createModelCustomizationJob": ["bedrock", "ModelCustomizationJobStatus"],
    "codebuild:startBuild": ["codebuild", "StatusType"],
    "codebuild:startBuildBatch": ["codebuild", "StatusType"],
    "databrew:startJobRun": ["databrew", "JobRunState"],
    "eks:createCluster": ["eks", "ClusterStatus"],
    "eks:deleteCluster": ["eks", "ClusterStatus"],
    "eks:createNodegroup": ["eks", "NodegroupStatus"],
    "eks:deleteNodegroup": ["eks", "NodegroupStatus"],
    "eks:createFargateProfile": ["eks", "FargateProfileStatus"],
    "eks:deleteFargateProfile": ["eks", "FargateProfileStatus"],
    "elasticmapreduce:createCluster": ["emr", "ClusterState"],
    "elasticmapreduce:terminateCluster": ["emr", "ClusterState"],
    "elasticmapreduce:addStep": ["emr", "StepState"],
    "emr-serverless:createApplication": ["emr-serverless", "ApplicationState"],
    "emr-serverless:startApplication": ["emr-serverless", "ApplicationState"],
    "emr-serverless:stopApplication": ["emr-serverless", "ApplicationState"],
    "emr-serverless:deleteApplication": ["emr-serverless", "ApplicationState"],
    "emr-serverless:startJobRun": ["emr-serverless", "JobRunState"],
    "emr-serverless:cancelJobRun": ["emr-serverless", "JobRunState"],
    "glue:startJobRun": ["glue", "JobRunState"],
    "mediaconvert:createJob": ["mediaconvert", "JobStatus"],
    "sagemaker:createTrainingJob": ["sagemaker", "TrainingJobStatus"],
    "sagemaker:createTransformJob": ["sagemaker", "TransformJobStatus"],
    "sagemaker:createProcessingJob": ["sagemaker", "ProcessingJobStatus"],
    "sagemaker:createLabelingJob": ["sagemaker", "LabelingJobStatus"],
    "sagemaker:createHyperParameterTuningJob": ["sagemaker", "HyperParameterTuningJobStatus"],
  };

  it.each(Object.entries(ENUMS))(
    "of %s are those of its client",
    async (resource, [client, name]) => {
      const [service, action = ""] = resource.split(":");
      const job = SERVICES.find((facts) => facts.service === service)?.actions[action]?.job;
      const { running, succeeded, failed } = job as JobFacts;
      const module = (await import(`@aws-sdk/client-${client}`)) as Record<string, object>;
      const known = Object.values(module[name] ?? {}) as string[];
      expect([...running, ...succeeded, ...failed].toSorted()).toEqual(known.toSorted());
    },
  );
});
