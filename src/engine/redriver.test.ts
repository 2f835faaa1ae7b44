import { describe, expect, it } from "vitest";
import { EngineWorld, lines } from "../../test/support/engine-world.ts";
import { StoreUnavailable } from "./ports.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
const ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:a";
const TASK = { StartAt: "T", States: { T: { Type: "Task", Resource: LAMBDA, End: true } } };
const FAIL = { StartAt: "F", States: { F: { Type: "Fail", Error: "E" } } };
const WAIT = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 3_600, End: true } } };
const BRANCHES = {
  StartAt: "X",
  States: {
    X: {
      Type: "Parallel",
      Branches: [
        { StartAt: "A", States: { A: { Type: "Task", Resource: LAMBDA, End: true } } },
        { StartAt: "B", States: { B: { Type: "Task", Resource: LAMBDA, End: true } } },
      ],
      End: true,
    },
  },
};

/** A world in which the first `failures` calls of a function fail. */
async function failing(failures = 1): Promise<EngineWorld> {
  const world = await EngineWorld.open();
  let calls = 0;
  world.worker = (_call, report) => {
    report.started();
    if (++calls <= failures) report.failed("Boom", "");
    else report.succeeded(calls);
  };
  return world;
}

async function failed(world: EngineWorld, definition: object = TASK): Promise<string> {
  const machine = await world.createMachine("m", definition);
  const arn = await world.start(machine, { name: "e" });
  await world.settle();
  expect((await world.engine.describe(arn))?.status).toBe("FAILED");
  return arn;
}

