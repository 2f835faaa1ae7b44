/** Executions with a test case, in an engine with virtual time and crashes. */
import { afterEach, describe, expect, it } from "vitest";
import { EngineWorld } from "../../test/support/engine-world.ts";
import type { StateMachine } from "../engine/catalog/state-machine.ts";
import type { Json } from "../json/json.ts";
import { MockedServices } from "./mocked-services.ts";
import { mockingTaskRunner } from "./mocking-task-runner.ts";
import { readMockConfig } from "./read-mock-config.ts";

const ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:approve";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";

let world: EngineWorld;
let warnings: string[];
let mocks: MockedServices;

/** `responses` by state, in one test case `c` of the state machine `m`. */
async function open(responses: { [state: string]: Json }): Promise<void> {
  world = await EngineWorld.open();
  warnings = [];
  const states = Object.fromEntries(Object.keys(responses).map((name) => [name, name] as const));
  const { config, problems } = readMockConfig({
    StateMachines: { m: { TestCases: { c: states } } },
    MockedResponses: responses,
  });
  expect(problems).toEqual([]);
  mocks = new MockedServices({
    config,
    source: "mocks.json",
    definitionOf: async (id) => (await world.catalog.definitions.get(id)).definition,
    resultShapes: { find: () => Promise.resolve(undefined) },
    log: { warn: (_facts, message) => void warnings.push(message) },
  });
  let real = world.worker;
  const runner = mockingTaskRunner(
    {
      run: (call, report) => real(call, report, world.clock) ?? (() => {}),
      close: async () => {},
    },
    mocks,
  );
  world.worker = (call, report) => runner.run(call, report);
  world.mocks = (call) => runner.mocks!(call);
  realWorker = (worker) => (real = worker);
}
let realWorker: (worker: EngineWorld["worker"]) => void;

const task = (resource: string, more: object = {}): object => ({
  Type: "Task",
  Resource: resource,
  End: true,
  ...more,
});

async function start(machine: StateMachine, testCase: string | undefined = "c"): Promise<string> {
  const result = await world.engine.start({ ...world.request(machine), testCase });
  if (result.type !== "Started") throw new Error(result.type);
  return result.executionArn;
}

async function run(definition: object, testCase?: string): Promise<string> {
  const arn = await start(await world.createMachine("m", definition), testCase);
  await world.finish(arn);
  return arn;
}

const one = (state: object): object => ({ StartAt: "S", States: { S: state } });

const types = async (arn: string): Promise<string[]> =>
  (await world.history(arn)).map(({ type }) => type).slice(2);

const described = async (arn: string) => (await world.engine.describe(arn))!;

afterEach(() => world.crash());

