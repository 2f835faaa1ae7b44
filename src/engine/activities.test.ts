import { describe, expect, it } from "vitest";
import { EngineWorld, lines } from "../../test/support/engine-world.ts";

const ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:a";
const MACHINE = {
  StartAt: "A",
  States: {
    A: { Type: "Task", Resource: ACTIVITY, TimeoutSeconds: 3_600, HeartbeatSeconds: 30, End: true },
  },
};

const never = (): AbortSignal => new AbortController().signal;

async function open(): Promise<{ world: EngineWorld; start: () => Promise<string> }> {
  const world = await EngineWorld.open();
  const machine = await world.createMachine("m", MACHINE);
  let count = 0;
  return { world, start: () => world.start(machine, { input: `{"n": ${count++}}` }) };
}

function poll(world: EngineWorld, signal = never()) {
  return world.engine.getActivityTask(ACTIVITY, "w", signal);
}

describe("GetActivityTask", () => {
  it("hands a waiting task over, in order, once each", async () => {
    const { world, start } = await open();
    const arns = [await start(), await start()];
    await world.settle();
    const tasks = [await poll(world), await poll(world)];
    expect(tasks.map((task) => (task as { input: string }).input)).toEqual([
      '{"n": 0}',
      '{"n": 1}',
    ]);
    const { taskToken } = tasks[0] as { taskToken: string };
    expect(await world.engine.sendTask(taskToken, { type: "Success", output: 1 })).toBe("Accepted");
    expect(lines(await world.history(arns[0]!)).slice(2)).toEqual([
      "3<2 ActivityScheduled",
      "4<3 ActivityStarted",
      "5<4 ActivitySucceeded",
      "6<5 TaskStateExited",
      "7<6 ExecutionSucceeded",
    ]);
    expect((await world.history(arns[0]!))[3]?.details).toEqual({ workerName: "w" });
  });

  it("waits 60 s for a task, and gets one that comes meanwhile", async () => {
    const { world, start } = await open();
    const empty = poll(world);
    await world.pass(60_000);
    expect(await empty).toBeUndefined();
    const first = poll(world);
    const second = poll(world);
    await world.pass(59_999);
    await start();
    expect(await first).toMatchObject({ input: '{"n": 0}' });
    await world.pass(1);
    expect(await second).toBeUndefined();
  });

  it("refuses the 1,001st poller of an activity", async () => {
    const { world } = await open();
    const polls = Array.from({ length: 1_000 }, () => poll(world));
    expect(await poll(world)).toBe("TooManyPollers");
    await world.engine.close();
    expect(new Set(await Promise.all(polls))).toEqual(new Set([undefined]));
  });

  it("a task that its worker did not get is offered again, without a second start", async () => {
    const { world, start } = await open();
    const arn = await start();
    await world.settle();
    const early = new AbortController();
    const first = poll(world, early.signal);
    early.abort();
    expect(await first).toBeUndefined();
    const late = new AbortController();
    const taken = (await poll(world, late.signal)) as { taskToken: string; input: string };
    late.abort();
    world.engine.returnActivityTask(taken.taskToken);
    expect(await poll(world)).toEqual(taken);
    const started = (await world.history(arn)).filter(({ type }) => type === "ActivityStarted");
    expect(started).toHaveLength(1);
  });

  it("a returned task is offered again even when its execution was parked, unless it is done", async () => {
    const { world, start } = await open();
    await start();
    const taken = (await poll(world)) as { taskToken: string };
    await world.engine.sendTask(taken.taskToken, { type: "Heartbeat" });
    world.engine.returnActivityTask(taken.taskToken);
    const again = (await poll(world)) as { taskToken: string };
    expect(again).toEqual(taken);
    await world.engine.sendTask(taken.taskToken, { type: "Success", output: 1 });
    world.engine.returnActivityTask(taken.taskToken);
    const empty = poll(world);
    await world.pass(60_000);
    expect(await empty).toBeUndefined();
  });

  it("a poll aborted at the hand-over gives the task to the next one at once", async () => {
    const { world, start } = await open();
    let release = (): void => {};
    await start();
    await world.settle();
    world.store.gate = new Promise((resolve) => (release = resolve));
    const controller = new AbortController();
    const gone = poll(world, controller.signal);
    const next = poll(world);
    await world.settle();
    controller.abort();
    world.store.gate = undefined;
    release();
    expect(await gone).toBeUndefined();
    expect(await next).toMatchObject({ input: '{"n": 0}' });
  });

  it("an aborted poll takes no task", async () => {
    const { world, start } = await open();
    const controller = new AbortController();
    const gone = poll(world, controller.signal);
    const present = poll(world);
    controller.abort();
    expect(await gone).toBeUndefined();
    await start();
    expect(await present).toMatchObject({ input: '{"n": 0}' });
  });

  it("tasks of stopped executions are not handed over", async () => {
    const { world, start } = await open();
    const arn = await start();
    await world.settle();
    await world.engine.stop(arn, undefined, undefined);
    const next = poll(world);
    await world.pass(1_000);
    await start();
    expect(await next).toMatchObject({ input: '{"n": 1}' });
  });

  it("waiting tasks are offered after a restart, started ones wait for their worker", async () => {
    const { world, start } = await open();
    await start();
    const taken = await poll(world);
    await start();
    await world.settle();
    await world.restart();
    expect(await poll(world)).toMatchObject({ input: '{"n": 1}' });
    const { taskToken } = taken as { taskToken: string };
    expect(await world.engine.sendTask(taskToken, { type: "Success", output: 1 })).toBe("Accepted");
  });

  it("a store that fails at the hand-over leaves the task to the next poller", async () => {
    const { world, start } = await open();
    const arn = await start();
    await world.settle();
    const next = world.store.commits + 1;
    world.store.fateOf = (commit) => (commit === next ? "unavailable" : "ok");
    await expect(poll(world)).rejects.toThrow("full");
    const again = poll(world);
    await world.pass(5_000);
    expect(await again).toMatchObject({ input: '{"n": 0}' });
    expect(
      (await world.history(arn)).filter(({ type }) => type === "ActivityStarted"),
    ).toHaveLength(1);
  });

  it("missed heartbeats time the task out; heartbeats keep it", async () => {
    const { world, start } = await open();
    const arn = await start();
    const { taskToken } = (await poll(world)) as { taskToken: string };
    for (let count = 0; count < 4; count++) {
      await world.pass(29_000);
      expect(await world.engine.sendTask(taskToken, { type: "Heartbeat" })).toBe("Accepted");
    }
    await world.pass(29_999);
    expect((await world.engine.describe(arn))?.status).toBe("RUNNING");
    await world.pass(1);
    expect(await world.engine.describe(arn)).toMatchObject({ error: "States.Timeout" });
    expect(await world.engine.sendTask(taskToken, { type: "Heartbeat" })).toBe("TaskTimedOut");
  });
});
