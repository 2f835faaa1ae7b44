/**
 * Jobs that services run, with the built server: over restarts a job is looked at on, never started
 * twice and never stopped by the server's own stop. Services are small servers of their protocols.
 */
import {
  CreateStateMachineCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  headerOf,
  type PlannedAnswer,
  type RecordedRequest,
  type RecordingServer,
  recordingServer,
} from "../../src/tasks/http/testing/recording-server.ts";
import { eventually } from "./support/eventually.ts";
import { ended, roleArn, sdkClient, wholeHistory } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

let folder: TemporaryFolder;
let service: RecordingServer;
let server: ServerProcess;
let sfn: SFNClient;

/** The last word of the target: `RunTask`; REST services: method and path. */
function operationOf(request: RecordedRequest): string {
  const target = headerOf(request, "x-amz-target");
  return target?.split(".").at(-1) ?? `${request.method} ${request.path}`;
}

/** What tasks asked; the server also tells EventBridge how executions are. */
const requests = (): RecordedRequest[] =>
  service.requests.filter((request) => operationOf(request) !== "PutEvents");
const asked = (): string[] => requests().map(operationOf);
const times = (operation: string): number => asked().filter((name) => name === operation).length;

function json(body: object, status = 200): PlannedAnswer {
  return {
    status,
    headers: { "Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "r-1" },
    body: JSON.stringify(body),
  };
}

function answer(plan: (request: RecordedRequest) => PlannedAnswer): void {
  service.answer = (request) =>
    operationOf(request) === "PutEvents" ? json({ FailedEntryCount: 0 }) : plan(request);
}

async function startServer(): Promise<void> {
  server = await ServerProcess.start({
    args: ["serve", "--data-dir", `${folder.path}/data`],
    environment: {
      AWS_ENDPOINT_URL: service.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
    },
  });
  sfn = sdkClient(server.url);
}

async function start(resource: string, parameters: object, more: object = {}): Promise<string> {
  const task = { Type: "Task", Resource: `arn:aws:states:::${resource}`, ...more, End: true };
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: `machine-${service.requests.length}-${Math.floor(performance.now())}`,
      roleArn,
      definition: JSON.stringify({
        StartAt: "Job",
        States: { Job: { ...task, Parameters: parameters } },
      }),
    }),
  );
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
  return executionArn ?? "";
}

beforeEach(async () => {
  folder = await temporaryFolder("jobs-of-services");
  service = await recordingServer();
  await startServer();
});

afterEach(async () => {
  sfn.destroy();
  await server.stop();
  await service.close();
  await folder.remove();
});

describe("ecs:runTask.sync", () => {
  const ids = { clusterArn: "arn:cluster", taskArn: "arn:task" };
  let lastStatus = "RUNNING";

  beforeEach(() => {
    lastStatus = "RUNNING";
    answer((request) => {
      if (operationOf(request) === "RunTask") {
        const createdAt = 1_790_254_009.268;
        const task = { ...ids, createdAt, lastStatus: "PROVISIONING", overrides: {} };
        return json({ failures: [], tasks: [task] });
      }
      const containers = [{ name: "work", ...(lastStatus === "STOPPED" && { exitCode: 0 }) }];
      return json({ failures: [], tasks: [{ ...ids, lastStatus, containers }] });
    });
  });

  it("goes on over a stop of the server: one start, no stop of the job", async () => {
    const arn = await start("ecs:runTask.sync", { Cluster: "c", TaskDefinition: "d" });
    await eventually("a look", () => times("DescribeTasks") > 0 || undefined);
    expect(await server.stop()).toBe(0);
    const before = times("DescribeTasks");
    await startServer();
    await eventually("another look", () => times("DescribeTasks") > before || undefined);
    lastStatus = "STOPPED";
    expect(await ended(sfn, arn)).toMatchObject({ status: "SUCCEEDED" });
    expect([times("RunTask"), times("StopTask")]).toEqual([1, 0]);
  });

  it("shows times, empty lists and the starter as AWS does", async () => {
    lastStatus = "STOPPED";
    const arn = await start("ecs:runTask.sync", { Cluster: "c", TaskDefinition: "d" });
    await ended(sfn, arn);
    const history = await wholeHistory(sfn, arn);
    const detailsOf = (type: string) => history.find((event) => event.type === type);
    expect(detailsOf("TaskScheduled")?.taskScheduledEventDetails?.parameters).toBe(
      '{"Cluster":"c","TaskDefinition":"d","StartedBy":"AWS Step Functions"}',
    );
    const submitted = detailsOf("TaskSubmitted")?.taskSubmittedEventDetails?.output ?? "";
    expect(JSON.parse(submitted)).toMatchObject({
      Failures: [],
      SdkResponseMetadata: { RequestId: "r-1" },
      Tasks: [
        {
          ClusterArn: "arn:cluster",
          Containers: [],
          CreatedAt: 1_790_254_009_268,
          Overrides: { ContainerOverrides: [], InferenceAcceleratorOverrides: [] },
          Tags: [],
        },
      ],
    });
    const sent = JSON.parse(
      requests().find((request) => operationOf(request) === "RunTask")?.body ?? "",
    ) as Record<string, unknown>;
    expect(sent["startedBy"]).toBe("AWS Step Functions");
    expect(sent["clientToken"]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("batch:submitJob.sync", () => {
  it("fails with the failed job as the cause; the service speaks REST", async () => {
    answer(({ path }) =>
      path === "/v1/submitjob"
        ? json({ jobArn: "arn", jobId: "j", jobName: "n" })
        : json({ jobs: [{ jobId: "j", status: "FAILED", createdAt: 1_790_254_009_268 }] }),
    );
    const parameters = { JobName: "n", JobQueue: "q", JobDefinition: "d" };
    const arn = await start("batch:submitJob.sync", parameters);
    const description = await ended(sfn, arn);
    expect(description).toMatchObject({ status: "FAILED", error: "States.TaskFailed" });
    expect(JSON.parse(description.cause ?? "")).toEqual({
      CreatedAt: 1_790_254_009_268,
      JobId: "j",
      Status: "FAILED",
    });
    expect(asked()).toEqual(["POST /v1/submitjob", "POST /v1/describejobs"]);
  });
});

describe("glue:startJobRun.sync", () => {
  it("waits until the run has succeeded", async () => {
    const states = ["STARTING", "SUCCEEDED"];
    answer((request) =>
      operationOf(request) === "StartJobRun"
        ? json({ JobRunId: "jr_1" })
        : json({ JobRun: { Id: "jr_1", JobRunState: states.shift() ?? "SUCCEEDED" } }),
    );
    const arn = await start("glue:startJobRun.sync", { JobName: "n" });
    const description = await ended(sfn, arn);
    expect(description).toMatchObject({
      status: "SUCCEEDED",
      output: '{"Id":"jr_1","JobRunState":"SUCCEEDED"}',
    });
    expect(asked()).toEqual(["StartJobRun", "GetJobRun", "GetJobRun"]);
  });
});

describe("apigateway:invoke", () => {
  it("does not reach loopback from a server", async () => {
    const parameters = { ApiEndpoint: `localhost:${service.port}`, Method: "GET" };
    const description = await ended(sfn, await start("apigateway:invoke", parameters));
    expect(description).toMatchObject({ error: "ApiGateway.AccessDeniedException" });
    expect(requests()).toEqual([]);
  });
});
