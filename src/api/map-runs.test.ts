/** Map Runs through the API, on a real engine. */
import { beforeEach, describe, expect, it } from "vitest";
import { EngineWorld } from "../../test/support/engine-world.ts";
import { AWS_QUOTAS } from "../engine/quotas.ts";
import { createApi, type Api } from "./api.ts";
import type { Output } from "./operation.ts";
import { noStateTester } from "./testing/no-state-tester.ts";

const PREFIX = "arn:aws:states:us-east-1:123456789012";
const STATES = { W: { Type: "Wait", SecondsPath: "$", End: true } };
const DEFINITION = {
  StartAt: "M",
  States: {
    M: {
      Type: "Map",
      Label: "L",
      MaxConcurrency: 2,
      ToleratedFailurePercentage: 12.5,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "W",
        States: STATES,
      },
      End: true,
    },
  },
};

let world: EngineWorld;
let api: Api;
let executionArn: string;

beforeEach(async () => {
  world = await EngineWorld.open();
  api = createApi({
    engine: world.engine,
    catalog: world.catalog,
    clock: world.clock,
    randomness: { number: () => 0 },
    limits: AWS_QUOTAS,
    region: "us-east-1",
    accountId: "123456789012",
    stateTester: noStateTester,
  });
  const machine = await world.createMachine("m", DEFINITION);
  executionArn = await world.start(machine, { name: "e", input: "[5,60,60]" });
  await world.pass(10_000);
});

function call(name: string, input: object): Promise<Output> {
  const signal = new AbortController().signal;
  return api.call(name, input, { requestId: "r", traceHeader: undefined, signal });
}

function failure(name: string, input: object): Promise<string> {
  return call(name, input).then(
    () => "none",
    (error: Error & { extra?: object }) =>
      `${error.name}: ${error.message} ${JSON.stringify(error.extra)}`,
  );
}

async function mapRunArn(): Promise<string> {
  const { mapRuns } = await call("ListMapRuns", { executionArn });
  return (mapRuns as { mapRunArn: string }[])[0]!.mapRunArn;
}

interface Listed {
  readonly executions: readonly { readonly executionArn: string; readonly name: string }[];
  readonly nextToken?: string;
}

const list = (input: object) => call("ListExecutions", input) as unknown as Promise<Listed>;

describe("Map Runs", () => {
  it("are listed with their execution", async () => {
    const found = await call("ListMapRuns", { executionArn });
    expect(found).toMatchObject({
      mapRuns: [
        {
          executionArn,
          mapRunArn: expect.stringMatching(`^${PREFIX}:mapRun:m/L:[0-9a-f-]{36}$`) as string,
          stateMachineArn: `${PREFIX}:stateMachine:m/L`,
          startDate: 1_767_225_600,
          stopDate: undefined,
        },
      ],
    });
    expect(await failure("ListMapRuns", { executionArn: `${executionArn}x` })).toContain(
      "ExecutionDoesNotExist",
    );
    expect(await failure("ListMapRuns", { executionArn: await mapRunArn() })).toContain(
      "InvalidArn",
    );
  });

  it("are described as AWS does", async () => {
    const arn = await mapRunArn();
    const counts = {
      pending: 0,
      running: 2,
      succeeded: 1,
      failed: 0,
      timedOut: 0,
      aborted: 0,
      total: 3,
      resultsWritten: 0,
    };
    expect(await call("DescribeMapRun", { mapRunArn: arn })).toEqual({
      mapRunArn: arn,
      executionArn,
      status: "RUNNING",
      startDate: 1_767_225_600,
      stopDate: undefined,
      maxConcurrency: 2,
      toleratedFailurePercentage: 12.5,
      toleratedFailureCount: 0,
      itemCounts: counts,
      executionCounts: counts,
    });
    expect(await failure("DescribeMapRun", { mapRunArn: `${arn.slice(0, -4)}ffff` })).toContain(
      "ResourceNotFound",
    );
    expect(await failure("DescribeMapRun", { mapRunArn: executionArn })).toContain("InvalidArn");
  });

  it("are updated while they run", async () => {
    const arn = await mapRunArn();
    expect(
      await call("UpdateMapRun", { mapRunArn: arn, toleratedFailurePercentage: 50.5 }),
    ).toEqual({});
    expect(await call("DescribeMapRun", { mapRunArn: arn })).toMatchObject({
      maxConcurrency: 2,
      toleratedFailurePercentage: 50.5,
    });
    expect(
      await failure("UpdateMapRun", { mapRunArn: arn, toleratedFailurePercentage: 101 }),
    ).toContain("Member must have value less than or equal to 100");
    await world.finish(executionArn);
    expect(await failure("UpdateMapRun", { mapRunArn: arn, maxConcurrency: 1 })).toMatch(
      /^ValidationException: .*CANNOT_UPDATE_COMPLETED_MAP_RUN/,
    );
  });

  it("list their children, page by page", async () => {
    const arn = await mapRunArn();
    const first = await list({ mapRunArn: arn, maxResults: 2 });
    const second = await list({ mapRunArn: arn, maxResults: 2, nextToken: first.nextToken });
    expect([first.executions.length, second.executions.length]).toEqual([2, 1]);
    expect(second.nextToken).toBeUndefined();
    const [child] = first.executions;
    expect(child).toMatchObject({
      executionArn: `${PREFIX}:execution:m/L:${child!.name}`,
      stateMachineArn: `${PREFIX}:stateMachine:m/L`,
      status: "RUNNING",
      mapRunArn: arn,
      itemCount: 1,
      redriveCount: 0,
    });
    expect((await list({ mapRunArn: arn, statusFilter: "SUCCEEDED" })).executions).toHaveLength(1);
    expect((await list({ stateMachineArn: `${PREFIX}:stateMachine:m` })).executions).toHaveLength(
      1,
    );
  });

  it("have children that are executions", async () => {
    const arn = await mapRunArn();
    const [child] = (await list({ mapRunArn: arn })).executions;
    const named = { executionArn: child!.executionArn };
    expect(await call("StopExecution", named)).toHaveProperty("stopDate");
    expect(await call("DescribeExecution", named)).toMatchObject({
      stateMachineArn: `${PREFIX}:stateMachine:m/L`,
      mapRunArn: arn,
      status: "ABORTED",
      input: "60",
      redriveStatus: "REDRIVABLE_BY_MAP_RUN",
    });
    expect(await failure("RedriveExecution", named)).toContain("ExecutionNotRedrivable");
    expect(await call("DescribeStateMachineForExecution", named)).toMatchObject({
      stateMachineArn: `${PREFIX}:stateMachine:m/L`,
      name: "m",
      definition: JSON.stringify({ StartAt: "W", States: STATES }),
      mapRunArn: arn,
      label: "L",
    });
    const { events } = await call("GetExecutionHistory", named);
    expect((events as { type: string }[]).map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "WaitStateEntered",
      "ExecutionAborted",
    ]);
  });
});

