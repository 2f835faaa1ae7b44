import { describe, expect, it } from "vitest";
import { EngineWorld, lines, type Worker } from "../../test/support/engine-world.ts";
import { AWS_LIMITS } from "../interpreter/limits.ts";
import { StoreUnavailable } from "./ports.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";

/** Retry, Catch, Wait, Parallel, Map and a callback in one. */
const EVERYTHING = {
  StartAt: "First",
  States: {
    First: {
      Type: "Task",
      Resource: LAMBDA,
      ResultPath: "$.first",
      Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 3 }],
      Next: "Pause",
    },
    Pause: { Type: "Wait", Seconds: 45, Next: "Both" },
    Both: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "Each",
          States: {
            Each: {
              Type: "Map",
              ItemsPath: "$.items",
              MaxConcurrency: 2,
              ItemProcessor: {
                StartAt: "Item",
                States: { Item: { Type: "Task", Resource: `${LAMBDA}-item`, End: true } },
              },
              End: true,
            },
          },
        },
        {
          StartAt: "Ask",
          States: {
            Ask: {
              Type: "Task",
              Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
              Parameters: { FunctionName: LAMBDA, Payload: { "token.$": "$$.Task.Token" } },
              End: true,
            },
          },
        },
      ],
      ResultPath: "$.both",
      Next: "Broken",
    },
    Broken: {
      Type: "Task",
      Resource: `${LAMBDA}-broken`,
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.caught", Next: "Last" }],
      Next: "Last",
    },
    Last: { Type: "Pass", Parameters: { "first.$": "$.first" }, End: true },
  },
};
const INPUT = '{"items":[1,2,3,4,5]}';

/** Answers after a while; the first attempt of `First` fails. */
const worker: Worker = (call, report, clock) => {
  const later = (delay: number, answer: () => void) => clock.schedule(clock.now() + delay, answer);
  if (call.resource.arn.endsWith("waitForTaskToken")) {
    return later(100, () => report.submitted({}));
  }
  report.started();
  return later(1_000, () => {
    const isFirst = call.stateName === "First" && call.retryCount === 0;
    if (isFirst || call.stateName === "Broken") report.failed("Boom", "for the test");
    else report.succeeded({ state: call.stateName });
  });
};

async function begin(world: EngineWorld): Promise<string> {
  world.worker = worker;
  const machine = await world.createMachine("m", EVERYTHING);
  return world.start(machine, { name: "e", input: INPUT });
}

/** Plays the client that answers the callback, until the end or a crash. */
async function play(world: EngineWorld, arn: string): Promise<void> {
  for (let steps = 0; steps < 1_000; steps++) {
    if (world.store.isCut) return;
    await world.settle();
    if (world.store.isCut) return;
    if ((await world.engine.describe(arn))?.status !== "RUNNING") return;
    const waiting = (await world.history(arn)).some(({ type }) => type === "TaskSubmitted");
    const asked = world.calls.find(({ stateName }) => stateName === "Ask");
    if (waiting && asked !== undefined) {
      // A client that hears nothing, or that the store is away, tries again in the next round.
      world.engine.sendTask(asked.token, { type: "Success", output: "yes" }).catch(() => {});
    }
    await world.pass(Math.min(world.clock.nextAlarm - world.clock.now(), 1_000));
  }
  throw new Error("does not end");
}

/** What does not depend on when a parallel branch got its turn. */
function multiset(types: readonly string[]): string[] {
  return types.map((line) => line.replace(/^\S+ /u, "")).toSorted();
}

function checkHistory(history: Awaited<ReturnType<EngineWorld["history"]>>): void {
  expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
  for (const { id, previousEventId } of history) expect(previousEventId).toBeLessThan(id);
  const times = history.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
}

