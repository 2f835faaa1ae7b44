import { beforeEach, describe, expect, it } from "vitest";
import { operations } from "./operations/index.ts";
import { ApiWorld, PASS, PREFIX } from "./testing/api-world.ts";

let world: ApiWorld;

beforeEach(async () => {
  world = await ApiWorld.open();
});

describe("every operation", () => {
  it("refuses what has not its members", async () => {
    for (const { name } of operations) {
      if (["ListStateMachines", "ListActivities", "ListExecutions"].includes(name)) continue;
      expect(`${name} ${await world.failure(name, {})}`).toMatch(
        / ValidationException: \d validation error/,
      );
    }
  });

  it("refuses ARNs that are none, or of something else", async () => {
    for (const [name, member] of [
      ["DescribeStateMachine", "stateMachineArn"],
      ["UpdateStateMachine", "stateMachineArn"],
      ["DeleteStateMachine", "stateMachineArn"],
      ["StartExecution", "stateMachineArn"],
      ["ListExecutions", "stateMachineArn"],
      ["DescribeExecution", "executionArn"],
      ["DescribeStateMachineForExecution", "executionArn"],
      ["StopExecution", "executionArn"],
      ["GetExecutionHistory", "executionArn"],
      ["DescribeActivity", "activityArn"],
      ["DeleteActivity", "activityArn"],
      ["GetActivityTask", "activityArn"],
      ["ListTagsForResource", "resourceArn"],
    ] as const) {
      expect(await world.failure(name, { [member]: "x" })).toBe(
        "InvalidArn: Invalid Arn: 'Invalid ARN prefix: x'",
      );
      expect(await world.failure(name, { [member]: `${PREFIX}:express:m:e:u` })).toBe(
        "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
      );
    }
  });

  it("says when the store is away", async () => {
    world.store.isUnavailable = true;
    await expect(world.create()).rejects.toMatchObject({ name: "ServiceUnavailable", status: 503 });
  });

  it("is known", async () => {
    expect(await world.failure("Nonsense", {})).toMatch(/^UnknownOperationException/);
  });
});

describe("ValidateStateMachineDefinition", () => {
  it("says what is wrong without failing", async () => {
    expect(await world.call("ValidateStateMachineDefinition", { definition: PASS })).toEqual({
      result: "OK",
      diagnostics: [],
      truncated: false,
    });
    expect(
      await world.call("ValidateStateMachineDefinition", { definition: '{"StartAt": "A"}' }),
    ).toEqual({
      result: "FAIL",
      diagnostics: [
        {
          severity: "ERROR",
          code: "SCHEMA_VALIDATION_FAILED",
          message: "These fields are required: [States]",
          location: "/",
        },
      ],
      truncated: false,
    });
  });
});
