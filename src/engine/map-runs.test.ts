/** Map Runs in the engine: children, restarts, stops. */
import { describe, expect, it } from "vitest";
import { EngineWorld, lines, STARTED_AT } from "../../test/support/engine-world.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import type { MapRunDescription } from "./map-run-service.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
const TASK = {
  StartAt: "T",
  States: { T: { Type: "Task", Resource: LAMBDA, End: true } },
};
const WAIT = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 100, End: true } } };

function definition(fields: object = {}, processor: object = TASK, type = "STANDARD"): object {
  const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: type };
  const ItemProcessor = { ProcessorConfig, ...processor };
  const M = { Type: "Map", Label: "L", ItemProcessor, End: true, ...fields };
  return { StartAt: "M", States: { M } };
}

/** A call's result after a second: its input, doubled. */
function doubling(world: EngineWorld): void {
  world.worker = (call, report, clock) =>
    clock.schedule(clock.now() + 1_000, () => {
      report.started();
      report.succeeded(Number(call.parameters) * 2);
    });
}

async function output(world: EngineWorld, arn: string): Promise<string | undefined> {
  return (await world.engine.describe(arn))?.output;
}

async function onlyRun(world: EngineWorld, arn: string): Promise<MapRunDescription> {
  const runs = await world.engine.mapRuns.list(arn);
  expect(runs).toHaveLength(1);
  return runs![0]!;
}

function children(world: EngineWorld, mapRunArn: string) {
  const query = { status: undefined, isRedriven: undefined, after: undefined, limit: 100 };
  return world.engine.mapRuns.children(mapRunArn, query).then((page) => page?.children);
}