describe("a crash", () => {
  it.each([
    ["whole decisions", 1_000],
    ["decisions cut short", 3],
  ])("at any commit of %s loses and repeats nothing", async (_name, eventsPerDecision) => {
    const limits = { execution: { ...AWS_LIMITS, eventsPerDecision } };
    const whole = await EngineWorld.open({ limits });
    const wholeArn = await begin(whole);
    const before = whole.store.commits;
    await play(whole, wholeArn);
    const { commits } = whole.store;
    const expected = await whole.history(wholeArn);
    checkHistory(expected);
    expect(expected.at(-1)?.type).toBe("ExecutionSucceeded");
    expect(commits).toBeGreaterThan(15);

    for (let at = before + 1; at <= commits; at++) {
      for (const fate of ["crash before", "crash after"] as const) {
        const world = await EngineWorld.open({ limits });
        const arn = await begin(world);
        world.store.fateOf = (commit) => (commit === at ? fate : "ok");
        await play(world, arn);
        expect(world.store.isCut, `${fate} ${at}`).toBe(true);
        world.clock.clear();
        await world.open();
        const seen = await world.history(arn);
        checkHistory(seen);
        await play(world, arn);
        const after = await world.history(arn);
        checkHistory(after);
        expect(after.slice(0, seen.length)).toEqual(seen);
        expect(multiset(lines(after)), `${fate} ${at}`).toEqual(multiset(lines(expected)));
        expect(world.errors).toEqual([]);
      }
    }
  });
});

describe("a store that is away for a while", () => {
  it("at any commit costs nothing but time", async () => {
    const whole = await EngineWorld.open();
    const wholeArn = await begin(whole);
    const before = whole.store.commits;
    await play(whole, wholeArn);
    const expected = multiset(lines(await whole.history(wholeArn)));
    for (let at = before + 1; at <= whole.store.commits; at++) {
      const world = await EngineWorld.open();
      const arn = await begin(world);
      world.store.fateOf = (commit) => (commit >= at && commit < at + 3 ? "unavailable" : "ok");
      await play(world, arn);
      const history = await world.history(arn);
      checkHistory(history);
      expect(multiset(lines(history)), `away at ${at}`).toEqual(expected);
      const called = world.calls.map(({ stateName }) => stateName);
      expect(called.length, "no call is repeated").toBe(whole.calls.length);
    }
  });

  it("gives clear errors and works again by itself", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", {
      StartAt: "W",
      States: { W: { Type: "Wait", Seconds: 10, End: true } },
    });
    const arn = await world.start(machine, { name: "before" });
    world.store.isDown = true;
    await expect(world.start(machine, { name: "during" })).rejects.toThrow(StoreUnavailable);
    await expect(world.start(machine)).rejects.toThrow(StoreUnavailable);
    await expect(world.engine.stop(arn, undefined, undefined)).rejects.toThrow(StoreUnavailable);
    await world.pass(60_000);
    world.store.isDown = false;
    expect((await world.engine.describe(arn))?.status).toBe("RUNNING");
    await world.pass(5_000);
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
    await world.start(machine, { name: "during" });
  });
});

describe("back-pressure", () => {
  it("refuses requests before memory grows, and takes them again", async () => {
    const world = await EngineWorld.open({ limits: { queuedParts: 10 } });
    const machine = await world.createMachine("m", {
      StartAt: "P",
      States: { P: { Type: "Pass", End: true } },
    });
    let open = (): void => {};
    world.store.gate = new Promise((resolve) => (open = resolve));
    const first = world.start(machine);
    await world.settle();
    const results = Promise.allSettled(Array.from({ length: 30 }, () => world.start(machine)));
    await world.settle();
    world.store.gate = undefined;
    open();
    const statuses = (await results).map(({ status }) => status);
    expect(statuses.filter((status) => status === "fulfilled")).toHaveLength(10);
    await first;
    await world.start(machine);
  });
});

describe("what is not durable", () => {
  it("is neither answered nor told", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", {
      StartAt: "W",
      States: { W: { Type: "Wait", Seconds: 1_000, End: true } },
    });
    const arn = await world.start(machine, { name: "e" });
    let open = (): void => {};
    world.store.gate = new Promise((resolve) => (open = resolve));
    let stopped = false;
    const stop = world.engine.stop(arn, undefined, undefined).then(() => (stopped = true));
    const started = world.engine.start(world.request(machine, { name: "f" }));
    await world.settle();
    expect(stopped).toBe(false);
    expect((await world.engine.describe(arn))?.status).toBe("RUNNING");
    expect(await world.engine.describe(arn.replace(/e$/u, "f"))).toBeUndefined();
    world.store.gate = undefined;
    open();
    await stop;
    await started;
    expect((await world.engine.describe(arn))?.status).toBe("ABORTED");
  });
});