describe("a mocked state", () => {
  const RETURNS = { S: { "0": { Return: { ok: true } } } };
  const THROWS = { S: { "0": { Throw: { Error: "Down", Cause: "no route" } } } };
  const SERVICE = "arn:aws:states:::sqs:sendMessage";
  const end = ["TaskStateExited", "ExecutionSucceeded"];

  it.each([
    [FUNCTION, ["LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded"]],
    [ACTIVITY, ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"]],
    [SERVICE, ["TaskScheduled", "TaskStarted", "TaskSucceeded"]],
    [
      `${SERVICE}.waitForTaskToken`,
      ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"],
    ],
    [
      "arn:aws:states:::glue:startJobRun.sync",
      ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"],
    ],
  ])("leaves the history that an answer of %s leaves", async (resource, events) => {
    await open(RETURNS);
    realWorker(() => expect.unreachable("the service was called"));
    const arn = await run(one(task(resource, { Parameters: { QueueUrl: "q", JobName: "j" } })));
    expect(await types(arn)).toEqual([...events, ...end]);
    expect(await described(arn)).toMatchObject({ output: '{"ok":true}' });
  });

  it.each([
    [FUNCTION, "LambdaFunctionFailed"],
    [ACTIVITY, "ActivityFailed"],
    [SERVICE, "TaskFailed"],
    [`${SERVICE}.waitForTaskToken`, "TaskFailed"],
  ])("leaves the history that a failure of %s leaves", async (resource, event) => {
    await open(THROWS);
    const arn = await run(one(task(resource, { Parameters: { QueueUrl: "q" } })));
    expect((await types(arn)).slice(-2)).toEqual([event, "ExecutionFailed"]);
    expect(await described(arn)).toMatchObject({ error: "Down", cause: "no route" });
  });

  it("is real in an execution without a test case, and others of its machine are real", async () => {
    await open(RETURNS);
    realWorker((_call, report) => report.succeeded("real"));
    const definition = {
      StartAt: "S",
      States: {
        S: task(SERVICE, { Parameters: {}, End: undefined, Next: "T", ResultPath: "$.s" }),
        T: task(FUNCTION, { ResultPath: "$.t" }),
      },
    };
    const machine = await world.createMachine("m", definition);
    for (const [testCase, s] of [
      ["c", { ok: true }],
      [undefined, "real"],
    ] as const) {
      const { type, ...started } = await world.engine.start({
        ...world.request(machine),
        testCase,
      });
      expect(type).toBe("Started");
      const arn = (started as { executionArn: string }).executionArn;
      await world.finish(arn);
      expect(JSON.parse((await described(arn)).output!)).toEqual({ s, t: "real" });
    }
  });

  it("shows the plain ARN of its state machine", async () => {
    await open(RETURNS);
    const arn = await run(one(task(FUNCTION)));
    expect(await described(arn)).toMatchObject({
      stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m",
    });
  });
});

describe("the number of a call", () => {
  const NUMBERED = {
    S: {
      "0": { Throw: { Error: "E" } },
      "1": { Return: 1 },
      "2": { Return: 2 },
      "3": { Return: 3 },
    },
  };
  const RETRY = [{ ErrorEquals: ["E"], IntervalSeconds: 1 }];

  it("goes on over retries and visits of the state", async () => {
    await open(NUMBERED);
    const arn = await run({
      StartAt: "S",
      States: {
        S: task(FUNCTION, { End: undefined, Next: "More", Retry: RETRY }),
        More: {
          Type: "Choice",
          Choices: [{ Variable: "$", NumericEquals: 3, Next: "Done" }],
          Default: "S",
        },
        Done: { Type: "Succeed" },
      },
    });
    expect((await described(arn)).output).toBe("3");
    expect(world.calls.map(({ callNumber }) => callNumber)).toEqual([0, 1, 2, 3]);
  });

  it("goes on over the iterations of a Map, in the order of the TaskScheduled events", async () => {
    await open(NUMBERED);
    const map = (MaxConcurrency: number): object => ({
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          ItemsPath: "$.items",
          MaxConcurrency,
          ItemProcessor: one(task(FUNCTION, { Retry: RETRY })),
          End: true,
        },
      },
    });
    const results: string[] = [];
    for (const concurrency of [1, 2]) {
      const name = concurrency === 1 ? "m" : "n";
      const machine = await world.createMachine(name, map(concurrency));
      if (name === "n") {
        const states = { S: NUMBERED.S };
        mocks.replace(
          readMockConfig({
            StateMachines: { n: { TestCases: { c: { S: "S" } } } },
            MockedResponses: states,
          }).config!,
        );
      }
      const input = { ...world.request(machine, { input: '{"items":[1,2]}' }), testCase: "c" };
      const result = await world.engine.start(input);
      const { executionArn } = result as { executionArn: string };
      await world.finish(executionArn);
      results.push((await described(executionArn)).output!);
    }
    // One at a time as in Step Functions Local; otherwise the retry of the first comes last.
    expect(results).toEqual(["[1,2]", "[2,1]"]);
  });

  it("goes on after a redrive", async () => {
    await open(NUMBERED);
    const arn = await run(one(task(FUNCTION)));
    expect((await described(arn)).status).toBe("FAILED");
    await world.engine.redrive(arn, undefined);
    await world.finish(arn);
    expect(await described(arn)).toMatchObject({ status: "SUCCEEDED", output: "1" });
  });

  it("begins anew in each child execution of a distributed Map, which has the test case too", async () => {
    await open(NUMBERED);
    const processor = one(task(FUNCTION, { Retry: RETRY }));
    const machine = await world.createMachine("m", {
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            ...processor,
          },
          End: true,
        },
      },
    });
    const request = { ...world.request(machine, { input: "[1,2,3]" }), testCase: "c" };
    const { executionArn } = (await world.engine.start(request)) as { executionArn: string };
    // All of them wait for their retry now.
    await world.pass(500);
    await world.restart();
    await world.finish(executionArn);
    expect((await described(executionArn)).output).toBe("[1,1,1]");
  });

  it("begins anew when a crash makes an EXPRESS execution begin anew", async () => {
    await open({ ...NUMBERED, T: { "0": { Return: "t" } } });
    const definition = {
      StartAt: "S",
      States: {
        S: task(FUNCTION, { End: undefined, Next: "W", Retry: RETRY }),
        W: { Type: "Wait", Seconds: 10, Next: "T" },
        T: task(FUNCTION, { ResultPath: null }),
      },
    };
    const machine = await world.createMachine("m", definition, "EXPRESS");
    await start(machine);
    await world.pass(5_000);
    await world.restart();
    await world.pass(20_000);
    const numbers = world.calls.map(({ stateName, callNumber }) => [stateName, callNumber]);
    expect(numbers).toEqual([
      ["S", 0],
      ["S", 1],
      ["S", 0],
      ["S", 1],
      ["T", 0],
    ]);
    const request = { ...world.request(machine), testCase: "c" };
    const running = world.engine.startSync(request);
    await world.pass(20_000);
    expect(await running).toMatchObject({ status: "SUCCEEDED", output: "1" });
  });

  it("is the same when a crash makes a task be delivered again", async () => {
    await open({
      S: { "0": { Throw: { Error: "E" } }, "1": { Return: 1 } },
      W: { "0": { Return: "answered" } },
    });
    const machine = await world.createMachine("m", {
      StartAt: "S",
      States: {
        S: task(FUNCTION, { End: undefined, Next: "W", Retry: RETRY }),
        W: task(`arn:aws:states:::sqs:sendMessage.waitForTaskToken`, { Parameters: {} }),
      },
    });
    const whole = await start(machine);
    await world.finish(whole);
    const expected = await types(whole);
    const rows = (await world.store.readJournal(1, 0, 1000)).length;
    // A crash before each commit of the execution, with everything before it stored.
    for (let crashAt = 1; crashAt < rows + 2; crashAt++) {
      const arn = await start(machine);
      let commits = 0;
      const { store } = world;
      const commit = store.commit.bind(store);
      store.commit = (batch) => {
        commits++;
        if (commits === crashAt) world.crash();
        return commit(batch);
      };
      await world.finish(arn);
      await world.restart();
      await world.finish(arn);
      expect([crashAt, (await described(arn)).output]).toEqual([crashAt, '"answered"']);
      expect([crashAt, await types(arn)]).toEqual([crashAt, expected]);
    }
  });
});

