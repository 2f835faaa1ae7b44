/** Redriving Map Runs in the engine: which children run again, what is shown meanwhile, crashes. */
import { describe, expect, it } from "vitest";
import { EngineWorld, lines } from "../../test/support/engine-world.ts";
import { FakeItems, FakeResults } from "../../test/support/fake-data.ts";
import type { ExecutionSummary } from "./execution-service.ts";
import type { ChildrenQuery, MapRunDescription } from "./map-run-service.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
/** Two states, so that a redrive shows where it goes on. */
const PROCESSOR = {
  StartAt: "P",
  States: {
    P: { Type: "Pass", Next: "T" },
    T: { Type: "Task", Resource: LAMBDA, End: true },
  },
};
const TYPES = ["STANDARD", "EXPRESS"] as const;
type ChildType = (typeof TYPES)[number];

function definition(type: ChildType, fields: object = {}): object {
  const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: type };
  const ItemProcessor = { ProcessorConfig, ...PROCESSOR };
  const M = { Type: "Map", Label: "L", ItemProcessor, End: true, ...fields };
  return { StartAt: "S", States: { S: { Type: "Pass", Next: "M" }, M } };
}

/** Calls take a second; those with the inputs in `failing` fail. */
function working(world: EngineWorld, failing: ReadonlySet<unknown>): void {
  world.worker = (call, report, clock) =>
    clock.schedule(clock.now() + 1_000, () =>
      failing.has(call.parameters)
        ? report.failed("E", "C")
        : report.succeeded(Number(call.parameters) * 2),
    );
}

async function onlyRun(world: EngineWorld, arn: string): Promise<MapRunDescription> {
  const runs = await world.engine.mapRuns.list(arn);
  expect(runs).toHaveLength(1);
  return runs![0]!;
}

async function children(
  world: EngineWorld,
  arn: string,
  query: Partial<ChildrenQuery> = {},
): Promise<readonly ExecutionSummary[]> {
  const { mapRunArn } = await onlyRun(world, arn);
  const all = { status: undefined, isRedriven: undefined, after: undefined, limit: 100, ...query };
  const page = (await world.engine.mapRuns.children(mapRunArn, all))!;
  expect(page.more).toBeUndefined();
  return page.children;
}

async function redrive(world: EngineWorld, arn: string): Promise<void> {
  expect(await world.engine.redrive(arn, undefined)).toMatchObject({ type: "Redriven" });
}