describe("a Map Run", () => {
  it("runs its children as executions of their own", async () => {
    const world = await EngineWorld.open();
    doubling(world);
    const machine = await world.createMachine("m", definition({ MaxConcurrency: 1 }));
    const arn = await world.start(machine, { name: "e", input: "[1,2,3]" });
    await world.pass(1_500);
    const running = await onlyRun(world, arn);
    expect(running).toMatchObject({
      executionArn: arn,
      stateMachineArn: `${machine.arn}/L`,
      status: "RUNNING",
      stoppedAt: undefined,
      settings: { maxConcurrency: 1 },
      itemCounts: { pending: 1, running: 1, succeeded: 1, total: 3, resultsWritten: 0 },
    });
    expect(running.mapRunArn).toMatch(
      /^arn:aws:states:us-east-1:123456789012:mapRun:m\/L:[\da-f-]{36}$/,
    );
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect(await output(world, arn)).toBe("[2,4,6]");
    expect(lines(await world.history(arn)).slice(3)).toEqual([
      "4<3 MapRunStarted",
      "5<4 MapRunSucceeded",
      "6<5 MapStateSucceeded",
      "7<5 MapStateExited",
      "8<7 ExecutionSucceeded",
    ]);
    const done = await onlyRun(world, arn);
    expect(done).toMatchObject({ status: "SUCCEEDED", stoppedAt: STARTED_AT + 3_000 });
    expect(done.executionCounts).toMatchObject({ succeeded: 3, total: 3, resultsWritten: 3 });
    expect(await world.engine.mapRuns.describe(done.mapRunArn)).toEqual(done);
  });

  it("is described while its parent waits for the disk", async () => {
    const world = await EngineWorld.open();
    doubling(world);
    const machine = await world.createMachine("m", definition({ MaxConcurrency: 1 }));
    const arn = await world.start(machine, { input: "[1,2,3]" });
    await world.pass(1_500);
    const { mapRunArn } = await onlyRun(world, arn);
    let reads = 0;
    const { readJournal } = world.store;
    world.store.readJournal = (...range) => {
      reads++;
      return readJournal.call(world.store, ...range);
    };
    let open = (): void => {};
    world.store.gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const none = { toleratedFailureCount: undefined, toleratedFailurePercentage: undefined };
    const updated = world.engine.mapRuns.update(mapRunArn, { maxConcurrency: 2, ...none });
    await world.settle();
    const run = await world.engine.mapRuns.describe(mapRunArn);
    expect(run).toMatchObject({ status: "RUNNING", itemCounts: { succeeded: 1 } });
    expect(reads).toBe(0);
    world.store.gate = undefined;
    open();
    expect(await updated).toBe("Updated");
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    await world.engine.mapRuns.describe(mapRunArn);
    const before = reads;
    await world.engine.mapRuns.describe(mapRunArn);
    expect(reads).toBe(before);
  });

  it("tells its children apart from other executions", async () => {
    const world = await EngineWorld.open();
    doubling(world);
    const machine = await world.createMachine("m", definition());
    const arn = await world.start(machine, { name: "e", input: "[1,2]" });
    await world.finish(arn);
    const page = { machine, status: undefined, after: undefined, limit: 10 };
    expect((await world.engine.list(page)).map(({ name }) => name)).toEqual(["e"]);
    const { mapRunArn } = await onlyRun(world, arn);
    const found = await children(world, mapRunArn);
    expect(found).toHaveLength(2);
    for (const restart of [false, true]) {
      if (restart) await world.restart();
      for (const { executionArn, name, itemCount } of found!) {
        expect(itemCount).toBe(1);
        expect(executionArn).toBe(`arn:aws:states:us-east-1:123456789012:execution:m/L:${name}`);
        const described = await world.engine.describe(executionArn);
        expect(described).toMatchObject({
          executionArn,
          stateMachineArn: `${machine.arn}/L`,
          name,
          status: "SUCCEEDED",
          child: { mapRunArn, label: "L", pointer: "/States/M" },
        });
        const history = await world.history(executionArn);
        expect(history.map(({ type }) => type)).toEqual([
          "ExecutionStarted",
          "TaskStateEntered",
          "LambdaFunctionScheduled",
          "LambdaFunctionStarted",
          "LambdaFunctionSucceeded",
          "TaskStateExited",
          "ExecutionSucceeded",
        ]);
      }
    }
    const [first] = found!;
    const foreign = first!.executionArn.replace("m/L", "m/K");
    expect(await world.engine.describe(foreign)).toBeUndefined();
    expect(await world.engine.mapRuns.describe(mapRunArn.replace("/L", "/K"))).toBeUndefined();
    expect(await world.engine.redrive(first!.executionArn, undefined)).toMatchObject({
      type: "NotRedrivable",
    });
  });

  it("gives children a context object of their own", async () => {
    const world = await EngineWorld.open();
    const processor = {
      StartAt: "C",
      States: { C: { Type: "Pass", Parameters: { "context.$": "$$" }, End: true } },
    };
    const machine = await world.createMachine("m", definition({}, processor));
    const arn = await world.start(machine, { input: "[7]" });
    await world.finish(arn);
    const [{ context }] = JSON.parse((await output(world, arn))!) as [{ context: object }];
    const [child] = (await children(world, (await onlyRun(world, arn)).mapRunArn))!;
    expect(context).toMatchObject({
      Execution: { Id: child!.executionArn, Input: 7, Name: child!.name, RedriveCount: 0 },
      StateMachine: { Id: `${machine.arn}/L`, Name: "m" },
      State: { Name: "C" },
    });
    expect(context).not.toHaveProperty("Map");
  });

  it.each(["STANDARD", "EXPRESS"])("runs %s children in Map Runs inside Map Runs", async (type) => {
    const world = await EngineWorld.open();
    doubling(world);
    const inner = definition({ Label: "Inner" }, TASK, type) as { States: { M: object } };
    const renamed = { StartAt: "N", States: { N: inner.States.M } };
    const machine = await world.createMachine("m", definition({ MaxConcurrency: 2 }, renamed));
    const arn = await world.start(machine, { input: "[[1,2],[3],[]]" });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect(await output(world, arn)).toBe("[[2,4],[6],[]]");
    const { mapRunArn } = await onlyRun(world, arn);
    const last = (await children(world, mapRunArn))!.at(-1)!;
    const nested = await onlyRun(world, last.executionArn);
    expect(nested.stateMachineArn).toBe(`${machine.arn}/Inner`);
    expect(await children(world, nested.mapRunArn)).toHaveLength(2);
    expect(world.errors).toEqual([]);
  });

  it("fails when a child fails, and stops the others", async () => {
    const world = await EngineWorld.open();
    world.worker = (call, report, clock) =>
      clock.schedule(clock.now() + Number(call.parameters), () =>
        call.parameters === 10 ? report.failed("E", "C") : report.succeeded({}),
      );
    const machine = await world.createMachine("m", definition());
    const arn = await world.start(machine, { input: "[5,10,1000]" });
    await world.pass(100);
    expect((await world.engine.describe(arn))?.error).toBe(
      "States.ExceedToleratedFailureThreshold",
    );
    const run = await onlyRun(world, arn);
    expect(run).toMatchObject({
      status: "FAILED",
      itemCounts: { pending: 0, succeeded: 1, failed: 1, aborted: 1 },
    });
    const statuses = (await children(world, run.mapRunArn))!.map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(["ABORTED", "FAILED", "SUCCEEDED"]);
  });

  it.each(["STANDARD", "EXPRESS"])("ends %s children with their parent", async (type) => {
    const world = await EngineWorld.open();
    const definitionWithEnd = { ...definition({}, WAIT, type), TimeoutSeconds: 50 };
    const machine = await world.createMachine("m", definitionWithEnd);
    const stopped = await world.start(machine, { input: "[1,2]" });
    const timedOut = await world.start(machine, { input: "[1,2]" });
    await world.pass(10_000);
    await world.engine.stop(stopped, undefined, undefined);
    expect(await world.finish(timedOut)).toBe("TIMED_OUT");
    await world.settle();
    for (const arn of [stopped, timedOut]) {
      const run = await onlyRun(world, arn);
      expect(run).toMatchObject({ status: "ABORTED", executionCounts: { aborted: 2 } });
      const found = (await children(world, run.mapRunArn))!;
      expect(found.map(({ status }) => status)).toEqual(["ABORTED", "ABORTED"]);
    }
    expect(world.clock.nextAlarm).toBeGreaterThan(0);
    expect(await world.store.listRunning(0, 10)).toEqual([]);
  });

  it("counts a child that a client stops as failed", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", definition({ ToleratedFailureCount: 1 }, WAIT));
    const arn = await world.start(machine, { input: "[1,2]" });
    await world.settle();
    const { mapRunArn } = await onlyRun(world, arn);
    const [child] = (await children(world, mapRunArn))!;
    await world.engine.stop(child!.executionArn, undefined, undefined);
    await world.settle();
    expect((await onlyRun(world, arn)).itemCounts).toMatchObject({ running: 1, aborted: 1 });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
  });

  it("takes new settings, but not when it is over", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", definition({ MaxConcurrency: 1 }, WAIT));
    const arn = await world.start(machine, { input: "[1,2,3]" });
    await world.settle();
    const { mapRunArn } = await onlyRun(world, arn);
    const none = { toleratedFailureCount: undefined, toleratedFailurePercentage: undefined };
    const update = { maxConcurrency: 3, ...none };
    expect(await world.engine.mapRuns.update(mapRunArn, update)).toBe("Updated");
    await world.restart();
    await world.settle();
    const run = await onlyRun(world, arn);
    expect(run.settings.maxConcurrency).toBe(3);
    expect(run.itemCounts.running).toBe(3);
    await world.finish(arn);
    expect(await world.engine.mapRuns.update(mapRunArn, update)).toBe("Completed");
    expect(
      await world.engine.mapRuns.update(`${mapRunArn.slice(0, -3)}000`, update),
    ).toBeUndefined();
  });

  it("does not grow its parent's journal with the events of the children", async () => {
    const world = await EngineWorld.open();
    doubling(world);
    const machine = await world.createMachine("m", definition());
    const arn = await world.start(machine, {
      name: "e",
      input: JSON.stringify(Array.from({ length: 200 }, (_, index) => index)),
    });
    await world.finish(arn);
    const record = await world.store.findExecution(machine.id, "e");
    const rows = await world.store.readJournal(record!.id, 0, 10_000);
    const length = rows.reduce((sum, { body }) => sum + body.length, 0);
    expect(length).toBeLessThan(200 * 60 + 2_000);
  });
});

