import { describe, expect, it } from "vitest";
import { EngineWorld, json, lines } from "../../test/support/engine-world.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
const EXECUTION = "arn:aws:states:us-east-1:123456789012:execution";
const PASS = { StartAt: "A", States: { A: { Type: "Pass", End: true } } };
const WAIT = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 60, End: true } } };
const TASK = { StartAt: "T", States: { T: { Type: "Task", Resource: LAMBDA, End: true } } };

const CALLBACK = {
  StartAt: "K",
  States: {
    K: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Parameters: { FunctionName: LAMBDA, Payload: { "token.$": "$$.Task.Token" } },
      Next: "T",
    },
    T: { Type: "Task", Resource: LAMBDA, End: true },
  },
};

/** An execution that only a callback can wake, out of memory. */
async function parkedCallback() {
  const world = await EngineWorld.open();
  world.worker = (_call, report) => report.submitted({});
  const machine = await world.createMachine("m", CALLBACK);
  const arn = await world.start(machine, { name: "e" });
  await world.pass(60_000);
  expect((await world.base.findExecution(machine.id, "e"))?.parkedUntil).toBe(Infinity);
  return { world, machine, arn, token: world.calls[0]!.token };
}

describe("StartExecution", () => {
  it("runs to the end; the answer comes when it is durable", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", PASS);
    const arn = await world.start(machine, { name: "e", input: ' {"a": 1} ' });
    expect(arn).toBe("arn:aws:states:us-east-1:123456789012:execution:m:e");
    const description = await world.engine.describe(arn);
    expect(description).toMatchObject({ status: "SUCCEEDED", name: "e" });
    await world.restart();
    expect(await world.engine.describe(arn)).toEqual(description);
    expect(lines(await world.history(arn))).toEqual([
      "1<0 ExecutionStarted",
      "2<0 PassStateEntered",
      "3<2 PassStateExited",
      "4<3 ExecutionSucceeded",
    ]);
  });

  it("asks the store nothing when the name is generated, and shares commits", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", PASS);
    const { reads, commits } = world.store;
    await Promise.all(Array.from({ length: 100 }, () => world.start(machine)));
    expect(world.store.reads).toBe(reads);
    expect(world.store.commits - commits).toBe(1);
  });

  it("is idempotent by name: same input while running", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const request = world.request(machine, { name: "e", input: '{"a":1}' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.engine.start(request)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.type).toBe("Started");
    const query = { machine, status: undefined, after: undefined, limit: 100 };
    expect(await world.engine.list(query)).toHaveLength(1);
    await world.pass(1_000);
    await world.restart();
    expect(await world.engine.start(request)).toEqual(answers[0]);
    const other = { ...request, input: json('{"a":2}') };
    expect((await world.engine.start(other)).type).toBe("NameTaken");
    await world.pass(60_000);
    expect((await world.engine.start(request)).type).toBe("NameTaken");
  });

  it("knows a parked execution's input", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", {
      ...WAIT,
      States: { W: { Type: "Wait", Seconds: 3_600, End: true } },
    });
    const request = world.request(machine, { name: "e", input: '{"a":1}' });
    const first = await world.engine.start(request);
    await world.pass(60_000);
    expect((await world.base.findExecution(machine.id, "e"))?.parkedUntil).toBeGreaterThan(0);
    expect(await world.engine.start(request)).toEqual(first);
    const running = await world.engine.describe(`${EXECUTION}:m:e`);
    expect(running).toMatchObject({ status: "RUNNING", input: '{"a":1}' });
  });
});

describe("timers", () => {
  it("fire once, not early, and survive restarts and parking", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const arn = await world.start(machine);
    await world.pass(30_000);
    await world.restart();
    await world.pass(29_999);
    expect((await world.engine.describe(arn))?.status).toBe("RUNNING");
    await world.pass(1);
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
    expect(await world.history(arn)).toHaveLength(4);
  });

  it("that were due while the server was down fire at once", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const arn = await world.start(machine);
    await world.pass(20_000);
    world.crash();
    world.clock.moveTo(world.clock.now() + 100_000);
    await world.open();
    await world.settle();
    await world.pass(0);
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
  });

  it("event times never go back with the clock", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", TASK);
    let succeed = (): void => {};
    world.worker = (_call, report) => {
      succeed = () => report.succeeded({});
    };
    const arn = await world.start(machine);
    await world.settle();
    world.clock.jumpBack(3_600_000);
    succeed();
    await world.settle();
    const times = (await world.history(arn)).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
  });
});

