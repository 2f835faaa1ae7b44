import { beforeEach, describe, expect, it } from "vitest";
import type { HistoryEvent } from "../interpreter/history.ts";
import type { Output } from "./operation.ts";
import type { FakeEngine } from "./testing/fake-engine.ts";
import { ApiWorld, MACHINE, OTHER, PASS, PREFIX, ROLE } from "./testing/api-world.ts";

let world: ApiWorld;

beforeEach(async () => {
  world = await ApiWorld.open();
});

describe("starting executions", () => {
  const start = (input: object = {}): Promise<Output> =>
    world.call("StartExecution", { stateMachineArn: MACHINE, ...input });

  it("hands on what the engine needs", async () => {
    await world.create({ publish: true });
    expect(await start({ name: "e", input: ' {"a": 1.0}', traceHeader: "t" })).toEqual({
      executionArn: `${PREFIX}:execution:m:e`,
      startDate: 1_700_000_000.123,
    });
    const { revisionId } = world.engine.starts[0]!;
    await world.call("UpdateStateMachine", { stateMachineArn: MACHINE, definition: OTHER });
    await start({ stateMachineArn: `${MACHINE}:1` });
    expect(world.engine.starts).toMatchObject([
      { name: "e", traceHeader: "t", versionArn: undefined, machine: { arn: MACHINE } },
      { name: undefined, input: {}, revisionId, versionArn: `${MACHINE}:1` },
    ]);
    expect(
      (await world.call("DescribeExecution", { executionArn: `${PREFIX}:execution:m:e` }))["input"],
    ).toBe(' {"a": 1.0}');
  });

  describe("with a test case after the ARN", () => {
    const chosen: unknown[] = [];
    const choose = (choice: { readonly testCase: string }): string | undefined => {
      chosen.push(choice);
      return choice.testCase === "Happy#1" ? undefined : "there is only Happy#1.";
    };

    async function withMocks(): Promise<void> {
      chosen.length = 0;
      world.testCases = { choose };
      await world.restart();
      await world.create({ publish: true });
      await world.call("CreateStateMachineAlias", {
        name: "prod",
        routingConfiguration: [{ stateMachineVersionArn: `${MACHINE}:1`, weight: 100 }],
      });
    }

    it("hands it on, and the state machine without it", async () => {
      await withMocks();
      await start({ stateMachineArn: `${MACHINE}#Happy#1` });
      await start({ stateMachineArn: `${MACHINE}:1#Happy#1` });
      await start({ stateMachineArn: `${MACHINE}:prod#Happy#1` });
      await start({ stateMachineArn: `${MACHINE}#` });
      await start();
      const machine = { arn: MACHINE };
      const { revisionId } = world.engine.starts[0]!;
      expect(world.engine.starts).toMatchObject([
        { machine, testCase: "Happy#1", versionArn: undefined },
        { machine, testCase: "Happy#1", versionArn: `${MACHINE}:1` },
        { machine, testCase: "Happy#1", aliasArn: `${MACHINE}:prod` },
        { machine, testCase: undefined },
        { machine, testCase: undefined },
      ]);
      const choice = { stateMachineName: "m", revisionId, testCase: "Happy#1" };
      expect(chosen).toEqual([choice, choice, choice]);
    });

    it("hands it on with StartSyncExecution", async () => {
      await withMocks();
      const { stateMachineArn } = await world.create({ name: "x", type: "EXPRESS" });
      await world.call("StartSyncExecution", {
        stateMachineArn: `${String(stateMachineArn)}#Happy#1`,
      });
      expect(world.engine.starts).toMatchObject([{ testCase: "Happy#1" }]);
    });

    it("refuses one that does not exist", async () => {
      await withMocks();
      const stateMachineArn = `${MACHINE}#Sad`;
      expect(await world.failure("StartExecution", { stateMachineArn })).toBe(
        `ValidationException: stateMachineArn '${stateMachineArn}': there is only Happy#1.`,
      );
      expect(
        await world.failure("StartExecution", { stateMachineArn: `${PREFIX}:stateMachine:n#Sad` }),
      ).toBe(`StateMachineDoesNotExist: State Machine Does Not Exist: '${PREFIX}:stateMachine:n'`);
      expect(world.engine.starts).toEqual([]);
    });

    it("answers like AWS without a mock configuration, and says what is missing", async () => {
      await world.create();
      const stateMachineArn = `${MACHINE}#Happy`;
      const refusal = `StateMachineDoesNotExist: State Machine Does Not Exist: '${stateMachineArn}'`;
      expect(await world.failure("StartExecution", { stateMachineArn })).toBe(
        `${refusal} (what stands after # is a test case; start the server with --mock-config FILE)`,
      );
      expect(
        await world.failure("StartExecution", {
          stateMachineArn: `${PREFIX}:stateMachine:n#Happy`,
        }),
      ).toBe(refusal.replace(":m#", ":n#"));
    });
  });

  it("prefers the trace header of HTTP, unless it is too long", async () => {
    await world.create();
    world.request = { ...world.request, traceHeader: "http" };
    await start({ traceHeader: "member" });
    world.request = { ...world.request, traceHeader: "h".repeat(257) };
    await start({ traceHeader: "member" });
    expect(world.engine.starts.map(({ traceHeader }) => traceHeader)).toEqual(["http", "member"]);
  });

  it.each([
    [
      "not some json",
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      "{'not': 'json'",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
    ],
    ["", "Invalid execution input."],
  ])("refuses the input %j", async (input, reason) => {
    await world.create();
    await expect(start({ input })).rejects.toThrow(
      `Invalid State Machine Execution Input: '${reason}'`,
    );
  });

  it("counts the bytes of the input", async () => {
    await world.create();
    await expect(start({ input: JSON.stringify("ä".repeat(131_071)) })).resolves.toBeDefined();
    await expect(start({ input: JSON.stringify("ä".repeat(131_072)) })).rejects.toMatchObject({
      name: "InvalidExecutionInput",
    });
    await expect(start({ input: `"${"a".repeat(262_143)}"` })).rejects.toThrow(
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    );
  });

  it("refuses a name that is taken", async () => {
    await world.create();
    await start({ name: "e" });
    await expect(start({ name: "e" })).rejects.toThrow(
      `Execution Already Exists: '${PREFIX}:execution:m:e'`,
    );
  });

  it("runs EXPRESS to the end with StartSyncExecution, and nothing else", async () => {
    await world.create();
    const input = { stateMachineArn: MACHINE, name: "e", input: "{}" };
    expect(await world.failure("StartSyncExecution", input)).toBe(
      "StateMachineTypeNotSupported: This operation is not supported by this type of state machine",
    );
    await world.create({ name: "x", type: "EXPRESS" });
    const stateMachineArn = `${PREFIX}:stateMachine:x`;
    expect(await world.call("StartSyncExecution", { ...input, stateMachineArn })).toEqual({
      executionArn: `${PREFIX}:express:x:e`,
      stateMachineArn,
      name: "e",
      status: "SUCCEEDED",
      startDate: 1_700_000_000.123,
      stopDate: 1_700_000_000.128,
      input: "{}",
      inputDetails: { included: true },
      output: "{}",
      outputDetails: { included: true },
      billingDetails: { billedDurationInMilliseconds: 100, billedMemoryUsedInMB: 64 },
    });
  });
});