describe("a crash in a Map Run", () => {
  /** How often each item was worked on, and the answer. */
  async function crashAt(
    fate: "crash before" | "crash after" | "unavailable",
    commit: number,
    type: "STANDARD" | "EXPRESS",
  ): Promise<{ commits: number; calls: number }> {
    const world = await EngineWorld.open();
    world.worker = (call, report, clock) =>
      clock.schedule(clock.now() + 1_000 + 100 * Number(call.parameters), () =>
        report.succeeded(Number(call.parameters) * 2),
      );
    const machine: StateMachine = await world.createMachine(
      "m",
      definition({ MaxConcurrency: 2 }, TASK, type),
    );
    const before = world.store.commits;
    world.store.fateOf = (number) => (number === before + commit ? fate : "ok");
    const start = world.engine.start(world.request(machine, { name: "e", input: "[1,2,3,4]" }));
    await world.unlessDead(start.catch(() => undefined));
    const arn = `arn:aws:states:us-east-1:123456789012:execution:m:e`;
    await world.pass(10_000);
    let { commits } = world.store;
    commits -= before;
    if (world.store.isCut) {
      await world.restart();
    }
    // Nobody was told that it started if the first commit was lost: the client tries again.
    if ((await world.engine.describe(arn)) === undefined) {
      await world.start(machine, { name: "e", input: "[1,2,3,4]" });
    }
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect(await output(world, arn)).toBe("[2,4,6,8]");
    const run = await onlyRun(world, arn);
    expect(run.itemCounts).toMatchObject({ succeeded: 4, failed: 0, aborted: 0, total: 4 });
    const found = (await children(world, run.mapRunArn))!;
    const all = Array.from({ length: 4 }, () => "SUCCEEDED");
    expect(found.map(({ status }) => status)).toEqual(all);
    expect(world.errors).toEqual([]);
    expect(await world.store.listRunning(0, 10)).toEqual([]);
    return { commits, calls: world.calls.length };
  }

  it.each([
    ["crash before", "STANDARD"],
    ["crash after", "STANDARD"],
    ["unavailable", "STANDARD"],
    ["crash before", "EXPRESS"],
    ["crash after", "EXPRESS"],
    ["unavailable", "EXPRESS"],
  ] as const)("changes nothing: %s, %s", async (fate, type) => {
    const { commits } = await crashAt(fate, 1_000, type);
    expect(commits).toBeGreaterThan(4);
    for (let commit = 1; commit <= commits; commit++) {
      const { calls } = await crashAt(fate, commit, type);
      // Two children run at a time: only what was under way is done again.
      expect(calls).toBeLessThanOrEqual(6);
    }
  });

  it("ends children whose parent was stopped just before", async () => {
    for (let commit = 1; commit <= 4; commit++) {
      const world = await EngineWorld.open();
      const machine = await world.createMachine("m", definition({}, WAIT));
      const arn = await world.start(machine, { input: "[1,2]" });
      await world.settle();
      const before = world.store.commits;
      world.store.fateOf = (number) => (number === before + commit ? "crash after" : "ok");
      await world.unlessDead(world.engine.stop(arn, undefined, undefined));
      await world.settle();
      await world.restart();
      await world.settle();
      expect((await world.engine.describe(arn))?.status).toBe("ABORTED");
      expect(await world.store.listRunning(0, 10)).toEqual([]);
    }
  });

  it("finds parked children again", async () => {
    const world = await EngineWorld.open();
    const wait = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 3_600, End: true } } };
    const machine = await world.createMachine("m", definition({}, wait));
    const arn = await world.start(machine, { input: "[1,2]" });
    await world.pass(60_000);
    await world.restart();
    await world.pass(60_000);
    expect((await onlyRun(world, arn)).itemCounts.running).toBe(2);
    expect(await world.finish(arn)).toBe("SUCCEEDED");
  });
});
