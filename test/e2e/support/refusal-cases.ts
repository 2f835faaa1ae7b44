/** For every operation a request that must be refused, after the story of operation-cases.ts was told. */
import {
  PREFIX,
  endless,
  execution,
  live,
  machine,
  pass,
  quick,
  routes,
} from "./operation-cases.ts";
import { roleArn } from "./sdk-client.ts";

const nobody = `${PREFIX}:stateMachine:nobody`;
const noActivity = `${PREFIX}:activity:nobody`;
const noMapRun = `${PREFIX}:mapRun:batch/each:00000000-0000-0000-0000-000000000000`;
const noExecution = `${PREFIX}:execution:orders:nobody`;

export interface BadCase {
  readonly operation: string;
  readonly input: object;
  /** The error's name. */
  readonly error: string;
  /** A part of its message: what is wrong. */
  readonly message: string;
}

const bad = (operation: string, input: object, error: string, message: string): BadCase => ({
  operation,
  input,
  error,
  message,
});

/** Between the story and its end, in any order. */
export const badCases: readonly BadCase[] = [
  bad("CreateActivity", { name: "two words" }, "InvalidName", "two words"),
  bad("DescribeActivity", { activityArn: noActivity }, "ActivityDoesNotExist", noActivity),
  bad("ListActivities", { nextToken: "forged" }, "InvalidToken", "Invalid token"),
  bad("DeleteActivity", { activityArn: machine }, "InvalidArn", "stateMachine"),
  bad(
    "GetActivityTask",
    { activityArn: noActivity, workerName: "w" },
    "ActivityDoesNotExist",
    noActivity,
  ),
  bad("SendTaskHeartbeat", { taskToken: "forged" }, "InvalidToken", "Invalid token"),
  bad("SendTaskFailure", { taskToken: "forged" }, "InvalidToken", "Invalid token"),
  bad("SendTaskSuccess", { taskToken: "forged", output: "{nope" }, "InvalidOutput", "Output"),
  bad(
    "ValidateStateMachineDefinition",
    { definition: pass, maxResults: 101 },
    "ValidationException",
    "maxResults",
  ),
  bad("TestState", { definition: '{"Type":"Nothing"}' }, "InvalidDefinition", "'Type'"),
  bad(
    "CreateStateMachine",
    { name: "broken", definition: endless, roleArn },
    "InvalidDefinition",
    "/States/A/Next",
  ),
  bad("DescribeStateMachine", { stateMachineArn: nobody }, "StateMachineDoesNotExist", nobody),
  bad("ListStateMachines", { maxResults: 1001 }, "ValidationException", "maxResults"),
  bad(
    "UpdateStateMachine",
    { stateMachineArn: machine },
    "MissingRequiredParameter",
    "the definition, the role ARN",
  ),
  bad("DeleteStateMachine", { stateMachineArn: `${machine}:1` }, "ValidationException", ":1"),
  bad("TagResource", { resourceArn: nobody, tags: [{ key: "k" }] }, "ResourceNotFound", nobody),
  bad("UntagResource", { resourceArn: "machine", tagKeys: ["k"] }, "InvalidArn", "machine"),
  bad("ListTagsForResource", { resourceArn: noActivity }, "ResourceNotFound", noActivity),
  bad(
    "PublishStateMachineVersion",
    { stateMachineArn: machine, revisionId: "another" },
    "ConflictException",
    "revision another",
  ),
  bad("ListStateMachineVersions", { stateMachineArn: nobody }, "StateMachineDoesNotExist", nobody),
  bad(
    "DeleteStateMachineVersion",
    { stateMachineVersionArn: `${machine}:2` },
    "ConflictException",
    "[live]",
  ),
  bad(
    "CreateStateMachineAlias",
    { name: "odd", routingConfiguration: routes(50, 40) },
    "ValidationException",
    "weights that sum to 100",
  ),
  bad(
    "UpdateStateMachineAlias",
    { stateMachineAliasArn: live, routingConfiguration: routes(30, 30, 40) },
    "ValidationException",
    "1 or 2",
  ),
  bad(
    "DescribeStateMachineAlias",
    { stateMachineAliasArn: `${machine}:none` },
    "ResourceNotFound",
    `${machine}:none`,
  ),
  bad("ListStateMachineAliases", { stateMachineArn: live }, "ValidationException", live),
  bad(
    "DeleteStateMachineAlias",
    { stateMachineAliasArn: `${machine}:none` },
    "ResourceNotFound",
    `${machine}:none`,
  ),
  bad(
    "StartExecution",
    { stateMachineArn: machine, name: "first", input: "{nope" },
    "InvalidExecutionInput",
    "Input",
  ),
  bad(
    "StartSyncExecution",
    { stateMachineArn: machine },
    "StateMachineTypeNotSupported",
    "not supported by this type",
  ),
  bad("StopExecution", { executionArn: noExecution }, "ExecutionDoesNotExist", noExecution),
  bad("DescribeExecution", { executionArn: noExecution }, "ExecutionDoesNotExist", noExecution),
  bad("DescribeStateMachineForExecution", { executionArn: machine }, "InvalidArn", "stateMachine"),
  bad("ListExecutions", { stateMachineArn: quick }, "StateMachineTypeNotSupported", "type"),
  bad("GetExecutionHistory", { executionArn: noExecution }, "ExecutionDoesNotExist", noExecution),
  bad("RedriveExecution", { executionArn: execution }, "ExecutionNotRedrivable", "SUCCEEDED"),
  bad("ListMapRuns", { executionArn: noExecution }, "ExecutionDoesNotExist", noExecution),
  bad("DescribeMapRun", { mapRunArn: noMapRun }, "ResourceNotFound", noMapRun),
  bad(
    "UpdateMapRun",
    { mapRunArn: noMapRun, toleratedFailurePercentage: 101 },
    "ValidationException",
    "less than or equal to 100",
  ),
];
