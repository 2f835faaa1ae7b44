/** One story that uses every operation; the tests of the CLI and of the SDK tell it to servers of their own. */
import { expect } from "vitest";
import { roleArn } from "./sdk-client.ts";

export const PREFIX = "arn:aws:states:us-east-1:123456789012";
export const machine = `${PREFIX}:stateMachine:orders`;
export const quick = `${PREFIX}:stateMachine:quick`;
const activityArn = `${PREFIX}:activity:packing`;
export const execution = `${PREFIX}:execution:orders:first`;
const stopped = `${PREFIX}:execution:orders:second`;
export const live = `${machine}:live`;

const packing = (comment: string): string =>
  JSON.stringify({
    Comment: comment,
    StartAt: "Pack",
    States: {
      Pack: {
        Type: "Task",
        Resource: activityArn,
        HeartbeatSeconds: 60,
        TimeoutSeconds: 120,
        End: true,
      },
    },
  });
export const pass = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}';
export const endless = '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Nowhere"}}}';
export const routes = (...weights: number[]): object[] =>
  weights.map((weight, index) => ({ stateMachineVersionArn: `${machine}:${index + 1}`, weight }));
const batch = `${PREFIX}:stateMachine:batch`;
const batchRun = `${PREFIX}:execution:batch:run`;
/** A distributed Map whose children wait, so that its run can be seen and changed. */
const waitingForAll = JSON.stringify({
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      Label: "each",
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Wait",
        States: { Wait: { Type: "Wait", Seconds: 600, End: true } },
      },
      End: true,
    },
  },
});
const given: unknown = expect.anything();
const nonEmpty = expect.stringMatching(/./) as unknown;

/** What an earlier answer told and a later request needs. */
export type Facts = Map<string, string>;

export interface GoodCase {
  readonly operation: string;
  readonly input: (facts: Facts) => object;
  /** The answer has at least these members. */
  readonly answer: object;
  /** Members that are asserted to be absent. */
  readonly without?: readonly string[];
  /** The answer's member that later requests need under its name: `taskToken`, `a.0.b`. */
  readonly keep?: string;
  /** The server works on while it answers: ask until the answer is as it must be. */
  readonly patient?: true;
}

/** Keeps the member at `path` of an answer under its own name. */
export function remember(facts: Facts, path: string, answer: unknown): void {
  const steps = path.split(".");
  let value = answer;
  for (const step of steps) value = (value as Record<string, unknown>)[step];
  facts.set(steps.at(-1)!, String(value));
}

const good = (
  operation: string,
  input: object | ((facts: Facts) => object),
  answer: object = {},
  more: Pick<GoodCase, "without" | "keep" | "patient"> = {},
): GoodCase => ({
  operation,
  input: typeof input === "function" ? (input as GoodCase["input"]) : () => input,
  answer,
  ...more,
});

const withToken =
  (more: object = {}) =>
  (facts: Facts): object => ({ taskToken: facts.get("taskToken"), ...more });

