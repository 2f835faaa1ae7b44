import { beforeEach, describe, expect, it } from "vitest";
import { EngineWorld } from "../../test/support/engine-world.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import type { LoggingConfiguration } from "./catalog/configuration.ts";
import type { ExecutionDescription } from "./execution-service.ts";
import type { LoggedExecution } from "./ports.ts";

const LOGGING: LoggingConfiguration = {
  level: "ALL",
  includeExecutionData: true,
  logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:g:*",
};
const PASS = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
const TASK = {
  StartAt: "T",
  States: {
    T: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:f", End: true },
  },
};

let world: EngineWorld;
let told: { execution: LoggedExecution; events: HistoryEvent[] }[];
let statuses: ExecutionDescription[];

beforeEach(async () => {
  told = [];
  statuses = [];
  world = new EngineWorld();
  world.observer = {
    wantsEvents: ({ level }) => level !== "OFF",
    wantsStatus: true,
    eventsHappened: (execution, events) => void told.push({ execution, events: [...events] }),
    statusChanged: (change) => void statuses.push(change.describe()),
  };
  await world.open();
});

const events = (): HistoryEvent[] => told.flatMap((part) => part.events);

describe("an observer of executions", () => {
  it("is told exactly the history, and of the start and the end", async () => {
    const machine = await world.createMachine("m", TASK, "STANDARD", LOGGING);
    const arn = await world.start(machine, { input: '{"a":1.0}' });
    await world.finish(arn);
    expect(events()).toEqual(await world.history(arn));
    expect(told[0]?.execution).toEqual({
      arn,
      stateMachineName: "m",
      logging: LOGGING,
      redriveCount: 0,
    });
    expect(statuses).toMatchObject([
      { executionArn: arn, status: "RUNNING", input: '{"a":1.0}', stoppedAt: undefined },
      { executionArn: arn, status: "SUCCEEDED", output: "{}" },
    ]);
  });

  it("is told of both changes when one decision does all", async () => {
    const arn = await world.start(await world.createMachine("m", PASS));
    await world.finish(arn);
    expect(statuses.map(({ status }) => status)).toEqual(["RUNNING", "SUCCEEDED"]);
  });

  it("is told no events of a machine without logging", async () => {
    await world.finish(await world.start(await world.createMachine("m", TASK)));
    expect(told).toEqual([]);
  });

  it("is told nothing of what did not become durable", async () => {
    const machine = await world.createMachine("m", PASS, "STANDARD", LOGGING);
    world.store.fateOf = () => "unavailable";
    await expect(world.start(machine)).rejects.toThrow("the disk is full");
    expect([told, statuses]).toEqual([[], []]);
  });

  it("is told once of a result that had to be stored twice", async () => {
    const machine = await world.createMachine("m", TASK, "STANDARD", LOGGING);
    let fates = 0;
    world.worker = (_call, report) => {
      world.store.fateOf = () => (++fates === 1 ? "unavailable" : "ok");
      report.started();
      report.succeeded({});
    };
    const arn = await world.start(machine);
    expect(await world.finish(arn)).toBe("SUCCEEDED");
    expect(fates).toBeGreaterThan(1);
    expect(events()).toEqual(await world.history(arn));
  });

  it("is told of a redrive", async () => {
    world.worker = (_call, report) => {
      report.started();
      report.failed("E", "C");
    };
    const machine = await world.createMachine("m", TASK, "STANDARD", LOGGING);
    const arn = await world.start(machine);
    await world.finish(arn);
    world.worker = (_call, report) => {
      report.started();
      report.succeeded({});
    };
    await world.engine.redrive(arn, undefined);
    await world.finish(arn);
    expect(events()).toEqual(await world.history(arn));
    expect(statuses.map(({ status, redriveCount }) => [status, redriveCount])).toEqual([
      ["RUNNING", 0],
      ["FAILED", 0],
      ["RUNNING", 1],
      ["SUCCEEDED", 1],
    ]);
    const redriven = told.find((part) => part.events[0]?.type === "ExecutionRedriven");
    expect(redriven?.execution.redriveCount).toBe(1);
  });

  it("goes on after a crash", async () => {
    world.worker = () => {};
    const machine = await world.createMachine("m", TASK, "STANDARD", LOGGING);
    const arn = await world.start(machine);
    await world.settle();
    world.worker = (_call, report) => {
      report.started();
      report.succeeded({});
    };
    await world.restart();
    await world.finish(arn);
    expect(events()).toEqual(await world.history(arn));
  });
});

describe("an observer of EXPRESS executions", () => {
  it.each([
    ["PASS", PASS],
    ["TASK", TASK],
  ])("is told all events and no status (%s)", async (_name, definition) => {
    const machine = await world.createMachine("x", definition, "EXPRESS", LOGGING);
    const arn = await world.start(machine);
    await world.settle();
    const ids = events().map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, i) => i + 1));
    expect(events().at(-1)?.type).toBe("ExecutionSucceeded");
    expect(told.every(({ execution }) => execution.arn === arn)).toBe(true);
    expect(statuses).toEqual([]);
  });

  it("is told of a synchronous one", async () => {
    const machine = await world.createMachine("x", PASS, "EXPRESS", LOGGING);
    await world.engine.startSync(world.request(machine));
    expect(events()).toHaveLength(4);
  });
});
