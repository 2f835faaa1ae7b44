/** Executions that start executions, on a whole engine in virtual time. */
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { EngineWorld, lines } from "../../../test/support/engine-world.ts";
import type { CommitFate } from "../../../test/support/faulty-store.ts";
import { type ApiOptions, createApi } from "../../api/api.ts";
import { OwnWorkflowApi } from "../../cli/own-workflow-api.ts";
import type { StateMachine } from "../../engine/catalog/state-machine.ts";
import type { Engine } from "../../engine/engine.ts";
import type { EngineLimits } from "../../engine/limits.ts";
import { AWS_QUOTAS } from "../../engine/quotas.ts";
import { createTaskRunner, type FunctionTaskRunner } from "../task-runner.ts";

const REGION = "us-east-1";
const ACCOUNT = "123456789012";
const CHILD = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:child`;

/** A child that takes ten seconds; with `{"fail":true}` it fails then. */
const CHILD_DEFINITION = {
  StartAt: "Pause",
  States: {
    Pause: { Type: "Wait", Seconds: 10, Next: "Decide" },
    Decide: {
      Type: "Choice",
      Choices: [{ Variable: "$.fail", IsPresent: true, Next: "Broken" }],
      Default: "Done",
    },
    Broken: { Type: "Fail", Error: "Broken", Cause: "as told" },
    Done: { Type: "Pass", Result: { done: true }, End: true },
  },
};

/** A child that fails at once. */
const QUICK_DEFINITION = {
  StartAt: "Broken",
  States: { Broken: { Type: "Fail", Error: "Broken", Cause: "as told" } },
};

function nest(form: string, more: object = {}, parameters: object = {}): object {
  return {
    Type: "Task",
    Resource: `arn:aws:states:::states:startExecution${form}`,
    Parameters: { StateMachineArn: CHILD, ...parameters },
    ...more,
  };
}

/** An engine whose tasks reach its own API. */
class NestedWorld {
  readonly world: EngineWorld;
  runner!: FunctionTaskRunner;
  child!: StateMachine;
  quick!: StateMachine;

  private constructor(limits: Partial<EngineLimits>) {
    this.world = new EngineWorld({ limits });
  }

  static async open(limits: Partial<EngineLimits> = {}): Promise<NestedWorld> {
    const nested = new NestedWorld(limits);
    await nested.#open();
    nested.child = await nested.world.createMachine("child", CHILD_DEFINITION);
    nested.quick = await nested.world.createMachine("quick", QUICK_DEFINITION);
    return nested;
  }

  async #open(): Promise<void> {
    const { world } = this;
    const workflows = new OwnWorkflowApi();
    const runner = createTaskRunner({
      functions: [],
      region: REGION,
      accountId: ACCOUNT,
      logger: pino({ level: "silent" }),
      environment: {},
      workflows,
    });
    this.runner = runner;
    world.worker = (call, report) => runner.run(call, report);
    await world.open();
    const { engine, catalog, clock } = world;
    // No state is tested here.
    const options = {
      engine,
      catalog,
      clock,
      randomness: { number: () => 0 },
      limits: AWS_QUOTAS,
      region: REGION,
      accountId: ACCOUNT,
      testCases: { choose: () => undefined },
    } as Omit<ApiOptions, "stateTester"> as ApiOptions;
    const api = createApi(options);
    workflows.connect({ api, engine });
  }

  async restart(): Promise<void> {
    this.world.crash();
    await this.runner.close();
    await this.#open();
  }

  async startParent(definition: object): Promise<string> {
    const machine = await this.world.createMachine("parent", definition);
    return this.world.start(machine, { name: "p" });
  }

  children(machine = this.child): ReturnType<Engine["list"]> {
    const query = { machine, status: undefined, after: undefined, limit: 100 };
    return this.world.engine.list(query);
  }

  async types(arn: string): Promise<string[]> {
    return (await this.world.history(arn)).map(({ type }) => type);
  }
}

describe("startExecution", () => {
  it("goes on at once and leaves the child alone", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: { Nest: nest("", { End: true }) },
    });
    await world.pass(1_000);
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
    expect((await nested.children()).map(({ status }) => status)).toEqual(["RUNNING"]);
  });

  it("waits for the child with .sync, and records its submission", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: { Nest: nest(".sync:2", { OutputPath: "$.Output", End: true }) },
    });
    await world.pass(9_000);
    expect((await world.engine.describe(arn))?.status).toBe("RUNNING");
    await world.pass(1_000);
    const description = await world.engine.describe(arn);
    expect(description?.output).toBe('{"done":true}');
    expect(lines(await world.history(arn))).toEqual([
      "1<0 ExecutionStarted",
      "2<0 TaskStateEntered",
      "3<2 TaskScheduled",
      "4<3 TaskStarted",
      "5<4 TaskSubmitted",
      "6<5 TaskSucceeded",
      "7<6 TaskStateExited",
      "8<7 ExecutionSucceeded",
    ]);
  });

  it("fails with States.TaskFailed when the child does, which can be caught", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: {
        Nest: nest(
          ".sync",
          { Catch: [{ ErrorEquals: ["States.TaskFailed"], Next: "Caught" }], End: true },
          { Name: "c", Input: { fail: true } },
        ),
        Caught: {
          Type: "Pass",
          Parameters: { "cause.$": "States.StringToJson($.Cause)" },
          End: true,
        },
      },
    });
    await world.finish(arn);
    const description = await world.engine.describe(arn);
    const { cause } = JSON.parse(description?.output ?? "{}") as { cause: object };
    expect(cause).toEqual({
      Cause: "as told",
      Error: "Broken",
      ExecutionArn: `arn:aws:states:${REGION}:${ACCOUNT}:execution:child:c`,
      Input: '{"fail":true}',
      InputDetails: { Included: true },
      Name: "c",
      StartDate: expect.any(Number) as number,
      StateMachineArn: CHILD,
      Status: "FAILED",
      StopDate: expect.any(Number) as number,
    });
  });

  it("stops the child when the parent is stopped", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: { Nest: nest(".sync", { End: true }) },
    });
    await world.pass(1_000);
    await world.engine.stop(arn, undefined, undefined);
    await world.settle();
    const [child] = await nested.children();
    expect(child?.status).toBe("ABORTED");
    expect((await world.engine.describe(child!.executionArn))?.cause).toBe(
      `The Task state in AWS Step Functions execution [${arn}] which was managing this resource was aborted`,
    );
  });

  it("stops the child when the task times out, also after a restart", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: { Nest: nest(".sync", { TimeoutSeconds: 5, End: true }) },
    });
    await world.pass(1_000);
    await nested.restart();
    await world.pass(5_000);
    expect((await world.engine.describe(arn))?.error).toBe("States.Timeout");
    expect((await nested.children()).map(({ status }) => status)).toEqual(["ABORTED"]);
  });

  it("takes a child up again after it left memory", async () => {
    const nested = await NestedWorld.open({
      parkAfterMilliseconds: 10,
      parkIfTimerBeyondMilliseconds: 10,
    });
    const { world } = nested;
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: { Nest: nest(".sync:2", { OutputPath: "$.Output", End: true }) },
    });
    await world.pass(12_000);
    expect((await world.engine.describe(arn))?.output).toBe('{"done":true}');
  });

  it("lets the parent leave memory while it waits", async () => {
    const limits = { parkAfterMilliseconds: 1_000, parkIfTimerBeyondMilliseconds: 60_000 };
    const nested = await NestedWorld.open(limits);
    const { world } = nested;
    const States = { Nest: nest(".sync:2", { OutputPath: "$.Output", End: true }) };
    const arn = await nested.startParent({ StartAt: "Nest", States });
    await world.pass(8_000);
    const read: number[] = [];
    const readJournal = world.store.readJournal;
    world.store.readJournal = (id, ...page) => {
      read.push(id);
      return readJournal(id, ...page);
    };
    await world.pass(2_000);
    // The parent's alone: the child, begun second, was in memory.
    expect(read).toEqual([1]);
    expect((await world.engine.describe(arn))?.output).toBe('{"done":true}');
    expect(world.calls).toHaveLength(1);
  });

  it("takes up a parent that left memory before a restart", async () => {
    const limits = { parkAfterMilliseconds: 1_000, parkIfTimerBeyondMilliseconds: 60_000 };
    const nested = await NestedWorld.open(limits);
    const { world } = nested;
    const States = { Nest: nest(".sync:2", { OutputPath: "$.Output", End: true }) };
    const arn = await nested.startParent({ StartAt: "Nest", States });
    await world.pass(8_000);
    await nested.restart();
    await world.pass(2_000);
    expect((await world.engine.describe(arn))?.output).toBe('{"done":true}');
    expect(await nested.children()).toHaveLength(1);
  });

  it("needs no place among the calls while it waits", async () => {
    const nested = await NestedWorld.open({ concurrentCalls: 1 });
    const { world } = nested;
    const branches = ["A", "B", "C"].map((name) => ({
      StartAt: name,
      States: { [name]: nest(".sync", { End: true }) },
    }));
    const arn = await nested.startParent({
      StartAt: "All",
      States: { All: { Type: "Parallel", Branches: branches, End: true } },
    });
    await world.pass(10_000);
    expect((await world.engine.describe(arn))?.status).toBe("SUCCEEDED");
  });

  it("starts the child with the test case that its ARN names", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const child = await world.createMachine("asking", {
      StartAt: "Ask",
      States: {
        Ask: {
          Type: "Task",
          Resource: `arn:aws:states:${REGION}:${ACCOUNT}:activity:ask`,
          End: true,
        },
      },
    });
    world.mocks = ({ testCase }) => testCase === "Happy";
    const { worker } = world;
    world.worker = (call, report, clock) => {
      if (call.stateName === "Ask") report.succeeded(call.testCase ?? "none");
      else return worker(call, report, clock);
    };
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: { Nest: nest(".sync:2", { End: true }, { StateMachineArn: `${child.arn}#Happy` }) },
    });
    await world.finish(arn);
    const { output = "{}" } = (await world.engine.describe(arn))!;
    expect(JSON.parse(output)).toMatchObject({ Output: "Happy", StateMachineArn: child.arn });
  });

  it.each(["", "#Happy"])("starts no EXPRESS execution as a job: ARN%s", async (testCase) => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const express = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
    const machine = await world.createMachine("express", express, "EXPRESS");
    const parameters = { StateMachineArn: `${machine.arn}${testCase}` };
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: { Nest: nest(".sync", { End: true }, parameters) },
    });
    await world.finish(arn);
    expect((await world.engine.describe(arn))?.error).toBe(
      "StepFunctions.StateMachineTypeNotSupportedException",
    );
  });

  it("lets the server stop while it waits, and fails no task by that", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const arn = await nested.startParent({
      StartAt: "Nest",
      States: { Nest: nest(".sync", { End: true }) },
    });
    await world.pass(1_000);
    const before = world.clock.now();
    await world.engine.close();
    expect(world.clock.now()).toBe(before);
    await nested.restart();
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect(await nested.children()).toHaveLength(1);
  });
});