describe.each(TYPES)("a Map Run with %s children that is redriven", (type) => {
  it("runs again only what did not succeed", async () => {
    const world = await EngineWorld.open();
    const failing = new Set<unknown>([2]);
    working(world, failing);
    const machine = await world.createMachine("m", definition(type, { MaxConcurrency: 2 }));
    const arn = await world.start(machine, { input: "[1,2,3,4]" });
    expect(await world.finish(arn)).toBe("FAILED");
    const before = await onlyRun(world, arn);
    expect(before).toMatchObject({ status: "FAILED", redriveCount: 0, redrivenAt: undefined });
    expect(before.itemCounts).toMatchObject({ succeeded: 1, failed: 1, pending: 2, total: 4 });
    failing.clear();
    world.calls.length = 0;
    await world.pass(5_000);
    await redrive(world, arn);
    await world.settle();
    expect(await onlyRun(world, arn)).toMatchObject({
      status: "RUNNING",
      stoppedAt: undefined,
      redriveCount: 1,
      redrivenAt: world.clock.now(),
      itemCounts: { succeeded: 1, failed: 0, running: 2, pending: 1, resultsWritten: 0 },
    });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect((await world.engine.describe(arn))?.output).toBe("[2,4,6,8]");
    expect(world.calls.map(({ parameters }) => parameters).toSorted()).toEqual([2, 3, 4]);
    const after = await onlyRun(world, arn);
    expect(after).toMatchObject({ mapRunArn: before.mapRunArn, status: "SUCCEEDED" });
    expect(after.itemCounts).toMatchObject({ succeeded: 4, total: 4, resultsWritten: 4 });
    const types = lines(await world.history(arn)).slice(8);
    expect(types.slice(1, 4)).toEqual([
      "10<9 ExecutionRedriven",
      "11<5 MapRunRedriven",
      "12<11 MapRunSucceeded",
    ]);
    expect(world.errors).toEqual([]);
  });

  it("shows what waits for its redrive", async () => {
    const world = await EngineWorld.open();
    const failing = new Set<unknown>([1, 2, 3]);
    working(world, failing);
    const fields = { ToleratedFailureCount: 2 };
    const machine = await world.createMachine("m", definition(type, fields));
    const arn = await world.start(machine, { input: "[1,2,3,4]" });
    expect(await world.finish(arn)).toBe("FAILED");
    expect(await children(world, arn, { isRedriven: true })).toEqual([]);
    const { mapRunArn } = await onlyRun(world, arn);
    const one = { maxConcurrency: 1, toleratedFailureCount: undefined };
    failing.clear();
    await redrive(world, arn);
    const changes = { ...one, toleratedFailurePercentage: undefined };
    expect(await world.engine.mapRuns.update(mapRunArn, changes)).toBe("Updated");
    await world.settle();
    await world.engine.stop(arn, undefined, undefined);
    await world.settle();
    await redrive(world, arn);
    await world.settle();
    const run = await onlyRun(world, arn);
    expect(run.redriveCount).toBe(2);
    expect(run.itemCounts).toMatchObject({ running: 1, pendingRedrive: 2, total: 4, aborted: 0 });
    const pending = await children(world, arn, { status: "PENDING_REDRIVE" });
    expect(pending).toHaveLength(2);
    expect(pending.every(({ isPendingRedrive }) => isPendingRedrive)).toBe(true);
    const described = await world.engine.describe(pending[0]!.executionArn);
    expect(described?.child?.isPendingRedrive).toBe(true);
    expect(await children(world, arn, { status: "RUNNING" })).toHaveLength(1);
    expect(await children(world, arn, { status: "SUCCEEDED" })).toHaveLength(1);
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    const redriven = await children(world, arn, { isRedriven: true });
    expect(redriven.length).toBe(3);
    expect(await children(world, arn, { isRedriven: false })).toHaveLength(1);
    expect(await children(world, arn, { status: "PENDING_REDRIVE" })).toEqual([]);
    expect(world.errors).toEqual([]);
  });

  it("goes on with its items and its result files", async () => {
    const world = new EngineWorld();
    const items = new FakeItems([1, 2, 3, 4]);
    const results = new FakeResults();
    world.itemSources = items;
    world.resultWriters = results;
    await world.open();
    const failing = new Set<unknown>([2]);
    working(world, failing);
    const fields = {
      MaxConcurrency: 1,
      ItemReader: { Resource: "arn:aws:states:::s3:getObject", Parameters: {} },
      ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "out" } },
    };
    const arn = await world.start(await world.createMachine("m", definition(type, fields)));
    expect(await world.finish(arn)).toBe("FAILED");
    failing.clear();
    await redrive(world, arn);
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    const [first, second] = [...results.written.entries()];
    expect(first![1].results.map(({ status }) => status)).toEqual([
      "SUCCEEDED",
      "FAILED",
      "PENDING",
      "PENDING",
    ]);
    expect(second![0]).toContain("/Redrive-1/manifest.json");
    expect(second![1].target.redriveCount).toBe(1);
    // Recorded from AWS: only what ran in this attempt.
    expect(second![1].results.map(({ input, redriveCount }) => [input, redriveCount])).toEqual([
      [2, 1],
      [3, 0],
      [4, 0],
    ]);
    expect(world.errors).toEqual([]);
  });

  it("goes on after its execution was stopped or timed out", async () => {
    const world = await EngineWorld.open();
    working(world, new Set());
    const timed = { ...definition(type), TimeoutSeconds: 1 };
    const machine = await world.createMachine("m", timed);
    world.worker = (call, report, clock) =>
      clock.schedule(clock.now() + Number(call.parameters), () => report.succeeded(1));
    const arn = await world.start(machine, { input: "[10,5000]" });
    expect(await world.finish(arn)).toBe("TIMED_OUT");
    world.worker = (_call, report) => report.succeeded(2);
    await redrive(world, arn);
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect((await world.engine.describe(arn))?.output).toBe("[1,2]");
    expect(world.errors).toEqual([]);
  });
});

