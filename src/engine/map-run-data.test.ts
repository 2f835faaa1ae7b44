/** Map Runs in the engine whose items are read and whose results are written, also over crashes. */
import { describe, expect, it } from "vitest";
import { EngineWorld, STARTED_AT } from "../../test/support/engine-world.ts";
import { FakeItems, FakeResults } from "../../test/support/fake-data.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import type { MapRunDescription } from "./map-run-service.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
const TASK = { StartAt: "T", States: { T: { Type: "Task", Resource: LAMBDA, End: true } } };
const ItemReader = {
  Resource: "arn:aws:states:::s3:getObject",
  Parameters: { Bucket: "b", "Key.$": "$.key" },
  ReaderConfig: { InputType: "JSON" },
};
const ResultWriter = {
  Resource: "arn:aws:states:::s3:putObject",
  Parameters: { Bucket: "out", Prefix: "p" },
};

function definition(fields: object = {}, type = "STANDARD", processor: object = TASK): object {
  const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: type };
  const ItemProcessor = { ProcessorConfig, ...processor };
  const M = { Type: "Map", Label: "L", ItemReader, ItemProcessor, End: true, ...fields };
  return { StartAt: "M", States: { M } };
}

interface DataWorld {
  readonly world: EngineWorld;
  readonly items: FakeItems;
  readonly results: FakeResults;
}

