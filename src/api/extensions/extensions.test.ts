import { beforeEach, describe, expect, it } from "vitest";
import { EngineWorld } from "../../../test/support/engine-world.ts";
import { AWS_QUOTAS } from "../../engine/quotas.ts";
import { type Api, createApi } from "../api.ts";
import type { Output } from "../operation.ts";
import { noStateTester } from "../testing/no-state-tester.ts";
import { createExtensions } from "./index.ts";

const DEFINITION = {
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: { QueueUrl: "https://queue", MessageBody: { "token.$": "$$.Task.Token" } },
      Next: "Fail",
    },
    Fail: { Type: "Fail", Error: "No" },
  },
};

let world: EngineWorld;
let api: Api;
let executionArn: string;

beforeEach(async () => {
  world = await EngineWorld.open();
  world.worker = (_call, report) => report.submitted({ MessageId: "1" });
  const { engine, catalog, clock } = world;
  api = createApi({
    ...{ engine, catalog, clock, stateTester: noStateTester },
    randomness: { number: () => 0 },
    limits: AWS_QUOTAS,
    region: "us-east-1",
    accountId: "123456789012",
    extensions: createExtensions(engine.insight),
  });
  executionArn = await world.start(await world.createMachine("m", DEFINITION), { name: "e" });
  await world.settle();
});

function call(name: string, input: object): Promise<Output> {
  return api.call(`Stepwell.${name}`, input, request());
}

const request = () => ({
  requestId: "",
  traceHeader: undefined,
  signal: new AbortController().signal,
});

interface Waiting {
  readonly tasks: readonly { readonly taskToken: string }[];
}

async function answered(): Promise<void> {
  const { tasks } = (await call("ListWaitingTasks", {})) as unknown as Waiting;
  await world.engine.sendTask(tasks[0]!.taskToken, { type: "Success", output: { yes: true } });
  await world.settle();
}

describe("the operations that AWS does not have", () => {
  it("list the tasks that wait for a token", async () => {
    const at = world.clock.now() / 1_000;
    expect(await call("ListWaitingTasks", {})).toMatchObject({
      tasks: [{ executionArn, stateName: "Ask", waitingDate: at, taskToken: expect.any(String) }],
    });
    await answered();
    expect(await call("ListWaitingTasks", {})).toMatchObject({ tasks: [] });
    const failure = call("ListWaitingTasks", { nextToken: "x" });
    await expect(failure).rejects.toMatchObject({ name: "InvalidToken" });
  });

  it("tell what an execution was like", async () => {
    const input = { executionArn, eventId: 3 };
    expect(await call("GetExecutionSnapshot", input)).toMatchObject({
      status: "RUNNING",
      eventId: 3,
      timestamp: world.clock.now() / 1_000,
      frames: [{ state: "Ask", phase: { type: "Task", started: false } }],
    });
    const missing = call("GetExecutionSnapshot", { ...input, executionArn: `${executionArn}x` });
    await expect(missing).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
  });

  it("tell the data flow of a state", async () => {
    expect(await call("GetStateDataFlow", { executionArn, eventId: 2 })).toMatchObject({
      state: "Ask",
      stages: [{ stage: "afterInputPath" }, { stage: "afterParameters" }],
    });
    const other = call("GetStateDataFlow", { executionArn, eventId: 1 });
    await expect(other).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("fork an execution", async () => {
    await answered();
    const definition = JSON.stringify({
      ...DEFINITION,
      States: { ...DEFINITION.States, Fail: { Type: "Succeed" } },
    });
    const exit = (await world.history(executionArn)).find(({ type }) => type === "TaskStateExited");
    const answer = await call("ForkExecution", {
      ...{ executionArn, eventId: exit?.id, name: "fork", definition },
      data: '{"edited":true}',
    });
    const fork = executionArn.replace(/:e$/, ":fork");
    expect(answer).toEqual({ executionArn: fork, startDate: world.clock.now() / 1_000 });
    expect(await call("GetExecutionOrigin", { executionArn: fork })).toMatchObject({
      forkedFrom: { executionArn, eventId: exit?.id },
    });
    await world.settle();
    expect((await world.engine.describe(fork))?.output).toBe('{"edited":true}');
  });

  it("tell where an execution comes from", async () => {
    const origin = await call("GetExecutionOrigin", { executionArn });
    expect(origin).toEqual({ forkedFrom: undefined, testCase: undefined });
    const missing = call("GetExecutionOrigin", { executionArn: `${executionArn}x` });
    await expect(missing).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
  });

  it("sum up what runs, and who waits at activities", async () => {
    const activityArn = "arn:aws:states:us-east-1:123456789012:activity:ship";
    await api.call("CreateActivity", { name: "ship" }, request());
    const worker = new AbortController();
    const poll = world.engine.getActivityTask(activityArn, "dock-3", worker.signal);
    expect(await call("GetOverview", {})).toMatchObject({
      endDate: world.clock.now() / 1_000,
      partSeconds: 60,
      stateMachines: [{ counts: { RUNNING: 1 }, isComplete: true, slowest: [] }],
      stateMachinesLeftOut: 0,
      activities: [{ activityArn, waitingTasks: 0, waitingWorkers: 1, workerNames: ["dock-3"] }],
    });
    worker.abort();
    await poll;
    await answered();
    expect(await call("GetOverview", { hours: 24 })).toMatchObject({
      stateMachines: [
        {
          counts: { RUNNING: 0, FAILED: 1 },
          durations: { median: expect.any(Number) },
          slowest: [{ executionArn, status: "FAILED" }],
        },
      ],
    });
    const tooLong = call("GetOverview", { hours: 169 });
    await expect(tooLong).rejects.toMatchObject({ name: "ValidationException" });
  });

  it.each([
    [{ data: "{" }, "ValidationException", "'data' is not JSON"],
    [{ variables: "[]" }, "ValidationException", "'variables' must be a JSON object"],
    [{ definition: "{}" }, "InvalidDefinition", "These fields are required"],
    [{ name: "a b" }, "InvalidName", "a b"],
    [{ name: "e" }, "ExecutionAlreadyExists", "e"],
    [{ eventId: 99 }, "ValidationException", "There is no event 99"],
    [{ eventId: 0 }, "ValidationException", "eventId"],
    [{ executionArn: "x" }, "InvalidArn", "x"],
  ])("refuse a fork with %j", async (input, name, message) => {
    const failure = call("ForkExecution", { executionArn, eventId: 2, ...input });
    await expect(failure).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});