describe("parking", () => {
  it("a waiting execution leaves memory and comes back", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", {
      StartAt: "W",
      States: {
        W: { Type: "Wait", Seconds: 86_400, Next: "T" },
        T: { Type: "Task", Resource: LAMBDA, End: true },
      },
    });
    const arn = await world.start(machine);
    await world.pass(30_000);
    const record = await world.base.findExecution(machine.id, arn.split(":").at(-1)!);
    expect(record?.parkedUntil).toBe(world.clock.now() - 30_000 + 86_400_000);
    const { reads } = world.store;
    await world.pass(80_000_000);
    expect(world.store.reads).toBe(reads);
    await world.restart();
    await world.pass(6_370_000);
    expect(await world.engine.describe(arn)).toMatchObject({ status: "SUCCEEDED" });
    expect(world.calls).toHaveLength(1);
    expect((await world.base.findExecution(machine.id, arn.split(":").at(-1)!))?.parkedUntil).toBe(
      undefined,
    );
  });

  it("an execution that came back is taken up after a crash like any other", async () => {
    const { world, machine, arn, token } = await parkedCallback();
    world.worker = () => {};
    await world.engine.sendTask(token, { type: "Success", output: 1 });
    await world.settle();
    expect(world.calls).toHaveLength(2);
    expect((await world.base.findExecution(machine.id, "e"))?.parkedUntil).toBeUndefined();
    world.worker = (_call, report) => report.succeeded({});
    await world.restart();
    await world.settle();
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
  });

  it("two decisions in one commit leave the record as the second one says", async () => {
    const { world, arn, token } = await parkedCallback();
    world.worker = () => {};
    await world.engine.sendTask(token, { type: "Heartbeat" });
    await world.pass(60_000);
    const sent = world.engine.sendTask(token, { type: "Success", output: 1 });
    const stopped = world.engine.stop(arn, undefined, undefined);
    const { commits } = world.store;
    expect(await sent).toBe("Accepted");
    expect(await stopped).toEqual({ stoppedAt: world.clock.now() });
    expect(world.store.commits - commits).toBe(1);
    await world.restart();
    await world.settle();
    expect((await world.engine.describe(arn))?.status).toBe("ABORTED");
    expect((await world.base.findExecution(1, "e"))?.status).not.toBe("RUNNING");
  });

  it("an execution that is touched on its way out stays", async () => {
    const world = await EngineWorld.open();
    world.worker = (_call, report) => report.submitted({});
    const machine = await world.createMachine("m", CALLBACK);
    const arn = await world.start(machine, { name: "e" });
    await world.pass(9_000);
    const { commits } = world.store;
    let release = (): void => {};
    world.store.gate = new Promise((resolve) => (release = resolve));
    await world.pass(20_000);
    expect(world.store.commits).toBe(commits + 1);
    world.worker = () => {};
    const sent = world.engine.sendTask(world.calls[0]!.token, { type: "Success", output: 1 });
    await world.settle();
    world.store.gate = undefined;
    release();
    expect(await sent).toBe("Accepted");
    await world.settle();
    expect((await world.base.findExecution(machine.id, "e"))?.parkedUntil).toBeUndefined();
    const { reads } = world.store;
    expect((await world.engine.describe(arn))?.status).toBe("RUNNING");
    expect(world.store.reads, "still in memory").toBe(reads);
    expect(world.calls).toHaveLength(2);
  });

  it("can be stopped while parked", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", {
      StartAt: "W",
      States: { W: { Type: "Wait", Seconds: 86_400, End: true } },
    });
    const arn = await world.start(machine);
    await world.pass(30_000);
    expect(await world.engine.stop(arn, "E", "C")).toEqual({ stoppedAt: world.clock.now() });
    expect(await world.engine.describe(arn)).toMatchObject({
      status: "ABORTED",
      error: "E",
      cause: "C",
    });
    const stopped = await world.engine.stop(arn, "E2", "C2");
    expect(stopped).toEqual({ stoppedAt: world.clock.now() });
  });
});