/** A call's result after a while: its input, doubled. */
async function open(values: readonly number[]): Promise<DataWorld> {
  const world = new EngineWorld();
  const items = new FakeItems(values);
  const results = new FakeResults();
  world.itemSources = items;
  world.resultWriters = results;
  await world.open();
  world.worker = (call, report, clock) =>
    clock.schedule(clock.now() + 1_000 + 100 * Number(call.parameters), () =>
      report.succeeded(Number(call.parameters) * 2),
    );
  return { world, items, results };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

async function onlyRun(world: EngineWorld, arn: string): Promise<MapRunDescription> {
  const runs = await world.engine.mapRuns.list(arn);
  expect(runs).toHaveLength(1);
  return runs![0]!;
}

async function outputOf(world: EngineWorld, arn: string): Promise<unknown> {
  const { output } = (await world.engine.describe(arn))!;
  return output === undefined ? undefined : JSON.parse(output);
}

const INPUT = JSON.stringify({ key: "k" });

describe("an ItemReader", () => {
  it.each(["STANDARD", "EXPRESS"])("gives %s children their items", async (type) => {
    const { world, items } = await open(numbers(10));
    const machine = await world.createMachine("m", definition({ MaxConcurrency: 4 }, type));
    const arn = await world.start(machine, { input: INPUT });
    await world.settle();
    expect((await onlyRun(world, arn)).itemCounts).toMatchObject({ running: 4, total: 4 });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect(await outputOf(world, arn)).toEqual(numbers(10).map((value) => value * 2));
    expect(items.queries).toMatchObject([
      { operation: "getObject", parameters: { Bucket: "b", Key: "k" }, inputType: "JSON" },
    ]);
    expect(items.reads).toEqual([0, 3, 6, 9]);
    expect(items).toMatchObject({ opened: 1, closed: 1 });
    const { itemCounts } = await onlyRun(world, arn);
    expect(itemCounts).toMatchObject({ succeeded: 10, total: 10, resultsWritten: 10 });
  });

  it("fails the state with the reader's cause", async () => {
    const { world, items } = await open([]);
    items.unreadable = "CSV headers cannot contain duplicates.";
    const arn = await world.start(await world.createMachine("m", definition()), { input: INPUT });
    expect(await world.finish(arn)).toBe("FAILED");
    expect(await world.engine.describe(arn)).toMatchObject({
      error: "States.ItemReaderFailed",
      cause: items.unreadable,
    });
    expect(items).toMatchObject({ opened: 1, closed: 1 });
    expect(world.errors).toEqual([]);
  });

  it("says that a server without data has none", async () => {
    const { world } = await open([]);
    world.itemSources = undefined;
    await world.restart();
    const arn = await world.start(await world.createMachine("m", definition()), { input: INPUT });
    expect(await world.finish(arn)).toBe("FAILED");
    expect((await world.engine.describe(arn))?.error).toBe("States.ItemReaderFailed");
  });

  it("waits for a bucket that cannot be reached, within the time-out", async () => {
    const { world, items } = await open(numbers(2));
    // Long enough to be parked, if it were idle.
    items.unreachable = 6;
    const machine = await world.createMachine("m", { ...definition(), TimeoutSeconds: 60 });
    const arn = await world.start(machine, { input: INPUT });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    items.unreachable = Infinity;
    const late = await world.start(machine, { input: INPUT });
    expect(await world.finish(late)).toBe("TIMED_OUT");
    expect(items.opened).toBe(items.closed);
    expect(world.clock.now()).toBeLessThan(STARTED_AT + 150_000);
  });

  it("is not read any more when the execution is stopped", async () => {
    const { world, items } = await open(numbers(100));
    const machine = await world.createMachine("m", definition({ MaxConcurrency: 2 }));
    const arn = await world.start(machine, { input: INPUT });
    await world.settle();
    await world.engine.stop(arn, undefined, undefined);
    await world.settle();
    expect(items).toMatchObject({ opened: 1, closed: 1 });
    expect(await world.store.listRunning(0, 10)).toEqual([]);
  });

  it("keeps the parent's journal small", async () => {
    const { world, items } = await open(numbers(1_000));
    items.pageItems = 100;
    const machine = await world.createMachine(
      "m",
      definition({ MaxConcurrency: 50, ResultWriter }),
    );
    const arn = await world.start(machine, { name: "e", input: INPUT });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    const record = await world.store.findExecution(machine.id, "e");
    const rows = await world.store.readJournal(record!.id, 0, 10_000);
    const length = rows.reduce((sum, { body }) => sum + body.length, 0);
    expect(length).toBeLessThan(1_000 * 45);
  });
});

describe("a ResultWriter", () => {
  it.each(["STANDARD", "EXPRESS"])("gets what became of %s children, in order", async (type) => {
    const { world, results } = await open(numbers(4));
    const fields = { ResultWriter, ToleratedFailureCount: 1 };
    const machine = await world.createMachine("m", definition(fields, type));
    const { worker } = world;
    world.worker = (call, report, clock) =>
      call.parameters === 2 ? report.failed("E", "C") : worker(call, report, clock);
    const arn = await world.start(machine, { input: INPUT });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    const run = await onlyRun(world, arn);
    const uuid = run.mapRunArn.split(":").at(-1)!;
    const key = `p/${uuid}/manifest.json`;
    expect(await outputOf(world, arn)).toEqual({
      MapRunArn: run.mapRunArn,
      ResultWriterDetails: { Bucket: "out", Key: key },
    });
    const written = results.written.get(key)!;
    expect(written.target).toEqual({
      bucket: "out",
      prefix: "p",
      outputType: "JSON",
      transformation: "NONE",
      mapRunArn: run.mapRunArn,
      uuid,
      redriveCount: 0,
    });
    expect(written.results.map(({ input, output, status }) => [input, output, status])).toEqual([
      [0, 0, "SUCCEEDED"],
      [1, 2, "SUCCEEDED"],
      [2, undefined, "FAILED"],
      [3, 6, "SUCCEEDED"],
    ]);
    const kind = type === "STANDARD" ? "execution" : "express";
    const { name, executionArn } = written.results[2]!;
    expect(executionArn.startsWith(`arn:aws:states:us-east-1:123456789012:${kind}:m/L:`)).toBe(
      true,
    );
    expect(written.results[2]).toMatchObject({
      name,
      stateMachineArn: `${machine.arn}/L`,
      error: "E",
      cause: "C",
      redriveCount: 0,
    });
    expect(run.itemCounts).toMatchObject({ resultsWritten: 4, succeeded: 3, failed: 1 });
  });

  it.each(["STANDARD", "EXPRESS"])("gets them also when the run fails: %s", async (type) => {
    const { world, results, items } = await open(numbers(9));
    items.pageItems = 2;
    const machine = await world.createMachine(
      "m",
      definition({ ResultWriter, MaxConcurrency: 2 }, type),
    );
    const { worker } = world;
    world.worker = (call, report, clock) =>
      call.parameters === 1
        ? clock.schedule(clock.now() + 500, () => report.failed("E", "C"))
        : worker(call, report, clock);
    const arn = await world.start(machine, { input: INPUT });
    expect(await world.finish(arn)).toBe("FAILED");
    const run = await onlyRun(world, arn);
    const first = type === "STANDARD" ? "ABORTED" : "SUCCEEDED";
    const [written] = [...results.written.values()];
    expect(written!.results.map(({ status, input }) => [status, input])).toEqual([
      [first, 0],
      ["FAILED", 1],
      ...[2, 3, 4, 5, 6, 7, 8].map((input) => ["PENDING", input]),
    ]);
    expect(run.itemCounts).toMatchObject({ pending: 7, failed: 1, total: 9, resultsWritten: 9 });
    if (type === "STANDARD") {
      const cause = `The map run execution [${run.mapRunArn}] which was managing this resource was aborted`;
      expect(written!.results[0]).toMatchObject({ error: undefined, cause });
    }
    expect(world.errors).toEqual([]);
  });

  it("tells what was never started also if the run fails while a page is being read", async () => {
    const { world, items, results } = await open(numbers(9));
    const fields = { ResultWriter, MaxConcurrency: 2 };
    const machine = await world.createMachine("m", definition(fields));
    let read = (): void => {};
    items.gate = new Promise((resolve) => (read = resolve));
    world.worker = (_call, report, clock) =>
      clock.schedule(clock.now() + 500, () => report.failed("E", "C"));
    const arn = await world.start(machine, { input: INPUT });
    await world.pass(1_000);
    expect(items.reads).toEqual([0]);
    items.gate = undefined;
    read();
    expect(await world.finish(arn)).toBe("FAILED");
    const [written] = [...results.written.values()];
    expect(written!.results.map(({ input }) => input)).toEqual(numbers(9));
    expect(world.errors).toEqual([]);
  });

  it("fails the state if it cannot write", async () => {
    const { world, results } = await open(numbers(2));
    results.unwritable = "The bucket does not exist";
    const machine = await world.createMachine("m", definition({ ResultWriter }));
    const arn = await world.start(machine, { input: INPUT });
    expect(await world.finish(arn)).toBe("FAILED");
    expect(await world.engine.describe(arn)).toMatchObject({
      error: "States.ResultWriterFailed",
      cause: results.unwritable,
    });
    expect(results.aborted).toBe(1);
    expect((await onlyRun(world, arn)).itemCounts.resultsWritten).toBe(0);
  });

  it("writes again when the bucket could not be reached", async () => {
    const { world, results } = await open(numbers(2));
    results.unreachable = 6;
    const machine = await world.createMachine("m", definition({ ResultWriter }));
    const arn = await world.start(machine, { input: INPUT });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect([...results.written.values()][0]?.results).toHaveLength(2);
    expect(results.aborted).toBe(6);
  });

  it("gathers records in the output without a Resource", async () => {
    const { world } = await open(numbers(2));
    const writer = { WriterConfig: { Transformation: "NONE", OutputType: "JSON" } };
    const machine = await world.createMachine("m", definition({ ResultWriter: writer }));
    const arn = await world.start(machine, { input: INPUT });
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect(await outputOf(world, arn)).toMatchObject([
      { Input: "0", Output: "0", Status: "SUCCEEDED", RedriveStatus: "NOT_REDRIVABLE" },
      { Input: "1", Output: "2", InputDetails: { Included: true }, RedriveCount: 0 },
    ]);
  });

  it("limits the records in the output", async () => {
    const { world } = await open(numbers(2_000));
    const writer = { WriterConfig: { Transformation: "NONE", OutputType: "JSON" } };
    const pass = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
    const machine = await world.createMachine(
      "m",
      definition({ ResultWriter: writer }, "EXPRESS", pass),
    );
    const arn = await world.start(machine, { input: INPUT });
    expect(await world.finish(arn)).toBe("FAILED");
    expect((await world.engine.describe(arn))?.error).toBe("States.DataLimitExceeded");
  });
});

describe("a crash in a Map Run with data", () => {
  async function crashAt(
    fate: "crash before" | "crash after" | "unavailable",
    commit: number,
    type: "STANDARD" | "EXPRESS",
  ): Promise<{ commits: number; calls: number }> {
    const { world, items, results } = await open([1, 2, 3, 4, 5]);
    items.pageItems = 2;
    const machine: StateMachine = await world.createMachine(
      "m",
      definition({ MaxConcurrency: 2, ResultWriter }, type),
    );
    const before = world.store.commits;
    world.store.fateOf = (number) => (number === before + commit ? fate : "ok");
    const start = world.engine.start(world.request(machine, { name: "e", input: INPUT }));
    await world.unlessDead(start.catch(() => undefined));
    const arn = `arn:aws:states:us-east-1:123456789012:execution:m:e`;
    await world.pass(20_000);
    let { commits } = world.store;
    commits -= before;
    if (world.store.isCut) await world.restart();
    if ((await world.engine.describe(arn)) === undefined) {
      await world.start(machine, { name: "e", input: INPUT });
    }
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    const run = await onlyRun(world, arn);
    expect(run.itemCounts).toMatchObject({ succeeded: 5, failed: 0, aborted: 0, total: 5 });
    const [written] = [...results.written.values()];
    expect(results.written.size).toBe(1);
    expect(written!.results.map(({ output }) => output)).toEqual([2, 4, 6, 8, 10]);
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
    expect(commits).toBeGreaterThan(5);
    for (let commit = 1; commit <= commits; commit++) {
      const { calls } = await crashAt(fate, commit, type);
      // Two children run at a time: only what was under way is done again.
      expect(calls).toBeLessThanOrEqual(7);
    }
  });
});
