import { describe, expect, it } from "vitest";
import { ApiWorld, MACHINE } from "./testing/api-world.ts";

const target = { stateMachineArn: MACHINE };

describe("limits that an operator set", () => {
  it("bound definitions, payloads, versions, tags and state machines", async () => {
    const small = await ApiWorld.open({
      definitionBytes: 80,
      payloadBytes: 8,
      versions: 1,
      tags: 1,
      stateMachines: 1,
    });
    const definition = `{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}${" ".repeat(20)}`;
    await expect(small.create({ definition })).rejects.toThrow("less than or equal to 80");
    const tags = ["a", "b"].map((key) => ({ key, value: "" }));
    await expect(small.create({ tags })).rejects.toThrow("Too Many Tags");
    await small.create({ publish: true });
    await expect(small.create({ name: "m2" })).rejects.toThrow("State Machine Limit Exceeded: '1'");
    const roleArn = "arn:aws:iam::123456789012:role/x";
    expect(await small.failure("UpdateStateMachine", { ...target, roleArn, publish: true })).toBe(
      "ServiceQuotaExceededException: A state machine has at most 1 versions",
    );
    const long = { ...target, input: '"1234567"' };
    expect(await small.failure("StartExecution", long)).toMatch(/less than or equal to 8$/);
    const bytes = { ...target, input: '"äää"' };
    expect(await small.call("StartExecution", bytes)).toBeDefined();
    expect(await small.failure("StartExecution", { ...target, input: '"ääää"' })).toBe(
      "InvalidExecutionInput: Invalid State Machine Execution Input: 'Input is longer than 8 bytes.'",
    );
  });

  it("bound open executions", async () => {
    const world = await ApiWorld.open();
    await world.create();
    world.engine.start = async () => ({ type: "TooManyOpen", limit: 5 });
    expect(await world.failure("StartExecution", target)).toBe(
      "ExecutionLimitExceeded: Execution Limit Exceeded: '5'",
    );
  });
});