describe("Map Runs that were redriven", () => {
  /** Item 60 fails, and again when it is redriven. */
  async function redriven(type: "STANDARD" | "EXPRESS"): Promise<string> {
    const lambda = "arn:aws:lambda:us-east-1:123456789012:function:f";
    const States = { T: { Type: "Task", Resource: lambda, End: true } };
    const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: type };
    const ItemProcessor = { ProcessorConfig, StartAt: "T", States };
    const M = { Type: "Map", Label: "L", MaxConcurrency: 1, ItemProcessor, End: true };
    world.worker = ({ parameters }, report, clock) =>
      clock.schedule(clock.now() + 1_000, () =>
        parameters === 60 ? report.failed("E", "C") : report.succeeded(0),
      );
    const machine = await world.createMachine("r", { StartAt: "M", States: { M } });
    const arn = await world.start(machine, { name: "e", input: "[5,60,7]" });
    await world.finish(arn);
    await call("RedriveExecution", { executionArn: arn });
    await world.pass(500);
    return arn;
  }

  it("say so", async () => {
    executionArn = await redriven("STANDARD");
    const arn = await mapRunArn();
    const counts = { succeeded: 1, running: 1, pending: 1, total: 3, failuresNotRedrivable: 0 };
    expect(await call("DescribeMapRun", { mapRunArn: arn })).toMatchObject({
      status: "RUNNING",
      itemCounts: { ...counts, pendingRedrive: 0 },
      redriveCount: 1,
      redriveDate: expect.any(Number) as number,
    });
    const { executions } = await list({ mapRunArn: arn, redriveFilter: "REDRIVEN" });
    expect(executions).toMatchObject([{ status: "RUNNING", redriveCount: 1 }]);
    const others = await list({ mapRunArn: arn, redriveFilter: "NOT_REDRIVEN" });
    expect(others.executions).toMatchObject([{ status: "SUCCEEDED", redriveCount: 0 }]);
    expect((await list({ mapRunArn: arn, statusFilter: "PENDING_REDRIVE" })).executions).toEqual(
      [],
    );
    await world.finish(executionArn);
    expect(await call("DescribeMapRun", { mapRunArn: arn })).toMatchObject({ status: "FAILED" });
  });

  it("go on with children that were aborted", async () => {
    executionArn = await redriven("STANDARD");
    const arn = await mapRunArn();
    await call("StopExecution", { executionArn });
    await world.settle();
    world.worker = () => {};
    const [aborted] = (await list({ mapRunArn: arn, statusFilter: "ABORTED" })).executions;
    await call("RedriveExecution", { executionArn });
    await world.settle();
    expect(await call("DescribeExecution", { executionArn: aborted!.executionArn })).toMatchObject({
      status: "RUNNING",
      redriveCount: 2,
      redriveStatus: "NOT_REDRIVABLE",
    });
  });

  it("have EXPRESS children that are described, but have no history", async () => {
    executionArn = await redriven("EXPRESS");
    await world.finish(executionArn);
    const { executions } = await list({ mapRunArn: await mapRunArn(), statusFilter: "FAILED" });
    const [child] = executions;
    expect(child).toMatchObject({ redriveCount: 1, itemCount: 1, redriveDate: undefined });
    const named = { executionArn: child!.executionArn };
    expect(child!.executionArn).toBe(`${PREFIX}:express:r/L:${child!.name}`);
    expect(await call("DescribeExecution", named)).toMatchObject({
      name: child!.name,
      status: "FAILED",
      input: "60",
      error: "E",
      cause: "C",
      mapRunArn: await mapRunArn(),
      redriveStatus: "REDRIVABLE_BY_MAP_RUN",
    });
    expect(await call("DescribeStateMachineForExecution", named)).toMatchObject({ label: "L" });
    expect(await failure("GetExecutionHistory", named)).toMatch(
      /^InvalidArn: .*Resource type not valid in this context: express/u,
    );
    const foreign = child!.executionArn.replace("r/L", "r");
    expect(await failure("DescribeExecution", { executionArn: foreign })).toContain("InvalidArn");
  });
});