describe("executions", () => {
  const executionArn = `${PREFIX}:execution:m:e`;

  async function started(end: Partial<FakeEngine["end"]> = {}): Promise<void> {
    world.engine.end = end;
    await world.create();
    await world.call("StartExecution", { stateMachineArn: MACHINE, name: "e" });
  }

  it("are described when they succeeded", async () => {
    await started();
    expect(await world.call("DescribeExecution", { executionArn })).toEqual({
      executionArn,
      stateMachineArn: MACHINE,
      name: "e",
      status: "SUCCEEDED",
      startDate: 1_700_000_000.123,
      stopDate: 1_700_000_000.128,
      input: "{}",
      inputDetails: { included: true },
      output: "{}",
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    });
    const metadata = await world.call("DescribeExecution", {
      executionArn,
      includedData: "METADATA_ONLY",
    });
    expect(metadata).toMatchObject({
      inputDetails: { included: false },
      outputDetails: { included: false },
    });
    expect(metadata["input"]).toBeUndefined();
    expect(metadata["output"]).toBeUndefined();
  });

  it("are described when they failed or run", async () => {
    const end = { status: "FAILED", error: "E", cause: "C", output: undefined } as const;
    await started({ ...end, notRedrivable: undefined });
    const failed = await world.call("DescribeExecution", { executionArn });
    expect(failed).toMatchObject({ error: "E", cause: "C", redriveStatus: "REDRIVABLE" });
    expect(failed["outputDetails"]).toBeUndefined();
    expect(failed["redriveStatusReason"]).toBeUndefined();
    expect(failed["redriveDate"]).toBeUndefined();
  });

  it("are described when they were redriven", async () => {
    const reason = "Execution redrivable period exceeded";
    const redriven = { redriveCount: 2, redrivenAt: 1_700_000_009_001, notRedrivable: reason };
    await started({ status: "FAILED", output: undefined, ...redriven });
    expect(await world.call("DescribeExecution", { executionArn })).toMatchObject({
      redriveCount: 2,
      redriveDate: 1_700_000_009.001,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: reason,
    });
    const { executions } = await world.call("ListExecutions", { stateMachineArn: MACHINE });
    expect(executions).toMatchObject([{ redriveCount: 2, redriveDate: 1_700_000_009.001 }]);
  });

  it("are redriven", async () => {
    await started();
    const input = { executionArn, clientToken: "a-token!" };
    expect(await world.call("RedriveExecution", input)).toEqual({ redriveDate: 1_700_000_001.5 });
    expect(await world.call("RedriveExecution", { executionArn })).toEqual({
      redriveDate: 1_700_000_001.5,
    });
    expect(world.engine.redrives).toEqual([
      [executionArn, "a-token!"],
      [executionArn, undefined],
    ]);
  });

  it("are not redriven, with AWS's words", async () => {
    await started();
    const reason = "Execution is SUCCEEDED and cannot be redriven";
    world.engine.redriveResult = { type: "NotRedrivable", reason };
    expect(await world.failure("RedriveExecution", { executionArn })).toBe(
      `ExecutionNotRedrivable: Execution ${executionArn} invalid for redrive as: ${reason}`,
    );
    world.engine.redriveResult = { type: "TooManyOpen", limit: 5 };
    expect(await world.failure("RedriveExecution", { executionArn })).toBe(
      "ExecutionLimitExceeded: Execution Limit Exceeded: '5'",
    );
    const missing = `${PREFIX}:execution:m:other`;
    expect(await world.failure("RedriveExecution", { executionArn: missing })).toBe(
      `ExecutionDoesNotExist: Execution Does Not Exist: '${missing}'`,
    );
    const express = `${PREFIX}:express:m:e:uuid`;
    expect(await world.failure("RedriveExecution", { executionArn: express })).toBe(
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
    );
    for (const clientToken of ["", "with blank", "x".repeat(65)]) {
      const failure = await world.failure("RedriveExecution", { executionArn, clientToken });
      expect(failure).toMatch(/^ValidationException: .*'clientToken' failed to satisfy/);
    }
  });

  it("of a state machine are not filtered by redrives, as on AWS", async () => {
    await world.create();
    for (const redriveFilter of ["REDRIVEN", "NOT_REDRIVEN"]) {
      const failure = await world.failure("ListExecutions", {
        stateMachineArn: MACHINE,
        redriveFilter,
      });
      expect(failure).toBe(
        "ValidationException: RedriveFilter cannot be applied to ListExecutions call with StateMachine ARN",
      );
    }
  });

  it("know their state machine as it was", async () => {
    await started();
    world.time += 1_000;
    await world.call("UpdateStateMachine", {
      stateMachineArn: MACHINE,
      definition: OTHER,
      roleArn: `${ROLE}2`,
    });
    await world.call("DeleteStateMachine", { stateMachineArn: MACHINE });
    expect(await world.call("DescribeStateMachineForExecution", { executionArn })).toEqual({
      stateMachineArn: MACHINE,
      name: "m",
      definition: PASS,
      roleArn: ROLE,
      updateDate: 1_700_000_000.123,
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  });

  it("that do not exist are said so", async () => {
    for (const name of [
      "DescribeExecution",
      "StopExecution",
      "GetExecutionHistory",
      "DescribeStateMachineForExecution",
    ]) {
      expect(await world.failure(name, { executionArn })).toBe(
        `ExecutionDoesNotExist: Execution Does Not Exist: '${executionArn}'`,
      );
    }
  });

  it("are stopped", async () => {
    await started({ status: "RUNNING", stoppedAt: undefined });
    expect(await world.call("StopExecution", { executionArn, error: "e", cause: "c" })).toEqual({
      stopDate: 1_700_000_000.123,
    });
  });

  describe("in a list", () => {
    const list = (input: object = {}): Promise<Output> =>
      world.call("ListExecutions", { stateMachineArn: MACHINE, ...input });
    const shown = (answer: Output): string[] =>
      (answer["executions"] as { name: string }[]).map(({ name }) => name);

    it("come newest first, page by page", async () => {
      await world.create();
      for (const name of ["a", "b", "c"]) {
        world.time += 1;
        await world.call("StartExecution", { stateMachineArn: MACHINE, name });
      }
      const first = await list({ maxResults: 2 });
      expect(first["executions"]).toContainEqual({
        executionArn: `${PREFIX}:execution:m:b`,
        stateMachineArn: MACHINE,
        name: "b",
        status: "SUCCEEDED",
        startDate: 1_700_000_000.125,
        stopDate: 1_700_000_000.13,
        redriveCount: 0,
      });
      const { nextToken } = first;
      const second = await list({ nextToken });
      expect([...shown(first), ...shown(second)]).toEqual(["c", "b", "a"]);
      expect(second["nextToken"]).toBeUndefined();
      expect(shown(await list({ statusFilter: "RUNNING" }))).toEqual([]);
      expect(
        await world.failure("ListExecutions", {
          stateMachineArn: MACHINE,
          statusFilter: "FAILED",
          nextToken,
        }),
      ).toBe("InvalidToken: Invalid Token: 'Invalid token'");
    });

    it("can be those of a version, though others lie between", async () => {
      await world.create({ publish: true });
      for (const number of [1, 2, 3, 4, 5, 6]) {
        world.time += 1;
        const stateMachineArn = number % 3 === 0 ? `${MACHINE}:1` : MACHINE;
        await world.call("StartExecution", { stateMachineArn, name: String(number) });
      }
      const found: string[] = [];
      let nextToken: unknown;
      do {
        const answer = await list({ stateMachineArn: `${MACHINE}:1`, maxResults: 1, nextToken });
        found.push(...shown(answer));
        ({ nextToken } = answer);
      } while (nextToken !== undefined);
      expect(found).toEqual(["6", "3"]);
    });

    it("are not those of a deleted state machine of the name", async () => {
      await started();
      await world.call("DeleteStateMachine", { stateMachineArn: MACHINE });
      await world.create();
      world.time += 2;
      await world.call("StartExecution", { stateMachineArn: MACHINE, name: "new" });
      expect(shown(await list())).toEqual(["new"]);
    });

    it("need a state machine, and one that keeps them", async () => {
      expect(await world.failure("ListExecutions", {})).toMatch(/^ValidationException/);
      await world.create({ name: "x", type: "EXPRESS" });
      expect(
        await world.failure("ListExecutions", { stateMachineArn: `${PREFIX}:stateMachine:x` }),
      ).toMatch(/^StateMachineTypeNotSupported/);
      const mapRunArn = `${PREFIX}:mapRun:m/l:u`;
      expect(await world.failure("ListExecutions", { mapRunArn })).toBe(
        `ResourceNotFound: Resource not found: '${mapRunArn}'`,
      );
    });
  });

  describe("have a history", () => {
    const event = (id: number): HistoryEvent => ({
      id,
      previousEventId: id - 1,
      type: "PassStateEntered",
      at: 1_700_000_000_001,
      detailsName: "stateEnteredEventDetails",
      details: { name: `s${id}`, input: "{}", inputDetails: { truncated: false } },
    });

    beforeEach(async () => {
      await started();
      world.engine.events = [1, 2, 3, 4, 5].map(event);
    });

    /** Ids of all pages. */
    async function pages(
      input: object,
      between: () => void = () => undefined,
    ): Promise<number[][]> {
      const result: number[][] = [];
      let nextToken: unknown;
      do {
        const answer = await world.call("GetExecutionHistory", {
          executionArn,
          ...input,
          nextToken,
        });
        result.push((answer["events"] as { id: number }[]).map(({ id }) => id));
        ({ nextToken } = answer);
        between();
      } while (nextToken !== undefined && result.length < 10);
      return result;
    }

    it("in AWS's form", async () => {
      const { events } = await world.call("GetExecutionHistory", { executionArn, maxResults: 1 });
      expect(events).toEqual([
        {
          id: 1,
          previousEventId: 0,
          timestamp: 1_700_000_000.001,
          type: "PassStateEntered",
          stateEnteredEventDetails: { name: "s1", input: "{}", inputDetails: { truncated: false } },
        },
      ]);
    });

    it("without payloads on request", async () => {
      const input = { executionArn, maxResults: 1, includeExecutionData: false };
      const { events } = await world.call("GetExecutionHistory", input);
      expect(events).toMatchObject([
        { stateEnteredEventDetails: { name: "s1", inputDetails: { truncated: false } } },
      ]);
      expect(JSON.stringify(events)).not.toContain('"input"');
    });

    it("in pages", async () => {
      expect(await pages({ maxResults: 2 })).toEqual([[1, 2], [3, 4], [5]]);
      expect(await pages({ maxResults: 5 })).toEqual([[1, 2, 3, 4, 5]]);
    });

    it("backwards, also while it grows", async () => {
      const grow = (): void => {
        world.engine.events.push(event(world.engine.events.length + 1));
      };
      expect(await pages({ maxResults: 2, reverseOrder: true }, grow)).toEqual([
        [5, 4],
        [3, 2],
        [1],
      ]);
      world.engine.events = [event(1)];
      expect(await pages({ maxResults: 2, reverseOrder: true })).toEqual([[1]]);
    });
  });
});
