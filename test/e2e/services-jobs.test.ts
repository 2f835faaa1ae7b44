/** Jobs (`ecs:runTask.sync`): started once, watched to their end, stopped when nobody waits for them. */
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { motoMissing } from "./support/aws/moto-server.ts";
import {
  catchingTask,
  failures,
  oneTask,
  ServiceWorld,
  taskEvents,
} from "./support/aws/service-world.ts";
import { eventually } from "./support/eventually.ts";

const RESOURCE = "ecs:runTask.sync";
/** More looks than any test takes: the job does not end by itself. */
const ENDLESS = { progression: "manual", times: 1_000_000 } as const;
const ENDED = { progression: "immediate" } as const;

interface EcsTask {
  readonly TaskArn: string;
  readonly LastStatus: string;
  readonly Containers: readonly { readonly ExitCode?: number }[];
}

describe.skipIf(motoMissing() !== undefined)("ecs:runTask.sync", () => {
  let world: ServiceWorld;
  let ecs: ECSClient;
  let cluster: string;
  /** Calls before the current test. */
  let earlier: Readonly<Record<string, number>>;

  const calls = (operation: string): number =>
    world.proxy.calls("ecs", operation).length - (earlier[operation] ?? 0);
  const parameters = (): object => ({
    LaunchType: "FARGATE",
    Cluster: cluster,
    TaskDefinition: "arn:aws:ecs:us-east-1:123456789012:task-definition/work:1",
    Overrides: { ContainerOverrides: [{ Name: "main", Command: ["echo", "hello"] }] },
  });

  async function createCluster(clusterName: string): Promise<string> {
    const { cluster: created } = await ecs.send(new CreateClusterCommand({ clusterName }));
    return created?.clusterArn ?? "";
  }

  /** Starts a job that goes on until the test ends it, and waits until it runs. */
  async function running(more: object = {}): Promise<string> {
    await world.moto.progressOfTasks(ENDLESS);
    const arn = await world.start(oneTask(RESOURCE, parameters(), more));
    await world.reaches(arn, "TaskSubmitted");
    await eventually("a look at the job", () => calls("DescribeTasks") > 0 || undefined);
    return arn;
  }

  /** What the service itself says of the only job. */
  async function stoppedReason(): Promise<string> {
    const { taskArns } = await ecs.send(
      new ListTasksCommand({ cluster, desiredStatus: "STOPPED" }),
    );
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns ?? [] }));
    return tasks?.at(-1)?.stoppedReason ?? "";
  }

  beforeAll(async () => {
    world = await ServiceWorld.create("jobs");
    ecs = new ECSClient(world.clientSettings);
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "work",
        containerDefinitions: [{ name: "main", image: "busybox", memory: 64 }],
      }),
    );
  });

  beforeEach(async ({ task }) => {
    cluster = await createCluster(`cluster-${task.id}`);
    earlier = Object.fromEntries(
      ["RunTask", "DescribeTasks", "StopTask"].map((operation) => [
        operation,
        world.proxy.calls("ecs", operation).length,
      ]),
    );
    await world.moto.progressOfTasks(ENDED);
  });

  afterEach(() => world.proxy.rewrite("ecs", "DescribeTasks", (body) => body));

  afterAll(async () => {
    ecs?.destroy();
    await world?.close();
  });

  it("waits for the job's end; the history is AWS's", async () => {
    const arn = await running();
    await world.moto.progressOfTasks(ENDED);
    const { output, history } = await world.finish(arn);
    expect(taskEvents(history)).toEqual([
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
    ]);
    const [scheduled, , submitted] = history.slice(2);
    const startedBy = "AWS Step Functions";
    expect(scheduled?.taskScheduledEventDetails).toMatchObject({
      resourceType: "ecs",
      resource: "runTask.sync",
      parameters: JSON.stringify({ ...parameters(), StartedBy: startedBy }),
    });
    const answer = JSON.parse(submitted?.taskSubmittedEventDetails?.output ?? "") as {
      Tasks: EcsTask[];
    };
    expect(answer).toMatchObject({
      Failures: [],
      SdkHttpMetadata: { HttpStatusCode: 200 },
      Tasks: [{ LastStatus: "RUNNING", StartedBy: startedBy }],
    });
    expect(output).toMatchObject({
      TaskArn: answer.Tasks[0]?.TaskArn,
      ClusterArn: cluster,
      LastStatus: "STOPPED",
      LaunchType: "FARGATE",
      StartedBy: startedBy,
      Containers: [{ ExitCode: 0 }],
    });
    expect([calls("RunTask"), calls("StopTask")]).toEqual([1, 0]);
    expect(calls("DescribeTasks")).toBeGreaterThan(1);
  });

  it("fails with the job as its cause if a container fails", async () => {
    world.proxy.rewrite("ecs", "DescribeTasks", (body) =>
      body.replaceAll(/"exitCode": ?0/g, '"exitCode": 42'),
    );
    const arn = await running();
    await world.moto.progressOfTasks(ENDED);
    const { description, history } = await world.finish(arn);
    expect(description).toMatchObject({ status: "FAILED", error: "States.TaskFailed" });
    expect(JSON.parse(description.cause ?? "")).toMatchObject({
      LastStatus: "STOPPED",
      Containers: [{ ExitCode: 42 }],
    });
    expect(taskEvents(history).slice(-2)).toEqual(["TaskSubmitted", "TaskFailed"]);
  });

  it("is tried again if the service refuses to start it", async () => {
    const body = '{"__type":"ClientException","message":"Capacity is unavailable at this time."}';
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "r-1" };
    world.proxy.intercept("ecs", "RunTask", { status: 400, headers, body });
    const retry = [{ ErrorEquals: ["ECS.ClientException"], IntervalSeconds: 1, MaxAttempts: 1 }];
    const { description, history } = await world.run(
      oneTask(RESOURCE, parameters(), { Retry: retry }),
    );
    expect(description.status).toBe("SUCCEEDED");
    expect(failures(history)).toEqual([
      {
        error: "ECS.ClientException",
        cause:
          "Capacity is unavailable at this time. (Service: AmazonECS; Status Code: 400; Error Code: ClientException; Request ID: r-1; Proxy: null)",
      },
    ]);
    expect(calls("RunTask")).toBe(2);
  });

  it("leaves a cluster that is not there to Catch", async () => {
    const { output } = await world.run(
      catchingTask(RESOURCE, { ...parameters(), Cluster: "none" }, "ECS.ClusterNotFoundException"),
    );
    expect(output).toMatchObject({ problem: { Error: "ECS.ClusterNotFoundException" } });
    expect(calls("DescribeTasks")).toBe(0);
  });

  it("goes on watching when the service cannot be asked for a while", async () => {
    const arn = await running();
    const before = calls("DescribeTasks");
    const headers = { "content-type": "application/x-amz-json-1.1" };
    const body = '{"__type":"ServerException","message":"later"}';
    const times = 4;
    world.proxy.intercept("ecs", "DescribeTasks", { status: 500, headers, body }, times);
    await world.moto.progressOfTasks(ENDED);
    expect((await world.finish(arn)).description.status).toBe("SUCCEEDED");
    expect(calls("DescribeTasks") - before).toBeGreaterThan(times);
    expect(calls("RunTask")).toBe(1);
  });

  it("survives kill -9 and a restart of the server: started once, never stopped", async () => {
    const arn = await running();
    await world.crash();
    const afterCrash = calls("DescribeTasks");
    await eventually(
      "a look after the crash",
      () => calls("DescribeTasks") > afterCrash || undefined,
    );
    await world.restart();
    const afterRestart = calls("DescribeTasks");
    await eventually(
      "a look after the restart",
      () => calls("DescribeTasks") > afterRestart || undefined,
    );
    await world.moto.progressOfTasks(ENDED);
    const { description, history } = await world.finish(arn);
    expect(description.status).toBe("SUCCEEDED");
    expect(taskEvents(history)).toEqual([
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
    ]);
    expect([calls("RunTask"), calls("StopTask")]).toEqual([1, 0]);
  });

  it("is asked for again with the same token if a crash cut off its start", async () => {
    const held = world.proxy.hold("ecs", "RunTask");
    const arn = await world.start(oneTask(RESOURCE, parameters()));
    await held.arrived;
    await world.crash();
    expect((await world.finish(arn)).description.status).toBe("SUCCEEDED");
    const tokens = world.proxy
      .calls("ecs", "RunTask")
      .slice(-2)
      .map(({ body }) => (JSON.parse(body) as { clientToken?: string }).clientToken);
    expect(calls("RunTask")).toBe(2);
    // The service starts one job for one token.
    expect(tokens[0]).toMatch(/^\S{1,64}$/);
    expect(tokens[1]).toBe(tokens[0]);
  });

  it("is stopped with its execution", async () => {
    const executionArn = await running();
    await world.sfn.send(new StopExecutionCommand({ executionArn }));
    await eventually("StopTask", () => calls("StopTask") > 0 || undefined);
    await eventually("the end of the job", async () => (await stoppedReason()) || undefined);
    const { description } = await world.finish(executionArn);
    expect(description.status).toBe("ABORTED");
    expect([calls("RunTask"), calls("StopTask")]).toEqual([1, 1]);
  });

  it("is stopped when its task times out", async () => {
    const arn = await running({ TimeoutSeconds: 2 });
    const { description } = await world.finish(arn);
    expect(description).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    await eventually("StopTask", () => calls("StopTask") > 0 || undefined);
    expect(await stoppedReason()).not.toBe("");
  });
});
