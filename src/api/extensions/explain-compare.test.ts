import { beforeEach, describe, expect, it } from "vitest";
import { EngineWorld } from "../../../test/support/engine-world.ts";
import { AWS_QUOTAS } from "../../engine/quotas.ts";
import { type Api, createApi } from "../api.ts";
import { noStateTester } from "../testing/no-state-tester.ts";
import { createExtensions } from "./index.ts";

const TASK = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:charge" };
const DEFINITION = {
  StartAt: "Prepare",
  States: {
    Prepare: { Type: "Pass", Parameters: { "id.$": "$.id" }, Assign: { limit: 5 }, Next: "Pay" },
    Pay: {
      ...TASK,
      Retry: [{ ErrorEquals: ["Busy"], MaxAttempts: 1 }],
      ResultPath: "$.paid",
      Next: "Route",
    },
    Route: {
      Type: "Choice",
      Choices: [{ Variable: "$.paid.sum", NumericLessThanPath: "$limit", Next: "Z" }],
    },
    Z: { Type: "Succeed" },
  },
};

let world: EngineWorld;
let api: Api;

beforeEach(async () => {
  world = await EngineWorld.open();
  const { engine, catalog, clock } = world;
  api = createApi({
    ...{ engine, catalog, clock, stateTester: noStateTester },
    randomness: { number: () => 0 },
    limits: AWS_QUOTAS,
    region: "us-east-1",
    accountId: "123456789012",
    extensions: createExtensions(engine.insight),
  });
});

function call(name: string, input: object): Promise<unknown> {
  const request = { requestId: "", traceHeader: undefined, signal: new AbortController().signal };
  return api.call(`Stepwell.${name}`, input, request);
}

async function ended(name: string, sum: number, input = '{"id":"o-1"}'): Promise<string> {
  world.worker = (_call, report) => {
    report.started();
    report.succeeded({ sum });
  };
  const machine =
    world.catalog.machines.find("arn:aws:states:us-east-1:123456789012:stateMachine:m") ??
    (await world.createMachine("m", DEFINITION));
  const arn = await world.start(machine, { name, input });
  await world.finish(arn);
  return arn;
}

describe("ExplainExecution", () => {
  it("explains a failed execution out of the store, also after a restart", async () => {
    const executionArn = await ended("e", 9);
    const expected = {
      status: "FAILED",
      error: "States.NoChoiceMatched",
      state: { name: "Route", pointer: "/States/Route" },
      summary: expect.stringContaining(
        "$.paid.sum NumericLessThan $limit (5), but $.paid.sum is the number 9",
      ),
    };
    expect(await call("ExplainExecution", { executionArn })).toMatchObject(expected);
    await world.restart();
    expect(await world.engine.insight.explainer.explain(executionArn)).toMatchObject(expected);
  });

  it("explains what a redriven execution failed with last", async () => {
    const executionArn = await ended("e", 9);
    world.worker = (_call, report) => report.failed("Busy", "later");
    await world.engine.redrive(executionArn, undefined);
    await world.finish(executionArn);
    // The Choice alone runs again: the task before it was done.
    expect(await call("ExplainExecution", { executionArn })).toMatchObject({
      error: "States.NoChoiceMatched",
      state: { name: "Route" },
    });
  });

  it("names the worker that took an activity's task and did not answer", async () => {
    const activity = "arn:aws:states:us-east-1:123456789012:activity:ship";
    const Ship = { Type: "Task", Resource: activity, TimeoutSeconds: 30, End: true };
    const machine = await world.createMachine("a", { StartAt: "Ship", States: { Ship } });
    const executionArn = await world.start(machine);
    await world.settle();
    await world.engine.getActivityTask(activity, "worker-7", new AbortController().signal);
    expect(await call("ExplainExecution", { executionArn })).toMatchObject({
      status: "RUNNING",
      summary: expect.stringContaining("a worker took its task"),
    });
    await world.finish(executionArn);
    expect(await call("ExplainExecution", { executionArn })).toMatchObject({
      error: "States.Timeout",
      summary: expect.stringContaining("Worker 'worker-7' took the activity's task"),
    });
  });

  it("keeps the memory of a long history bounded and still finds its end", async () => {
    const loop = {
      StartAt: "Count",
      States: {
        Count: {
          Type: "Pass",
          Parameters: { "n.$": "States.MathAdd($.n, 1)", "big.$": "$.big" },
          Next: "More",
        },
        More: {
          Type: "Choice",
          Choices: [{ Variable: "$.n", NumericLessThan: 600, Next: "Count" }],
          Default: "Out",
        },
        Out: { Type: "Pass", InputPath: "$.nn", End: true },
      },
    };
    const machine = await world.createMachine("l", loop);
    const input = JSON.stringify({ n: 0, big: "x".repeat(5_000) });
    const executionArn = await world.start(machine, { input });
    await world.finish(executionArn);
    expect(await call("ExplainExecution", { executionArn })).toMatchObject({
      state: { name: "Out", enteredEventId: 2_402 },
      summary: expect.stringContaining(
        "InputPath reads $.nn, which is not there. The input has no 'nn': it has the keys n, big.",
      ),
    });
  });

  it("refuses what is not there, and EXPRESS executions with their bound", async () => {
    const executionArn = "arn:aws:states:us-east-1:123456789012:execution:m:x";
    const missing = call("ExplainExecution", { executionArn });
    await expect(missing).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
    const express = "arn:aws:states:us-east-1:123456789012:express:m:x:1";
    const refused = call("ExplainExecution", { executionArn: express });
    await expect(refused).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("5 minutes at most"),
    });
    const none = call("ExplainExecution", {});
    await expect(none).rejects.toMatchObject({ name: "ValidationException" });
  });
});

