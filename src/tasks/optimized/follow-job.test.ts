import { afterEach, describe, expect, it, vi } from "vitest";
import { AwsCallError } from "../aws/aws-caller.ts";
import { FakeServices, serviceError, SILENCE, workbench } from "./testing/fake-services.ts";

const SUBMITTED = { JobArn: "arn", JobId: "j", JobName: "n" };
const RUNNING = { Jobs: [{ JobId: "j", Status: "RUNNING" }] };
const DONE = { Jobs: [{ JobId: "j", Status: "SUCCEEDED" }] };

const batch = (...answers: Parameters<FakeServices["answer"]>[1][]): FakeServices =>
  new FakeServices()
    .answer("batch:submitJob", SUBMITTED)
    .answer("batch:describeJobs", ...answers)
    .answer("batch:terminateJob", {});

const actionsOf = (services: FakeServices): string[] => services.sent.map(({ action }) => action);

describe("looking at a job", () => {
  it("gets rarer, from a second on, and is never rarer than every 30 seconds", async () => {
    const looks = Array.from({ length: 14 }, () => RUNNING);
    const { run, clock } = workbench(batch(...looks, DONE));
    await run("batch:submitJob.sync", {}).output;
    const rounded = clock.pauses.map((ms) => Math.round(ms));
    expect(rounded.slice(0, 4)).toEqual([1_000, 1_500, 2_250, 3_375]);
    expect(Math.max(...rounded)).toBe(30_000);
    expect(rounded.at(-1)).toBe(30_000);
  });

  it.each([
    ["the network", new AwsCallError("Client", "ECONNREFUSED")],
    ["a broken service", serviceError("InternalFailure", 500)],
    ["a service that is away", serviceError("ServiceUnavailable", 503)],
    ["throttling", serviceError("ThrottlingException", 400)],
    ["too many requests", serviceError("TooManyRequestsException", 429)],
    ["expired credentials", serviceError("ExpiredTokenException", 400)],
  ])("outlasts %s", async (_, error) => {
    const errors = Array.from({ length: 20 }, () => error);
    const { run } = workbench(batch(...errors, DONE));
    expect(await run("batch:submitJob.sync", {}).output).toEqual(DONE.Jobs[0]);
  });

  it("outlasts a while in which the job is not known yet", async () => {
    const unknown = { Jobs: [] };
    const { run } = workbench(batch(unknown, unknown, unknown, unknown, DONE));
    expect(await run("batch:submitJob.sync", {}).output).toEqual(DONE.Jobs[0]);
  });

  it("fails in the service's words after five refusals in a row", async () => {
    const refusal = serviceError("AccessDeniedException", 403);
    const services = batch(refusal, refusal, refusal, refusal, RUNNING, refusal);
    const { output } = workbench(services).run("batch:submitJob.sync", {});
    await expect(output).rejects.toMatchObject({ error: "Batch.AWSBatchException" });
    expect(actionsOf(services)).toHaveLength(1 + 5 + 5);
  });

  it("takes a status that nobody has heard of for one of a job that goes on", async () => {
    const strange = { Jobs: [{ JobId: "j", Status: "PONDERING" }] };
    const { run } = workbench(batch(strange, DONE));
    expect(await run("batch:submitJob.sync", {}).output).toEqual(DONE.Jobs[0]);
  });
});