describe("tasks", () => {
  it("are called after their schedule is durable, and their results recorded once", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", TASK);
    world.worker = (_call, report) => {
      report.started();
      report.succeeded({ a: 1 });
      report.succeeded({ a: 2 });
      report.failed("late", "late");
    };
    const arn = await world.start(machine);
    await world.settle();
    expect(await world.engine.describe(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: '{"a":1}',
    });
    expect(world.calls).toHaveLength(1);
  });

  it("unfinished calls start again after a crash", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", TASK);
    world.worker = () => {};
    const arn = await world.start(machine);
    await world.settle();
    expect(world.calls).toHaveLength(1);
    world.worker = (_call, report) => report.succeeded({});
    await world.restart();
    await world.settle();
    expect(world.calls).toHaveLength(2);
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
  });

  it("wait in a queue when too many are out, and those cancelled meanwhile are not called", async () => {
    const world = await EngineWorld.open({ limits: { concurrentCalls: 2 } });
    const machine = await world.createMachine("m", TASK);
    const ends: (() => void)[] = [];
    world.worker = (_call, report) => {
      ends.push(() => report.succeeded({}));
    };
    const arns = [];
    for (let count = 0; count < 5; count++) arns.push(await world.start(machine));
    await world.settle();
    expect(world.calls).toHaveLength(2);
    await world.engine.stop(arns[2]!, undefined, undefined);
    while (ends.length > 0) {
      ends.pop()!();
      await world.settle();
    }
    expect(world.calls).toHaveLength(4);
  });

  it("are cancelled when the execution is stopped", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", TASK);
    let cancelled = 0;
    world.worker = () => () => void cancelled++;
    const arn = await world.start(machine);
    await world.settle();
    await world.engine.stop(arn, undefined, undefined);
    expect(cancelled).toBe(1);
  });
});

describe("task tokens", () => {
  const WITH_TIMEOUT = {
    StartAt: "T",
    States: {
      T: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Parameters: { FunctionName: LAMBDA, Payload: { "token.$": "$$.Task.Token" } },
        TimeoutSeconds: 600,
        End: true,
      },
    },
  };

  async function waiting(): Promise<{ world: EngineWorld; arn: string; token: string }> {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WITH_TIMEOUT);
    world.worker = (_call, report) => {
      report.started();
      report.submitted({ StatusCode: 200 });
    };
    const arn = await world.start(machine);
    await world.settle();
    const parameters = world.calls[0]!.parameters as { Payload: { token: string } };
    const { token } = parameters.Payload;
    expect(world.calls[0]!.token).toBe(token);
    return { world, arn, token };
  }

  it("of many answers exactly one counts", async () => {
    const { world, arn, token } = await waiting();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        world.engine.sendTask(token, { type: "Success", output: index }),
      ),
    );
    expect(results.filter((result) => result === "Accepted")).toHaveLength(1);
    expect(results.filter((result) => result === "TaskTimedOut")).toHaveLength(19);
    expect(await world.engine.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: "0" });
    expect(await world.engine.sendTask(token, { type: "Heartbeat" })).toBe("TaskTimedOut");
    await world.restart();
    expect(await world.engine.sendTask(token, { type: "Heartbeat" })).toBe("TaskTimedOut");
  });

  it("an answer that rests on another one waits until that one is durable", async () => {
    const { world, token } = await waiting();
    let release = (): void => {};
    world.store.gate = new Promise((resolve) => (release = resolve));
    const answers: string[] = [];
    for (const output of [1, 2]) {
      const sent = world.engine.sendTask(token, { type: "Success", output });
      void sent.then((answer) => answers.push(answer));
    }
    await world.settle();
    expect(answers).toEqual([]);
    world.store.gate = undefined;
    release();
    await world.settle();
    expect(answers).toEqual(["Accepted", "TaskTimedOut"]);
  });

  it("survive parking and restarts, and are not submitted again", async () => {
    const { world, arn, token } = await waiting();
    await world.pass(60_000);
    await world.restart();
    await world.settle();
    expect(await world.engine.sendTask(token, { type: "Heartbeat" })).toBe("Accepted");
    const failure = { type: "Failure", error: "E", cause: "C" } as const;
    expect(await world.engine.sendTask(token, failure)).toBe("Accepted");
    expect(await world.engine.describe(arn)).toMatchObject({ status: "FAILED", error: "E" });
    expect(world.calls).toHaveLength(1);
  });

  it("time out", async () => {
    const { world, arn, token } = await waiting();
    await world.pass(600_000);
    expect((await world.engine.describe(arn))?.error).toBe("States.Timeout");
    expect(await world.engine.sendTask(token, { type: "Heartbeat" })).toBe("TaskTimedOut");
  });

  it("that are made up are refused", async () => {
    const { world, token } = await waiting();
    for (const forged of ["", "x", `${token}A`, token.slice(0, -2), token.replace(/^./u, "B")]) {
      expect(await world.engine.sendTask(forged, { type: "Heartbeat" })).toBe("InvalidToken");
    }
  });

  it("of an execution that is not stored name no task", async () => {
    const { world, token } = await waiting();
    const empty = await EngineWorld.open();
    expect(empty.catalog.secret).toEqual(world.catalog.secret);
    expect(await empty.engine.sendTask(token, { type: "Heartbeat" })).toBe("TaskDoesNotExist");
  });
});