describe("a crash", () => {
  const PARENT = {
    StartAt: "Unnamed",
    States: {
      Unnamed: nest(".sync:2", { ResultSelector: { "first.$": "$.Output" }, Next: "Named" }),
      Named: nest(
        ".sync",
        {
          Catch: [{ ErrorEquals: ["States.TaskFailed"], ResultPath: "$.caught", Next: "Last" }],
          Next: "Last",
        },
        { Name: "named", StateMachineArn: CHILD.replace(":child", ":quick") },
      ),
      Last: { Type: "Pass", Parameters: { "first.$": "$.first" }, End: true },
    },
  };
  const TASK = ["TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted"];
  const HISTORY = [
    "ExecutionStarted",
    ...TASK,
    "TaskSucceeded",
    "TaskStateExited",
    ...TASK,
    "TaskFailed",
    "TaskStateExited",
    "PassStateEntered",
    "PassStateExited",
    "ExecutionSucceeded",
  ];

  it.each(["crash before", "crash after"] as const)(
    "%s any commit starts every child once",
    async (fate) => {
      for (let crashAt = 1; ; crashAt++) {
        if (!(await crashesAt(crashAt, fate))) break;
        expect(crashAt).toBeLessThan(60);
      }
    },
  );

  /** False: there is no such commit. */
  async function crashesAt(crashAt: number, fate: CommitFate): Promise<boolean> {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const machine = await world.createMachine("parent", PARENT);
    const made = world.store.commits;
    world.store.fateOf = (commit) => (commit === made + crashAt ? fate : "ok");
    const started = world.engine.start(world.request(machine, { name: "p" }));
    const arn = `arn:aws:states:${REGION}:${ACCOUNT}:execution:parent:p`;
    await world.unlessDead(started);
    const hasCrashed = (await world.finish(arn)) === undefined;
    if (hasCrashed) {
      await nested.restart();
      await world.start(machine, { name: "p" }).catch(() => undefined);
      await world.finish(arn);
    }
    expect((await world.engine.describe(arn))?.output).toBe('{"first":{"done":true}}');
    expect(await nested.types(arn)).toEqual(HISTORY);
    expect((await nested.children()).map(({ status }) => status)).toEqual(["SUCCEEDED"]);
    expect((await nested.children(nested.quick)).map(({ status }) => status)).toEqual(["FAILED"]);
    return hasCrashed;
  }
});