describe("a service that does not answer", () => {
  afterEach(() => vi.useRealTimers());

  it("is asked again after 30 seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const services = batch(SILENCE, DONE);
    const { output } = workbench(services).run("batch:submitJob.sync", {});
    await services.called("batch:describeJobs");
    await vi.advanceTimersByTimeAsync(29_999);
    expect(actionsOf(services)).toEqual(["submitJob", "describeJobs"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await output).toEqual(DONE.Jobs[0]);
  });

  it("does not hold up the looks at jobs of another one", async () => {
    const services = batch(SILENCE)
      .answer("codebuild:startBuild", { Build: { Id: "b" } })
      .answer("codebuild:batchGetBuilds", { Builds: [{ BuildStatus: "SUCCEEDED" }] });
    const { run } = workbench(services);
    const stuck = Array.from({ length: 100 }, () => run("batch:submitJob.sync", {}));
    await services.called("batch:describeJobs");
    await run("codebuild:startBuild.sync", {}).output;
    for (const task of stuck) task.abort();
    await Promise.allSettled(stuck.map(({ output }) => output));
    const stops = actionsOf(services).filter((name) => name === "terminateJob");
    expect(stops).toHaveLength(100);
  });
});

describe("a submission", () => {
  it("that fails is not looked at", async () => {
    const services = new FakeServices().answer(
      "batch:submitJob",
      serviceError("ClientException", 400),
    );
    const run = workbench(services).run("batch:submitJob.sync", {});
    await expect(run.output).rejects.toMatchObject({ error: "Batch.ClientException" });
    expect(run.events).toEqual(["started"]);
  });

  it("whose answer names no job fails the task", async () => {
    const services = new FakeServices().answer("batch:submitJob", {});
    const { output } = workbench(services).run("batch:submitJob.sync", {});
    await expect(output).rejects.toThrow("does not name the job");
  });

  it("that is under way when the task is aborted is waited for, and its job stopped", async () => {
    const services = batch(RUNNING);
    const run = workbench(services).run("batch:submitJob.sync", {});
    run.abort();
    await expect(run.output).rejects.toThrow("aborted");
    expect(services.requests[0]?.signal.aborted).toBe(false);
    expect(actionsOf(services)).toEqual(["submitJob", "terminateJob"]);
  });
});

describe("stopping a job", () => {
  it("is tried again when the service is away, three times in all", async () => {
    const services = batch(RUNNING).answer("batch:terminateJob", serviceError("Any", 503));
    const run = workbench(services).run("batch:submitJob.sync", {});
    await services.called("batch:describeJobs");
    run.abort();
    await expect(run.output).rejects.toThrow("aborted");
    expect(actionsOf(services).filter((name) => name === "terminateJob")).toHaveLength(3);
  });

  it("is not tried again when it is refused", async () => {
    const services = batch(RUNNING).answer("batch:terminateJob", serviceError("Any", 400));
    const run = workbench(services).run("batch:submitJob.sync", {});
    await services.called("batch:describeJobs");
    run.abort();
    await expect(run.output).rejects.toThrow("aborted");
    expect(actionsOf(services).filter((name) => name === "terminateJob")).toHaveLength(1);
  });

  it("happens at once, however long the pause", async () => {
    const services = batch(RUNNING);
    const { run, clock } = workbench(services);
    clock.isHeld = true;
    const paused = clock.paused();
    const task = run("batch:submitJob.sync", {});
    await paused;
    task.abort();
    await expect(task.output).rejects.toThrow("aborted");
    expect(actionsOf(services)).toEqual(["submitJob", "terminateJob"]);
  });
});

describe("an ECS task", () => {
  const ecs = (task: object): FakeServices =>
    new FakeServices()
      .answer("ecs:runTask", { Failures: [], Tasks: [{ ClusterArn: "c", TaskArn: "t" }] })
      .answer("ecs:describeTasks", { Tasks: [{ LastStatus: "STOPPED", ...task }] });

  it.each([
    ["a container never ran", { Containers: [{ Name: "c" }] }],
    ["one of two containers failed", { Containers: [{ ExitCode: 0 }, { ExitCode: 1 }] }],
    ["there is no container", { Containers: [] }],
  ])("has failed if %s", async (_, task) => {
    const { output } = workbench(ecs(task)).run("ecs:runTask.sync", { TaskDefinition: "d" });
    await expect(output).rejects.toMatchObject({ error: "States.TaskFailed" });
  });
});