describe("RedriveExecution", () => {
  it("lets a failed execution go on and tells about it", async () => {
    const world = await failing();
    const arn = await failed(world);
    const before = (await world.engine.describe(arn))!;
    expect(before).toMatchObject({ redriveCount: 0, notRedrivable: undefined, error: "Boom" });
    await world.pass(5_000);
    const redrivenAt = world.clock.now();
    expect(await world.engine.redrive(arn, undefined)).toEqual({ type: "Redriven", redrivenAt });
    await world.settle();
    const described = await world.engine.describe(arn);
    expect(described).toMatchObject({
      status: "SUCCEEDED",
      startedAt: before.startedAt,
      stoppedAt: redrivenAt,
      output: "2",
      error: undefined,
      redriveCount: 1,
      redrivenAt,
      notRedrivable: "Execution is SUCCEEDED and cannot be redriven",
    });
    const history = lines(await world.history(arn));
    expect(history.slice(4)).toEqual([
      "5<4 LambdaFunctionFailed",
      "6<5 ExecutionFailed",
      "7<6 ExecutionRedriven",
      "8<2 LambdaFunctionScheduled",
      "9<8 LambdaFunctionStarted",
      "10<9 LambdaFunctionSucceeded",
      "11<10 TaskStateExited",
      "12<11 ExecutionSucceeded",
    ]);
    await world.restart();
    expect(await world.engine.describe(arn)).toEqual(described);
    expect(lines(await world.history(arn))).toEqual(history);
  });

  it("of a Fail state closes again at once", async () => {
    const world = await EngineWorld.open();
    const arn = await failed(world, FAIL);
    for (let count = 1; count <= 3; count++) {
      expect((await world.engine.redrive(arn, undefined))?.type).toBe("Redriven");
      await world.settle();
      const described = await world.engine.describe(arn);
      expect(described).toMatchObject({ status: "FAILED", redriveCount: count, error: "E" });
    }
    await world.restart();
    expect(await world.engine.describe(arn)).toMatchObject({ status: "FAILED", redriveCount: 3 });
    expect(lines(await world.history(arn)).at(-1)).toBe("9<8 ExecutionFailed");
  });

  it("goes on after a crash, without repeating what succeeded", async () => {
    const world = await EngineWorld.open();
    const calls: string[] = [];
    world.worker = ({ stateName }, report, clock) => {
      calls.push(stateName);
      if (stateName === "A") return report.succeeded("a");
      return clock.schedule(clock.now() + 1_000, () => report.failed("Boom", ""));
    };
    const machine = await world.createMachine("m", BRANCHES);
    const arn = await world.start(machine, { name: "e" });
    await world.pass(2_000);
    expect((await world.engine.redrive(arn, "token"))?.type).toBe("Redriven");
    await world.settle();
    await world.restart();
    expect((await world.engine.describe(arn))?.status).toBe("RUNNING");
    world.worker = (_call, report) => report.succeeded("b");
    await world.restart();
    await world.settle();
    expect(await world.engine.describe(arn)).toMatchObject({ output: '["a","b"]' });
    expect(calls.filter((name) => name === "A")).toHaveLength(1);
  });

  it("is all or nothing when the server dies in the middle of it", async () => {
    for (const fate of ["crash before", "crash after", "unavailable"] as const) {
      const world = await failing();
      const arn = await failed(world);
      const next = world.store.commits + 1;
      world.store.fateOf = (commit) => (commit === next ? fate : "ok");
      const asked = world.engine.redrive(arn, "token").catch((error: unknown) => error);
      const answer = await world.unlessDead(asked);
      if (fate === "unavailable") {
        expect(answer).toBeInstanceOf(StoreUnavailable);
        expect((await world.engine.describe(arn))?.redriveCount).toBe(0);
      } else {
        expect(answer).toBeUndefined();
        await world.restart();
      }
      expect((await world.engine.redrive(arn, "token"))?.type).toBe("Redriven");
      await world.settle();
      const described = await world.engine.describe(arn);
      expect(described).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
      expect(world.errors).toEqual([]);
    }
  });

  it("tells nothing of a redrive before it is durable", async () => {
    const world = await failing();
    const arn = await failed(world);
    let open = (): void => {};
    world.store.gate = new Promise((resolve) => (open = resolve));
    const answer = world.engine.redrive(arn, undefined);
    await world.settle();
    expect(await world.engine.describe(arn)).toMatchObject({ status: "FAILED", redriveCount: 0 });
    world.store.gate = undefined;
    open();
    await answer;
    expect((await world.engine.describe(arn))?.redriveCount).toBe(1);
  });

  it("can be done twice, also at the same time", async () => {
    const world = await failing(2);
    const arn = await failed(world);
    const asked = ["a", "b", "c"].map((token) => world.engine.redrive(arn, token));
    const types = (await Promise.all(asked)).map((result) => result?.type);
    expect(types[0]).toBe("Redriven");
    await world.settle();
    const again = await world.engine.redrive(arn, "d");
    await world.settle();
    const described = await world.engine.describe(arn);
    expect(described?.status).toBe("SUCCEEDED");
    const redriven = [...types, again?.type].filter((type) => type === "Redriven");
    expect(redriven).toHaveLength(described!.redriveCount);
  });

  it("works on a stopped execution and on one whose time was up", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", { ...WAIT, TimeoutSeconds: 5_000 });
    const arn = await world.start(machine, { name: "e" });
    await world.pass(1_000);
    await world.engine.stop(arn, "E", "C");
    expect(await world.engine.describe(arn)).toMatchObject({ status: "ABORTED", error: "E" });
    await world.engine.redrive(arn, undefined);
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    const short = await world.createMachine("short", { ...WAIT, TimeoutSeconds: 3_500 });
    const late = await world.start(short, { name: "e" });
    expect(await world.finish(late)).toBe("TIMED_OUT");
    const redrivenAt = world.clock.now();
    await world.engine.redrive(late, undefined);
    await world.pass(3_499_000);
    expect((await world.engine.describe(late))?.status).toBe("RUNNING");
    await world.pass(1_000);
    expect(await world.engine.describe(late)).toMatchObject({
      status: "TIMED_OUT",
      stoppedAt: redrivenAt + 3_500_000,
    });
  });

  it("gives a new task token; the old one means nothing any more", async () => {
    const world = await EngineWorld.open();
    const state = { Type: "Task", Resource: ACTIVITY, End: true };
    const machine = await world.createMachine("m", { StartAt: "A", States: { A: state } });
    const arn = await world.start(machine, { name: "e" });
    const { signal } = new AbortController();
    const old = await world.engine.getActivityTask(ACTIVITY, "w", signal);
    await world.engine.stop(arn, undefined, undefined);
    await world.engine.redrive(arn, undefined);
    const fresh = await world.engine.getActivityTask(ACTIVITY, "w", signal);
    if (typeof old !== "object" || typeof fresh !== "object") throw new Error("no task");
    expect(fresh.taskToken).not.toBe(old.taskToken);
    const send = (token: string) => world.engine.sendTask(token, { type: "Success", output: 1 });
    expect(await send(old.taskToken)).toBe("TaskTimedOut");
    expect(await send(fresh.taskToken)).toBe("Accepted");
    expect(await world.finish(arn)).toBe("SUCCEEDED");
  });

  it("survives that a late signal loads the execution meanwhile", async () => {
    const world = await EngineWorld.open();
    const state = { Type: "Task", Resource: ACTIVITY, End: true };
    const machine = await world.createMachine("m", { StartAt: "A", States: { A: state } });
    const arn = await world.start(machine, { name: "e" });
    const { signal } = new AbortController();
    const old = await world.engine.getActivityTask(ACTIVITY, "w", signal);
    if (typeof old !== "object") throw new Error("no task");
    await world.engine.stop(arn, undefined, undefined);
    for (let turn = 0; turn < 12; turn++) {
      const redriven = world.engine.redrive(arn, undefined);
      // The signal comes a little later every time.
      for (let wait = 0; wait < turn; wait++) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      const sent = world.engine.sendTask(old.taskToken, { type: "Success", output: 1 });
      expect(await sent).toBe("TaskTimedOut");
      expect((await redriven)?.type).toBe("Redriven");
      await world.engine.stop(arn, undefined, undefined);
    }
    expect((await world.engine.describe(arn))?.redriveCount).toBe(12);
    expect(world.errors).toEqual([]);
  });

  it("leaves memory while it waits, and comes back", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const arn = await world.start(machine, { name: "e" });
    await world.engine.stop(arn, undefined, undefined);
    await world.engine.redrive(arn, undefined);
    await world.pass(60_000);
    expect((await world.base.findExecution(machine.id, "e"))?.parkedUntil).toBeDefined();
    expect(await world.engine.describe(arn)).toMatchObject({ status: "RUNNING", redriveCount: 1 });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect((await world.engine.describe(arn))?.redriveCount).toBe(1);
  });

  it("runs the definition that the execution was started with", async () => {
    const world = await failing();
    const machine = await world.createMachine("m", TASK);
    const arn = await world.start(machine, { name: "e" });
    await world.settle();
    const before = await world.engine.describe(arn);
    await world.engine.redrive(arn, undefined);
    await world.settle();
    expect((await world.engine.describe(arn))?.revisionId).toBe(before?.revisionId);
  });

  it("is listed", async () => {
    const world = await failing();
    const arn = await failed(world);
    await world.engine.redrive(arn, undefined);
    await world.settle();
    const machine = world.catalog.machines.findEvenDeleted(
      "arn:aws:states:us-east-1:123456789012:stateMachine:m",
    )!;
    const query = { machine, status: "SUCCEEDED" as const, after: undefined, limit: 10 };
    expect(await world.engine.list(query)).toMatchObject([
      { executionArn: arn, redriveCount: 1, redrivenAt: world.clock.now() },
    ]);
  });
});
