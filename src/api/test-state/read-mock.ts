/** Checks whether TestState may run a state with or without the given mock. The texts are AWS's. */
import type { MapState, ParallelState, State, TaskState } from "../../asl/definition.ts";
import { checkResult, type ValidationMode } from "../../engine/test-state/check-result.ts";
import type { ResultShapes } from "../../engine/ports.ts";
import type { MockedOutcome, MockedWork } from "../../interpreter/test-state/mocked-work.ts";
import type { Json } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { parseSource } from "../../json/parse.ts";
import { ApiError, errors } from "../errors.ts";
import type { TestStateInput } from "./members.ts";
import { findState, machinesIn } from "./state-under-test.ts";

/** What stands in for the state's work; undefined: it is done. Throws ApiError. */
export async function readMock(
  input: TestStateInput,
  state: State,
  shapes: ResultShapes,
): Promise<MockedWork | undefined> {
  if (input.mock === undefined) {
    checkWithoutMock(input, state);
    return undefined;
  }
  if (state.type !== "Task" && state.type !== "Map" && state.type !== "Parallel") {
    throw errors.validation(`State type '${state.type}' is not supported when a mock is specified`);
  }
  if (input.revealSecrets === true) {
    throw errors.validation("TestState does not support RevealSecrets when a mock is specified.");
  }
  const { mapIterationFailureCount, mapItemReaderData } = input.stateConfiguration ?? {};
  checkCulprit(input, state);
  return {
    outcome: await readOutcome(input.mock, state, shapes),
    failedIterations: mapIterationFailureCount,
    readerData: mapItemReaderData,
  };
}

function checkWithoutMock(input: TestStateInput, state: State): void {
  for (const [name, value] of Object.entries({
    Context: input.context,
    RetrierRetryCount: input.stateConfiguration?.retrierRetryCount,
    ErrorCausedByState: input.stateConfiguration?.errorCausedByState,
    MapIterationFailureCount: input.stateConfiguration?.mapIterationFailureCount,
    MapItemReaderData: input.stateConfiguration?.mapItemReaderData,
  })) {
    if (value === undefined) continue;
    throw errors.validation(`TestState does not support ${name} when a mock is not specified.`);
  }
  if (state.type === "Map" || state.type === "Parallel") {
    // Without the beginning that other messages of this error have.
    throw new ApiError(
      "InvalidDefinition",
      "TestState API does not support Map or Parallel states. Supported state types include: " +
        "[Task, Wait, Pass, Succeed, Fail, Choice]",
    );
  }
  if (state.type === "Task") checkTaskWithoutMock(state, input.roleArn);
}

function checkTaskWithoutMock({ resource }: TaskState, roleArn: string | undefined): void {
  const waits =
    resource.type === "Activity" ||
    (resource.type === "Service" && resource.pattern !== "RequestResponse");
  if (waits) {
    throw new ApiError(
      "InvalidDefinition",
      "TestState supports Activity tasks and the .sync and .waitForTaskToken service " +
        `integration patterns only when a mock is specified, which ${resource.arn} needs`,
    );
  }
  if (roleArn === undefined) {
    throw errors.validation("RoleArn must be specified when testing a Task state");
  }
}

/** `errorCausedByState` has no effect on what is answered, but a misspelt one is a mistake. */
function checkCulprit(
  { stateConfiguration, mock }: TestStateInput,
  state: TaskState | MapState | ParallelState,
): void {
  const culprit = stateConfiguration?.errorCausedByState;
  if (culprit === undefined || mock?.errorOutput === undefined || state.type === "Task") return;
  if (machinesIn(state).some((machine) => findState(machine, culprit) !== undefined)) return;
  throw errors.validation(
    `State '${culprit}' of errorCausedByState not found: name a state inside of the ${state.type} state`,
  );
}

async function readOutcome(
  { result, errorOutput, fieldValidationMode }: NonNullable<TestStateInput["mock"]>,
  state: TaskState | MapState | ParallelState,
  shapes: ResultShapes,
): Promise<MockedOutcome> {
  if ((result === undefined) === (errorOutput === undefined)) {
    throw errors.validation(
      "A test mock should have only one of the following fields: [result, errorOutput].",
    );
  }
  if (errorOutput !== undefined) {
    return { type: "Error", error: errorOutput.error, cause: errorOutput.cause };
  }
  const parsed = parseSource(result ?? "");
  if (!parsed.ok) throw errors.validation(`Mocked result must be valid JSON: ${parsed.message}`);
  const mode = fieldValidationMode ?? "STRICT";
  const problem = await problemOf(parsed.value, state, shapes, mode);
  if (problem !== undefined) throw errors.validation(problem);
  return { type: "Result", value: parsed.value };
}

async function problemOf(
  result: Json,
  state: TaskState | MapState | ParallelState,
  shapes: ResultShapes,
  mode: ValidationMode,
): Promise<string | undefined> {
  switch (state.type) {
    case "Map":
      if (state.resultWriter?.resource !== undefined) {
        return isObject(result) ? undefined : "Mocked result must be a JSON object.";
      }
      return isArray(result) ? undefined : "Mocked result must be an array.";
    case "Parallel":
      if (!isArray(result)) return "Mocked result must be an array.";
      return result.length === state.branches.length
        ? undefined
        : "Mocked result must contain the same number of items as number of Parallel branches.";
    case "Task": {
      const { resource } = state;
      if (resource.type !== "Service" || mode === "NONE") return undefined;
      const shape = await shapes.find(resource.service, resource.action, resource.pattern);
      return shape === undefined ? undefined : checkResult(result, shape, mode);
    }
  }
}
