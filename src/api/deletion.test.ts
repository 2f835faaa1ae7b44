import { beforeEach, describe, expect, it } from "vitest";
import { ApiWorld, MACHINE } from "./testing/api-world.ts";

let world: ApiWorld;
const target = { stateMachineArn: MACHINE };

/** A state machine with a version and an alias that is DELETING for ever. */
beforeEach(async () => {
  world = await ApiWorld.open();
  await world.create({ publish: true });
  await world.call("CreateStateMachineAlias", {
    name: "live",
    routingConfiguration: [{ stateMachineVersionArn: `${MACHINE}:1`, weight: 100 }],
  });
  await world.call("StartExecution", { ...target, name: "e" });
  world.engine.onEnd = () => Promise.resolve();
});

describe("a state machine that is being deleted", () => {
  it("is told to be DELETING, and lists its executions", async () => {
    expect(await world.call("DeleteStateMachine", target)).toEqual({});
    expect(await world.call("DescribeStateMachine", target)).toMatchObject({ status: "DELETING" });
    const { executions } = await world.call("ListExecutions", target);
    expect(executions).toHaveLength(1);
  });

  it.each([
    ["StartExecution", target],
    ["StartExecution", { stateMachineArn: `${MACHINE}:1` }],
    ["UpdateStateMachine", { ...target, roleArn: "arn:aws:iam::123456789012:role/x" }],
    ["PublishStateMachineVersion", target],
    ["ListStateMachineAliases", target],
    [
      "CreateStateMachineAlias",
      {
        name: "a",
        routingConfiguration: [{ stateMachineVersionArn: `${MACHINE}:1`, weight: 100 }],
      },
    ],
  ])("takes no %s", async (operation, input) => {
    await world.call("DeleteStateMachine", target);
    expect(await world.failure(operation, input)).toBe(
      `StateMachineDeleting: State Machine Is Deleting: '${MACHINE}'`,
    );
  });

  it("keeps its name, and has no versions and aliases any more", async () => {
    await world.call("DeleteStateMachine", target);
    await expect(world.create()).rejects.toThrow("State Machine Is Deleting");
    expect(await world.call("ListStateMachines")).toEqual({ stateMachines: [] });
    const alias = { stateMachineAliasArn: `${MACHINE}:live` };
    expect(await world.failure("DescribeStateMachineAlias", alias)).toMatch(/^ResourceNotFound/);
    expect(await world.call("DeleteStateMachine", target)).toEqual({});
  });
});

it("a deleted state machine is gone", async () => {
  const fresh = await ApiWorld.open();
  await fresh.create({ publish: true });
  await fresh.call("DeleteStateMachine", target);
  for (const operation of ["DescribeStateMachine", "StartExecution"]) {
    expect(await fresh.failure(operation, target)).toMatch(/^StateMachineDoesNotExist/);
  }
  expect(await fresh.create()).toMatchObject({ stateMachineArn: MACHINE });
});