describe("children of a redriven Map Run", () => {
  it("are redriven like executions if they are STANDARD", async () => {
    const world = await EngineWorld.open();
    const failing = new Set<unknown>([1]);
    working(world, failing);
    const machine = await world.createMachine("m", definition("STANDARD"));
    const arn = await world.start(machine, { input: "[1,2]" });
    await world.finish(arn);
    failing.clear();
    await redrive(world, arn);
    await world.finish(arn);
    const [child] = await children(world, arn, { isRedriven: true });
    expect(child).toMatchObject({ redriveCount: 1, status: "SUCCEEDED" });
    expect(lines(await world.history(child!.executionArn)).slice(3)).toEqual([
      "4<3 TaskStateEntered",
      "5<4 LambdaFunctionScheduled",
      "6<5 LambdaFunctionStarted",
      "7<6 LambdaFunctionFailed",
      "8<7 ExecutionFailed",
      "9<8 ExecutionRedriven",
      "10<4 LambdaFunctionScheduled",
      "11<10 LambdaFunctionStarted",
      "12<11 LambdaFunctionSucceeded",
      "13<12 TaskStateExited",
      "14<13 ExecutionSucceeded",
    ]);
  });

  it("start again with the same ARN if they are EXPRESS", async () => {
    const world = await EngineWorld.open();
    const failing = new Set<unknown>([1]);
    working(world, failing);
    const machine = await world.createMachine("m", definition("EXPRESS"));
    const arn = await world.start(machine, { input: "[1]" });
    await world.finish(arn);
    const [before] = await children(world, arn);
    expect(before).toMatchObject({ status: "FAILED", redriveCount: 0 });
    expect(before!.name).toBe(before!.executionArn.split(":").slice(-2).join(":"));
    failing.clear();
    await world.pass(60_000);
    await redrive(world, arn);
    await world.pass(500);
    expect(await world.engine.describe(before!.executionArn)).toMatchObject({
      status: "RUNNING",
      stoppedAt: undefined,
      output: undefined,
    });
    const restartedAt = world.clock.now() - 500;
    await world.finish(arn);
    await world.restart();
    const [after] = await children(world, arn);
    expect(after).toMatchObject({
      executionArn: before!.executionArn,
      status: "SUCCEEDED",
      redriveCount: 1,
      redrivenAt: undefined,
      startedAt: restartedAt,
    });
    expect(await world.engine.describe(after!.executionArn)).toMatchObject({
      name: after!.name,
      input: "1",
      output: "2",
      error: undefined,
      startedAt: restartedAt,
      redriveCount: 1,
      redrivenAt: undefined,
    });
  });

  it("see in their context how often they were redriven", async () => {
    for (const type of TYPES) {
      const world = await EngineWorld.open();
      world.worker = (_call, report) => report.failed("E", "C");
      const T = {
        Type: "Task",
        Resource: LAMBDA,
        Parameters: { "in.$": "$$.Execution" },
        End: true,
      };
      const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: type };
      const ItemProcessor = { ProcessorConfig, StartAt: "T", States: { T } };
      const M = { Type: "Map", Label: "L", ItemProcessor, End: true };
      const machine = await world.createMachine("m", { StartAt: "M", States: { M } });
      const arn = await world.start(machine, { input: "[1]" });
      await world.finish(arn);
      await redrive(world, arn);
      await world.finish(arn);
      const [first, second] = world.calls.map(({ parameters }) => parameters as { in: object });
      expect(first!.in).toMatchObject({ RedriveCount: 0 });
      expect(second!.in).toMatchObject({ RedriveCount: 1 });
      // Recorded from AWS: those that start again have none.
      expect("RedriveTime" in second!.in).toBe(type === "STANDARD");
    }
  });

  it("stay failed if they are too old to be redriven", async () => {
    const world = await EngineWorld.open();
    const failing = new Set<unknown>([1]);
    working(world, failing);
    const fields = { ToleratedFailureCount: 1, MaxConcurrency: 1 };
    const machine = await world.createMachine("m", definition("STANDARD", fields));
    world.worker = (call, report, clock) =>
      clock.schedule(clock.now() + (call.parameters === 2 ? 15 * 86_400_000 : 1_000), () =>
        failing.has(call.parameters) ? report.failed("E", "C") : report.succeeded(0),
      );
    const arn = await world.start(machine, { input: "[1,2,3]" });
    await world.pass(14 * 86_400_000);
    await world.engine.stop(arn, undefined, undefined);
    await world.pass(86_400_000);
    failing.clear();
    world.worker = (_call, report) => report.succeeded(7);
    await redrive(world, arn);
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect((await world.engine.describe(arn))?.output).toBe("[7,7]");
    const { executionCounts } = await onlyRun(world, arn);
    expect(executionCounts).toMatchObject({ succeeded: 2, failed: 1, failuresNotRedrivable: 1 });
    expect(world.errors).toEqual([]);
  });
});

describe("a crash while a Map Run is redriven", () => {
  async function crashAt(
    fate: "crash before" | "crash after" | "unavailable",
    commit: number,
    type: ChildType,
  ): Promise<number> {
    const world = await EngineWorld.open();
    const failing = new Set<unknown>([2, 3]);
    working(world, failing);
    const fields = { MaxConcurrency: 2, ToleratedFailureCount: 1 };
    const machine = await world.createMachine("m", definition(type, fields));
    const arn = await world.start(machine, { input: "[1,2,3,4,5]" });
    expect(await world.finish(arn)).toBe("FAILED");
    failing.clear();
    world.calls.length = 0;
    const before = world.store.commits;
    world.store.fateOf = (number) => (number === before + commit ? fate : "ok");
    const redriven = world.engine.redrive(arn, "token").catch(() => undefined);
    await world.unlessDead(redriven);
    await world.pass(10_000);
    const commits = world.store.commits - before;
    if (world.store.isCut) await world.restart();
    const again = await world.engine.redrive(arn, "token");
    if (again?.type !== "Redriven")
      expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect((await world.engine.describe(arn))?.output).toBe("[2,4,6,8,10]");
    const run = await onlyRun(world, arn);
    expect(run).toMatchObject({ redriveCount: 1, itemCounts: { succeeded: 5, total: 5 } });
    const found = await children(world, arn);
    expect(found.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "SUCCEEDED"));
    expect(world.calls.map(({ parameters }) => parameters)).not.toContain(1);
    expect(world.errors).toEqual([]);
    expect(await world.store.listRunning(0, 10)).toEqual([]);
    return commits;
  }

  it.each(
    TYPES.flatMap((type) =>
      (["crash before", "crash after", "unavailable"] as const).map(
        (fate) => [fate, type] as const,
      ),
    ),
  )("changes nothing: %s, %s", async (fate, type) => {
    const commits = await crashAt(fate, 1_000, type);
    expect(commits).toBeGreaterThan(4);
    for (let commit = 1; commit <= commits; commit++) await crashAt(fate, commit, type);
  });
});