describe("EXPRESS", () => {
  it("synchronous ones answer with the end and store nothing", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("x", TASK, "EXPRESS");
    const { commits } = world.store;
    const description = await world.engine.startSync(world.request(machine, { name: "n" }));
    expect(description).toMatchObject({ status: "SUCCEEDED", output: "{}", name: "n" });
    expect(description.executionArn).toMatch(/:express:x:n:[-0-9a-f]{36}$/u);
    expect(world.store.commits).toBe(commits);
  });

  it("time out after five minutes", async () => {
    const world = await EngineWorld.open();
    world.worker = () => {};
    const machine = await world.createMachine("x", TASK, "EXPRESS");
    const answer = world.engine.startSync(world.request(machine));
    await world.pass(300_000);
    expect(await answer).toMatchObject({ status: "TIMED_OUT", stoppedAt: world.clock.now() });
  });

  it("asynchronous ones run again after a crash, until they have ended", async () => {
    const world = await EngineWorld.open();
    world.worker = () => {};
    const machine = await world.createMachine("x", TASK, "EXPRESS");
    const first = await world.start(machine, { name: "n", input: '{"a":1}' });
    const second = await world.start(machine, { name: "n", input: '{"a":1}' });
    expect(first).not.toBe(second);
    await world.restart();
    await world.settle();
    expect(world.calls).toHaveLength(4);
    expect(world.calls[2]).toMatchObject({
      executionArn: first,
      parameters: { a: 1 },
    });
    world.worker = (_call, report) => report.succeeded({});
    await world.restart();
    await world.settle();
    expect(world.calls).toHaveLength(6);
    await world.restart();
    await world.settle();
    expect(world.calls).toHaveLength(6);
  });
});

describe("close", () => {
  it("waits for calls, answers long polls and refuses starts", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", TASK);
    let succeed = (): void => {};
    world.worker = (_call, report) => {
      succeed = () => report.succeeded({});
    };
    const arn = await world.start(machine);
    await world.settle();
    const poll = world.engine.getActivityTask("arn:a", undefined, new AbortController().signal);
    const closed = world.engine.close();
    expect(await poll).toBeUndefined();
    await expect(world.start(machine)).rejects.toThrow("stopping");
    succeed();
    await closed;
    world.crash();
    await world.open();
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
  });
});
