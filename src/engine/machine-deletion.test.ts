import { describe, expect, it } from "vitest";
import { EngineWorld } from "../../test/support/engine-world.ts";
import type { StateMachine } from "./catalog/state-machine.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
const WAIT = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 86_400, End: true } } };
const TASK = { StartAt: "T", States: { T: { Type: "Task", Resource: LAMBDA, End: true } } };

/** What the API does. */
async function deleteMachine(world: EngineWorld, { arn }: StateMachine): Promise<void> {
  const deleting = await world.catalog.machines.beginDeletion(arn);
  if (deleting !== undefined) await world.engine.endExecutions(deleting);
}

function statusOf(world: EngineWorld, machine: StateMachine): string | undefined {
  return world.catalog.machines.findById(machine.id)?.status;
}

async function running(world: EngineWorld): Promise<number> {
  return (await world.base.listRunning(0, 10_000)).length;
}

describe("deleting a state machine", () => {
  it("is done at once if nothing runs", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    await deleteMachine(world, machine);
    expect(statusOf(world, machine)).toBe("DELETED");
  });

  it("ends its executions, those that are parked too, and no others", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const other = await world.createMachine("other", WAIT);
    const kept = await world.start(other);
    const parked = await world.start(machine);
    await world.pass(60_000);
    const starts = Array.from({ length: 500 }, () => world.start(machine));
    const arns = [parked, ...(await Promise.all(starts))];
    await deleteMachine(world, machine);
    expect(statusOf(world, machine)).toBe("DELETING");
    await world.settle();
    expect(statusOf(world, machine)).toBe("DELETED");
    const statuses = await Promise.all(
      arns.map(async (arn) => (await world.engine.describe(arn))?.status),
    );
    expect(new Set(statuses)).toEqual(new Set(["ABORTED"]));
    expect((await world.history(parked)).at(-1)?.type).toBe("ExecutionAborted");
    expect((await world.engine.describe(kept))?.status).toBe("RUNNING");
  });

  it("finds what was started while it began", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const started = world.start(machine);
    await deleteMachine(world, machine);
    const arn = await started;
    await world.settle();
    expect((await world.engine.describe(arn))?.status).toBe("ABORTED");
    expect(statusOf(world, machine)).toBe("DELETED");
  });

  it("lets nothing start any more, also in a machine of the name that comes later", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const express = await world.createMachine("x", WAIT, "EXPRESS");
    await deleteMachine(world, machine);
    await deleteMachine(world, express);
    await world.createMachine("m", WAIT);
    for (const gone of [machine, express]) {
      expect(await world.engine.start(world.request(gone, { name: "e" }))).toEqual({
        type: "MachineGone",
      });
    }
    expect(await running(world)).toBe(0);
  });

  it("goes on after a crash and while the store is away", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    await Promise.all(Array.from({ length: 300 }, () => world.start(machine)));
    await world.catalog.machines.beginDeletion(machine.arn);
    world.crash();
    await world.open();
    world.store.isDown = true;
    await world.pass(5_000);
    expect(statusOf(world, machine)).toBe("DELETING");
    world.store.isDown = false;
    await world.pass(120_000);
    expect(statusOf(world, machine)).toBe("DELETED");
    expect(await running(world)).toBe(0);
    expect(world.errors).toEqual([]);
  });

  it("ends EXPRESS executions", async () => {
    const world = await EngineWorld.open();
    world.worker = () => {};
    const machine = await world.createMachine("x", TASK, "EXPRESS");
    const answer = world.engine.startSync(world.request(machine));
    await world.start(machine);
    await world.settle();
    await deleteMachine(world, machine);
    expect(await answer).toMatchObject({ status: "ABORTED" });
    expect(statusOf(world, machine)).toBe("DELETED");
    await world.settle();
    expect(await running(world)).toBe(0);
  });
});

describe("the quota on open executions", () => {
  it("refuses further ones until one ends, also after a restart", async () => {
    const world = await EngineWorld.open({ limits: { openExecutions: 2 } });
    const machine = await world.createMachine("m", WAIT);
    const request = world.request(machine, { name: "e" });
    const started = await world.engine.start(request);
    const arn = await world.start(machine);
    const refused = { type: "TooManyOpen", limit: 2 };
    expect(await world.engine.start(world.request(machine))).toEqual(refused);
    // It runs already.
    expect(await world.engine.start(request)).toEqual(started);
    await world.pass(60_000);
    await world.restart();
    expect(await world.engine.start(world.request(machine))).toEqual(refused);
    await world.engine.stop(arn, undefined, undefined);
    await world.start(machine);
    expect(await world.engine.start(world.request(machine))).toEqual(refused);
  });

  it("does not count what was lost or is over", async () => {
    const world = await EngineWorld.open({ limits: { openExecutions: 1 } });
    const machine = await world.createMachine("m", TASK);
    for (let count = 0; count < 3; count++) {
      await world.start(machine);
      await world.settle();
    }
    world.store.isDown = true;
    await expect(world.start(machine)).rejects.toThrow("the disk is full");
    world.store.isDown = false;
    expect(await world.start(machine)).toBeDefined();
  });
});