/** In this order; each builds on those before it. */
export const goodCases: readonly GoodCase[] = [
  good("CreateActivity", { name: "packing" }, { activityArn, creationDate: given }),
  good("DescribeActivity", { activityArn }, { activityArn, name: "packing", creationDate: given }),
  good("ListActivities", {}, { activities: [{ activityArn, name: "packing" }] }),
  good(
    "ValidateStateMachineDefinition",
    { definition: endless },
    {
      result: "FAIL",
      diagnostics: [
        { severity: "ERROR", code: "MISSING_TRANSITION_TARGET", location: "/States/A/Next" },
        { severity: "ERROR", code: "MISSING_END_STATE" },
      ],
      truncated: false,
    },
  ),
  good(
    "TestState",
    {
      definition: '{"Type":"Pass","Parameters":{"b.$":"$.a"},"Next":"Then"}',
      input: '{"a":1}',
      inspectionLevel: "DEBUG",
    },
    {
      status: "SUCCEEDED",
      output: '{"b":1}',
      nextState: "Then",
      inspectionData: { input: '{"a":1}', afterParameters: '{"b":1}' },
    },
  ),
  good(
    "CreateStateMachine",
    {
      name: "orders",
      definition: packing("one"),
      roleArn,
      publish: true,
      versionDescription: "the first",
      tags: [{ key: "team", value: "shop" }],
    },
    { stateMachineArn: machine, stateMachineVersionArn: `${machine}:1`, creationDate: given },
  ),
  good(
    "CreateStateMachine",
    { name: "quick", definition: pass, roleArn, type: "EXPRESS" },
    { stateMachineArn: quick },
    { without: ["stateMachineVersionArn"] },
  ),
  good(
    "DescribeStateMachine",
    { stateMachineArn: machine },
    {
      stateMachineArn: machine,
      name: "orders",
      status: "ACTIVE",
      type: "STANDARD",
      definition: packing("one"),
      roleArn,
      creationDate: given,
    },
    // AWS gives the first revision no id.
    { without: ["revisionId"] },
  ),
  good(
    "ListStateMachines",
    {},
    {
      stateMachines: [
        { stateMachineArn: machine, name: "orders", type: "STANDARD" },
        { stateMachineArn: quick, name: "quick", type: "EXPRESS" },
      ],
    },
  ),
  good("TagResource", { resourceArn: machine, tags: [{ key: "cost", value: "7" }] }),
  good("UntagResource", { resourceArn: machine, tagKeys: ["team"] }),
  good("ListTagsForResource", { resourceArn: machine }, { tags: [{ key: "cost", value: "7" }] }),
  good(
    "UpdateStateMachine",
    { stateMachineArn: machine, definition: packing("two") },
    { updateDate: given, revisionId: nonEmpty },
  ),
  good(
    "PublishStateMachineVersion",
    { stateMachineArn: machine, description: "the second" },
    { stateMachineVersionArn: `${machine}:2`, creationDate: given },
  ),
  good(
    "ListStateMachineVersions",
    { stateMachineArn: machine },
    {
      stateMachineVersions: [
        { stateMachineVersionArn: `${machine}:2` },
        { stateMachineVersionArn: `${machine}:1` },
      ],
    },
  ),
  good(
    "CreateStateMachineAlias",
    { name: "live", routingConfiguration: routes(100) },
    { stateMachineAliasArn: live, creationDate: given },
  ),
  good(
    "UpdateStateMachineAlias",
    { stateMachineAliasArn: live, description: "in use", routingConfiguration: routes(0, 100) },
    { updateDate: given },
  ),
  good(
    "DescribeStateMachineAlias",
    { stateMachineAliasArn: live },
    { name: "live", description: "in use", routingConfiguration: routes(0, 100) },
  ),
  good(
    "ListStateMachineAliases",
    { stateMachineArn: `${machine}:2` },
    { stateMachineAliases: [{ stateMachineAliasArn: live }] },
  ),
  good(
    "StartExecution",
    { stateMachineArn: live, name: "first", input: '{"box":1}' },
    { executionArn: execution, startDate: given },
  ),
  good(
    "DescribeStateMachineForExecution",
    { executionArn: execution },
    { stateMachineArn: machine, name: "orders", definition: packing("two"), updateDate: given },
  ),
  good(
    "ListExecutions",
    { stateMachineArn: live, statusFilter: "RUNNING" },
    {
      executions: [
        { executionArn: execution, name: "first", stateMachineAliasArn: live, redriveCount: 0 },
      ],
    },
  ),
  good(
    "GetActivityTask",
    { activityArn, workerName: "worker" },
    { taskToken: nonEmpty, input: '{"box":1}' },
    { keep: "taskToken" },
  ),
  good("SendTaskHeartbeat", withToken()),
  good("SendTaskFailure", withToken({ error: "NoBoxes", cause: "all gone" })),
  good(
    "DescribeExecution",
    { executionArn: execution },
    {
      status: "FAILED",
      error: "NoBoxes",
      cause: "all gone",
      redriveStatus: "REDRIVABLE",
      redriveCount: 0,
    },
    { patient: true },
  ),
  good("RedriveExecution", { executionArn: execution }, { redriveDate: given }),
  good(
    "GetActivityTask",
    { activityArn },
    { taskToken: nonEmpty, input: '{"box":1}' },
    { keep: "taskToken" },
  ),
  good("SendTaskSuccess", withToken({ output: '{"packed": 1.0}' })),
  good(
    "DescribeExecution",
    { executionArn: execution },
    {
      executionArn: execution,
      stateMachineArn: machine,
      stateMachineVersionArn: `${machine}:2`,
      stateMachineAliasArn: live,
      status: "SUCCEEDED",
      input: '{"box":1}',
      output: '{"packed": 1.0}',
      redriveCount: 1,
      redriveStatus: "NOT_REDRIVABLE",
      redriveDate: given,
    },
    { patient: true, without: ["error", "cause"] },
  ),
  good(
    "GetExecutionHistory",
    { executionArn: execution },
    {
      events: [
        { id: 1, previousEventId: 0, type: "ExecutionStarted" },
        { id: 2, type: "TaskStateEntered" },
        { id: 3, type: "ActivityScheduled" },
        { id: 4, activityStartedEventDetails: { workerName: "worker" } },
        { id: 5, activityFailedEventDetails: { error: "NoBoxes", cause: "all gone" } },
        { id: 6, type: "ExecutionFailed" },
        { id: 7, executionRedrivenEventDetails: { redriveCount: 1 } },
        { id: 8, type: "ActivityScheduled" },
        { id: 9, type: "ActivityStarted" },
        { id: 10, type: "ActivitySucceeded" },
        { id: 11, type: "TaskStateExited" },
        { id: 12, executionSucceededEventDetails: { output: '{"packed": 1.0}' } },
      ],
    },
  ),
  good("StartExecution", { stateMachineArn: machine, name: "second" }, { executionArn: stopped }),
  good(
    "StopExecution",
    { executionArn: stopped, error: "NotWanted", cause: "left" },
    { stopDate: given },
  ),
  good(
    "StartSyncExecution",
    { stateMachineArn: quick, input: '{"n": 1.0}' },
    {
      status: "SUCCEEDED",
      output: '{"n": 1.0}',
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: given },
    },
  ),
  good(
    "CreateStateMachine",
    { name: "batch", definition: waitingForAll, roleArn },
    { stateMachineArn: batch },
  ),
  good(
    "StartExecution",
    { stateMachineArn: batch, name: "run", input: "[1,2,3]" },
    { executionArn: batchRun },
  ),
  good(
    "ListMapRuns",
    { executionArn: batchRun },
    { mapRuns: [{ executionArn: batchRun, startDate: given }] },
    { keep: "mapRuns.0.mapRunArn" },
  ),
  good("UpdateMapRun", (facts) => ({
    mapRunArn: facts.get("mapRunArn"),
    maxConcurrency: 3,
    toleratedFailureCount: 1,
  })),
  good("DescribeMapRun", (facts) => ({ mapRunArn: facts.get("mapRunArn") }), {
    executionArn: batchRun,
    status: "RUNNING",
    maxConcurrency: 3,
    toleratedFailureCount: 1,
    itemCounts: { total: 3 },
  }),
];

/** What the story ends with: everything is deleted. */
export const deletions: readonly GoodCase[] = [
  good("DeleteStateMachineAlias", { stateMachineAliasArn: live }),
  good("DeleteStateMachineVersion", { stateMachineVersionArn: `${machine}:1` }),
  good("DeleteStateMachine", { stateMachineArn: machine }),
  good("DeleteStateMachine", { stateMachineArn: batch }),
  good("DeleteActivity", { activityArn }),
];