describe("CompareExecutions", () => {
  it("tells where two executions parted, and whether they ran the same definition", async () => {
    const executionArn = await ended("good", 3);
    const otherExecutionArn = await ended("bad", 9);
    const found = await call("CompareExecutions", { executionArn, otherExecutionArn });
    expect(found).toMatchObject({
      first: { executionArn, status: "SUCCEEDED" },
      second: { executionArn: otherExecutionArn, status: "FAILED" },
      sameDefinition: true,
      counts: { SAME: 1, DIFFERS: 2, ONLY_IN_FIRST: 1, ONLY_IN_SECOND: 0 },
      firstDivergence: {
        key: "Pay#1",
        summary:
          "Task state 'Pay' differs in output. output /paid/sum is 3 in the first and 9 in the second.",
      },
      truncated: false,
    });
    const { visits } = found as { visits: readonly object[] };
    expect(visits[1]).toMatchObject({
      state: "Pay",
      verdict: "DIFFERS",
      output: { members: [{ pointer: "/paid/sum", first: "3", second: "9" }], truncated: false },
    });
  });

  it("compares executions of different definitions", async () => {
    const executionArn = await ended("good", 3);
    const other = await world.createMachine("o", {
      StartAt: "Prepare",
      States: { Prepare: { ...DEFINITION.States.Prepare, Next: "Z" }, Z: { Type: "Succeed" } },
    });
    const otherExecutionArn = await world.start(other, { input: '{"id":"o-1"}' });
    await world.finish(otherExecutionArn);
    expect(await call("CompareExecutions", { executionArn, otherExecutionArn })).toMatchObject({
      sameDefinition: false,
      firstDivergence: {
        key: "Pay#1",
        summary: "Only the first execution (SUCCEEDED) went to Task state 'Pay'.",
      },
    });
  });

  it.each(["executionArn", "otherExecutionArn"])(
    "names the %s that does not exist",
    async (member) => {
      const arn = await ended("good", 3);
      const arns = { executionArn: arn, otherExecutionArn: arn, [member]: `${arn}x` };
      await expect(call("CompareExecutions", arns)).rejects.toMatchObject({
        name: "ExecutionDoesNotExist",
        message: expect.stringContaining(`${arn}x`),
      });
    },
  );
});