describe("aws-sdk:sfn", () => {
  it("works an activity from inside another execution", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const activityArn = `arn:aws:states:${REGION}:${ACCOUNT}:activity:a`;
    await world.catalog.activities.create({
      arn: activityArn,
      name: "a",
      tags: [],
      encryption: undefined,
    });
    const waiting = await world.createMachine("waiting", {
      StartAt: "Ask",
      States: { Ask: { Type: "Task", Resource: activityArn, End: true } },
    });
    const parent = await nested.startParent({
      StartAt: "Get",
      States: {
        Get: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:sfn:getActivityTask",
          Parameters: { ActivityArn: activityArn, WorkerName: "w" },
          Next: "Send",
        },
        Send: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess",
          Parameters: { "TaskToken.$": "$.TaskToken", Output: { answer: 42 } },
          End: true,
        },
      },
    });
    await world.pass(1_000);
    const arn = await world.start(waiting);
    await world.settle();
    expect((await world.engine.describe(arn))?.output).toBe('{"answer":42}');
    expect((await world.engine.describe(parent))?.output).toBe("{}");
  });

  it("gives a task back when the execution that polls for it is stopped", async () => {
    const nested = await NestedWorld.open();
    const { world } = nested;
    const activityArn = `arn:aws:states:${REGION}:${ACCOUNT}:activity:a`;
    await world.catalog.activities.create({
      arn: activityArn,
      name: "a",
      tags: [],
      encryption: undefined,
    });
    const parent = await nested.startParent({
      StartAt: "Get",
      States: {
        Get: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:sfn:getActivityTask",
          Parameters: { ActivityArn: activityArn },
          End: true,
        },
      },
    });
    await world.pass(1_000);
    await world.engine.stop(parent, undefined, undefined);
    const waiting = await world.createMachine("waiting", {
      StartAt: "Ask",
      States: { Ask: { Type: "Task", Resource: activityArn, End: true } },
    });
    const arn = await world.start(waiting);
    await world.settle();
    expect(await nested.types(arn)).not.toContain("ActivityStarted");
  });
});
