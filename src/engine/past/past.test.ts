import { describe, expect, it } from "vitest";
import { EngineWorld } from "../../../test/support/engine-world.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function";
const DEFINITION = {
  StartAt: "Price",
  States: {
    Price: {
      Type: "Task",
      Resource: `${LAMBDA}:price`,
      InputPath: "$.order",
      Parameters: { "sku.$": "$.sku" },
      ResultSelector: { "amount.$": "$.price" },
      ResultPath: "$.priced",
      OutputPath: "$.priced",
      Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 5 }],
      Next: "Double",
    },
    Double: {
      Type: "Pass",
      QueryLanguage: "JSONata",
      Assign: { amount: "{% $states.input.amount %}" },
      Output: "{% $states.input.amount * 2 %}",
      Next: "Each",
    },
    Each: {
      Type: "Map",
      QueryLanguage: "JSONata",
      Items: ["a", "b", "c"],
      ItemProcessor: {
        StartAt: "Item",
        States: {
          Item: {
            Type: "Task",
            QueryLanguage: "JSONata",
            Resource: `${LAMBDA}:item`,
            Arguments: { value: "{% $states.input %}", amount: "{% $amount %}" },
            Catch: [{ ErrorEquals: ["Bad"], Next: "Skip" }],
            Next: "Skip",
          },
          Skip: { Type: "Pass", End: true },
        },
      },
      End: true,
    },
  },
};

async function finished(): Promise<{ world: EngineWorld; arn: string }> {
  const world = await EngineWorld.open();
  let busy = true;
  world.worker = (call, report) => {
    report.started();
    const wasBusy = busy;
    busy = false;
    if (call.stateName === "Item") report.failed("Bad", "item");
    else if (wasBusy) report.failed("Busy", "later");
    else report.succeeded({ price: 7 });
  };
  const arn = await world.start(await world.createMachine("m", DEFINITION), {
    name: "e",
    input: '{"order":{"sku":"x"}}',
  });
  expect(await world.finish(arn)).toBe("SUCCEEDED");
  return { world, arn };
}

async function eventId(world: EngineWorld, arn: string, type: string, nth = 0): Promise<number> {
  const events = (await world.history(arn)).filter((event) => event.type === type);
  return events[nth]!.id;
}

describe("the past of an execution", () => {
  it("is told as it was after an event", async () => {
    const { world, arn } = await finished();
    const failed = await eventId(world, arn, "LambdaFunctionFailed");
    const backoff = await world.engine.insight.past.snapshot(arn, failed);
    expect(backoff).toMatchObject({ status: "RUNNING", eventId: failed, frameCount: 1 });
    expect(backoff?.frames[0]).toMatchObject({
      state: "Price",
      retryCount: 1,
      input: { order: { sku: "x" } },
      phase: { type: "Backoff" },
    });
    const scheduled = await eventId(world, arn, "LambdaFunctionScheduled", 1);
    const task = await world.engine.insight.past.snapshot(arn, scheduled);
    expect(task?.frames[0]?.phase).toMatchObject({
      type: "Task",
      started: false,
      parameters: { sku: "x" },
    });
    const entered = await eventId(world, arn, "TaskStateEntered", 1);
    const map = await world.engine.insight.past.snapshot(arn, entered);
    expect(map?.frames.map(({ state, parent, index }) => [state, parent, index])).toEqual([
      ["Each", undefined, 0],
      ["Item", 0, 0],
      [undefined, 0, 1],
      [undefined, 0, 2],
    ]);
    expect(map?.frames[0]).toMatchObject({
      variables: { amount: 7 },
      phase: { type: "Fork", total: 3, started: 3, succeeded: 0 },
    });
    const end = await world.engine.insight.past.snapshot(arn, 10_000);
    expect(end).toMatchObject({ status: "SUCCEEDED", frameCount: 1 });
    expect(await world.engine.insight.past.snapshot(`${arn}x`, 1)).toBeUndefined();
  });

  it("has the data flow of each state", async () => {
    const { world, arn } = await finished();
    const flow = await world.engine.insight.dataFlow.read(
      arn,
      await eventId(world, arn, "TaskStateEntered"),
    );
    expect(flow).toMatchObject({
      state: "Price",
      type: "Task",
      queryLanguage: "JSONPath",
      pointer: "/States/Price",
      input: { order: { sku: "x" } },
      result: { price: 7 },
      output: { amount: 7 },
      assigned: undefined,
      failure: undefined,
      retryCount: 1,
      variables: {},
    });
    expect(flow?.stages).toEqual([
      { stage: "afterInputPath", value: { sku: "x" } },
      { stage: "afterParameters", value: { sku: "x" } },
      { stage: "afterResultSelector", value: { amount: 7 } },
      { stage: "afterResultPath", value: { order: { sku: "x" }, priced: { amount: 7 } } },
    ]);
    const double = await world.engine.insight.dataFlow.read(
      arn,
      await eventId(world, arn, "PassStateEntered"),
    );
    expect(double).toMatchObject({ output: 14, assigned: { amount: 7 }, stages: [] });
  });

  it("has that of one of many iterations, and why it failed", async () => {
    const { world, arn } = await finished();
    const second = await eventId(world, arn, "TaskStateEntered", 2);
    const flow = await world.engine.insight.dataFlow.read(arn, second);
    expect(flow).toMatchObject({
      state: "Item",
      input: "b",
      variables: { amount: 7 },
      failure: { error: "Bad", cause: "item" },
      output: { Error: "Bad", Cause: "item" },
    });
    expect(flow?.stages).toEqual([{ stage: "afterArguments", value: { value: "b", amount: 7 } }]);
    const each = await eventId(world, arn, "MapStateEntered");
    const map = await world.engine.insight.dataFlow.read(arn, each);
    expect(map?.stages).toEqual([{ stage: "afterItemsPath", value: ["a", "b", "c"] }]);
  });

  it("has none for other events", async () => {
    const { world, arn } = await finished();
    expect(await world.engine.insight.dataFlow.read(arn, 1)).toBeUndefined();
    expect(await world.engine.insight.dataFlow.read(arn, 10_000)).toBeUndefined();
  });
});