describe("a call without an answer", () => {
  it("fails with States.Runtime, which nothing catches, and says what to add where", async () => {
    await open({ S: { "0": { Throw: { Error: "E" } } } });
    const all = { ErrorEquals: ["States.ALL"] };
    const arn = await run(
      one(
        task(FUNCTION, { Retry: [{ ...all, IntervalSeconds: 1 }], Catch: [{ ...all, Next: "S" }] }),
      ),
    );
    expect(await described(arn)).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect((await described(arn)).cause).toContain('add "1" to $.MockedResponses.S in mocks.json');
  });

  it("fails, and calls no service, when the server has the test case no more", async () => {
    await open({ S: { "0": { Return: 1 } } });
    realWorker(() => expect.unreachable("the service was called"));
    const machine = await world.createMachine("m", {
      StartAt: "Wait",
      States: {
        Wait: { Type: "Wait", Seconds: 60, Next: "Other" },
        Other: task(`arn:aws:states:::sqs:sendMessage.waitForTaskToken`, { Parameters: {} }),
      },
    });
    const arn = await start(machine);
    mocks.replace({ stateMachines: new Map() });
    await world.restart();
    await world.finish(arn);
    expect((await described(arn)).cause).toContain("started with the test case 'c'");
  });
});

describe("starting with a test case", () => {
  it("is not a repetition of a start with another", async () => {
    await open({ S: { "0": { Return: 1 } } });
    const machine = await world.createMachine("m", one({ Type: "Wait", Seconds: 60, End: true }));
    const request = world.request(machine, { name: "n" });
    const answer = async (testCase?: string): Promise<string> =>
      (await world.engine.start({ ...request, testCase })).type;
    expect(await answer("c")).toBe("Started");
    expect(await answer("c")).toBe("Started");
    expect(await answer()).toBe("NameTaken");
  });

  it("is refused with the names that there are", async () => {
    await open({ S: { "0": { Return: 1 } } });
    const choice = { stateMachineName: "m", revisionId: 1, testCase: "d" };
    expect(mocks.choose(choice)).toBe(
      "mocks.json has no test case 'd' for the state machine 'm'; it has c.",
    );
    expect(mocks.choose({ ...choice, stateMachineName: "x" })).toContain(
      "no state machine 'x' in $.StateMachines; it has m.",
    );
  });

  it("tells the log once what the state machine does not have", async () => {
    await open({ Pay: { "0": { Return: 1 } }, P: { "0": { Return: 1 } } });
    const { revisionId } = await world.createMachine("m", {
      StartAt: "P",
      States: { P: { Type: "Pass", Next: "Paid" }, Paid: task(FUNCTION) },
    });
    const choice = { stateMachineName: "m", revisionId, testCase: "c" };
    expect([mocks.choose(choice), mocks.choose(choice)]).toEqual([undefined, undefined]);
    await world.settle();
    expect(warnings).toEqual([
      "mocks: the state machine has no state 'Pay'",
      "mocks: 'P' is a Pass state; only Task states can be mocked",
    ]);
  });
});
