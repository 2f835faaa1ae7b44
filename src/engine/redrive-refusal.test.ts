import { describe, expect, it } from "vitest";
import { EngineWorld } from "../../test/support/engine-world.ts";
import { decodeDetails } from "./execution-details.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
const TASK = { StartAt: "T", States: { T: { Type: "Task", Resource: LAMBDA, End: true } } };
const FAIL = { StartAt: "F", States: { F: { Type: "Fail", Error: "E" } } };
const WAIT = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 3_600, End: true } } };
const DAY = 24 * 60 * 60 * 1_000;

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

const reasonOf = async (world: EngineWorld, arn: string): Promise<string | undefined> => {
  const result = await world.engine.redrive(arn, undefined);
  const described = (await world.engine.describe(arn))?.notRedrivable;
  if (result?.type !== "NotRedrivable") return result?.type;
  expect(described).toBe(result.reason);
  return result.reason;
};

describe("client tokens", () => {
  it("get the first date again, whatever became of the execution", async () => {
    const world = await failing(2);
    const arn = await failed(world);
    const first = await world.engine.redrive(arn, "A");
    await world.pass(1_000);
    expect((await world.engine.describe(arn))?.status).toBe("FAILED");
    expect(await world.engine.redrive(arn, "A")).toEqual(first);
    const second = await world.engine.redrive(arn, "B");
    expect(second).not.toEqual(first);
    await world.settle();
    await world.restart();
    expect(await world.engine.redrive(arn, "A")).toEqual(first);
    expect(await world.engine.redrive(arn, "B")).toEqual(second);
    expect((await world.engine.redrive(arn, "C"))?.type).toBe("NotRedrivable");
    expect(await world.engine.describe(arn)).toMatchObject({ redriveCount: 2 });
  });

  it("are not used up by a refusal", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const arn = await world.start(machine, { name: "e" });
    expect((await world.engine.redrive(arn, "A"))?.type).toBe("NotRedrivable");
    await world.engine.stop(arn, undefined, undefined);
    expect((await world.engine.redrive(arn, "A"))?.type).toBe("Redriven");
  });

  it("are forgotten after 15 minutes, and when ten newer ones came", async () => {
    const world = await EngineWorld.open();
    const arn = await failed(world, FAIL);
    const redrive = async (token: string) => {
      const result = await world.engine.redrive(arn, token);
      await world.settle();
      return result;
    };
    const first = await redrive("0");
    await world.pass(1_000);
    for (let token = 1; token <= 9; token++) {
      await redrive(String(token));
    }
    expect(await redrive("0")).toEqual(first);
    await redrive("10");
    expect(await redrive("0")).not.toEqual(first);
    const tenth = await redrive("10");
    expect((await world.engine.describe(arn))?.redriveCount).toBe(12);
    await world.pass(15 * 60 * 1_000);
    expect(await redrive("10")).not.toEqual(tenth);
    const id = world.catalog.machines.findEvenDeleted(
      "arn:aws:states:us-east-1:123456789012:stateMachine:m",
    )!.id;
    const record = await world.base.findExecution(id, "e");
    expect(decodeDetails(record!.details).redrives?.requests).toHaveLength(1);
  });
});

describe("an execution cannot be redriven", () => {
  it("that does not exist", async () => {
    const world = await EngineWorld.open();
    const arn = "arn:aws:states:us-east-1:123456789012:execution:m:e";
    expect(await world.engine.redrive(arn, undefined)).toBeUndefined();
  });

  it("that runs or succeeded", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const arn = await world.start(machine, { name: "e" });
    expect(await reasonOf(world, arn)).toBe("Execution is RUNNING and cannot be redriven");
    await world.pass(60_000);
    expect(await reasonOf(world, arn)).toBe("Execution is RUNNING and cannot be redriven");
    await world.finish(arn);
    expect(await reasonOf(world, arn)).toBe("Execution is SUCCEEDED and cannot be redriven");
  });

  it("more than 14 days after its end", async () => {
    const world = await EngineWorld.open();
    const arn = await failed(world, FAIL);
    world.clock.moveTo(world.clock.now() + 14 * DAY);
    expect(await reasonOf(world, arn)).toBe("Redriven");
    await world.settle();
    world.clock.moveTo(world.clock.now() + 14 * DAY + 1);
    expect(await reasonOf(world, arn)).toBe("Execution redrivable period exceeded");
  });

  it("more than a year after its start", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", {
      StartAt: "W",
      States: { W: { Type: "Wait", Seconds: 99_999_999, End: true } },
    });
    const arn = await world.start(machine, { name: "e" });
    world.clock.moveTo(world.clock.now() + 366 * DAY);
    await world.settle();
    await world.engine.stop(arn, undefined, undefined);
    expect(await reasonOf(world, arn)).toBe("Execution has exceeded the max execution time");
  });

  it("whose history is full", async () => {
    const world = await EngineWorld.open();
    world.limits = { ...world.limits, execution: { ...world.limits.execution, historyEvents: 6 } };
    await world.restart();
    const arn = await failed(world, FAIL);
    expect(await reasonOf(world, arn)).toBe("Redriven");
    await world.settle();
    expect(await reasonOf(world, arn)).toBe("Execution history event limit exceeded");
  });

  it("whose state machine is deleted, also if there is a new one of the name", async () => {
    const world = await EngineWorld.open();
    const arn = await failed(world, FAIL);
    const machineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    const machine = await world.catalog.machines.beginDeletion(machineArn);
    expect(await reasonOf(world, arn)).toBe("State machine is in DELETING status");
    await world.engine.endExecutions(machine!);
    expect(await reasonOf(world, arn)).toBe("State machine is in DELETING status");
    await world.pass(1_000);
    await world.createMachine("m", TASK);
    expect(await reasonOf(world, arn)).toBe("State machine is in DELETING status");
  });

  it("while as many run as are allowed", async () => {
    const world = await EngineWorld.open({ limits: { openExecutions: 1 } });
    const arn = await failed(world, FAIL);
    const other = await world.createMachine("other", WAIT);
    const running = await world.start(other, { name: "e" });
    expect(await world.engine.redrive(arn, undefined)).toEqual({ type: "TooManyOpen", limit: 1 });
    await world.engine.stop(running, undefined, undefined);
    expect((await world.engine.redrive(arn, undefined))?.type).toBe("Redriven");
    await world.settle();
    expect((await world.engine.redrive(running, undefined))?.type).toBe("Redriven");
    expect((await world.engine.redrive(arn, undefined))?.type).toBe("TooManyOpen");
  });
});
