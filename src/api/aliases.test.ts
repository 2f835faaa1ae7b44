import { beforeEach, describe, expect, it } from "vitest";
import type { Output } from "./operation.ts";
import { ApiWorld, MACHINE, OTHER, PASS } from "./testing/api-world.ts";

const LIVE = `${MACHINE}:live`;
const NOW = 1_700_000_000.123;

let world: ApiWorld;

/** A routing configuration: weights of the versions 1, 2, ... of the state machine `m`. */
function routing(...weights: number[]): Output[] {
  return weights.map((weight, index) => ({
    stateMachineVersionArn: `${MACHINE}:${index + 1}`,
    weight,
  }));
}

function createAlias(input: object = {}): Promise<Output> {
  return world.call("CreateStateMachineAlias", {
    name: "live",
    routingConfiguration: routing(100),
    ...input,
  });
}

/** The state machine `m` with the versions 1 (PASS) and 2 (OTHER). */
beforeEach(async () => {
  world = await ApiWorld.open({ aliases: 3 });
  await world.create({ publish: true });
  await world.call("UpdateStateMachine", {
    stateMachineArn: MACHINE,
    definition: OTHER,
    publish: true,
    versionDescription: "second",
  });
});

describe("aliases", () => {
  it("are created, described, changed, listed and deleted", async () => {
    expect(await createAlias({ description: "d" })).toEqual({
      stateMachineAliasArn: LIVE,
      creationDate: NOW,
    });
    world.time += 1_000;
    const update = { stateMachineAliasArn: LIVE, routingConfiguration: routing(40, 60) };
    expect(await world.call("UpdateStateMachineAlias", update)).toEqual({ updateDate: NOW + 1 });
    expect(await world.call("DescribeStateMachineAlias", { stateMachineAliasArn: LIVE })).toEqual({
      stateMachineAliasArn: LIVE,
      name: "live",
      description: "d",
      routingConfiguration: routing(40, 60),
      creationDate: NOW,
      updateDate: NOW + 1,
    });
    expect(await world.call("ListStateMachineAliases", { stateMachineArn: MACHINE })).toEqual({
      stateMachineAliases: [{ stateMachineAliasArn: LIVE, creationDate: NOW }],
    });
    expect(await world.call("DeleteStateMachineAlias", { stateMachineAliasArn: LIVE })).toEqual({});
    for (const operation of ["Describe", "Delete"]) {
      const name = `${operation}StateMachineAlias`;
      expect(await world.failure(name, { stateMachineAliasArn: LIVE })).toBe(
        `ResourceNotFound: Resource not found: '${LIVE}'`,
      );
    }
  });

  it("are created again if nothing differs", async () => {
    const first = await createAlias({ routingConfiguration: routing(40, 60) });
    world.time += 1;
    const again = { routingConfiguration: routing(40, 60).toReversed() };
    expect(await createAlias(again)).toEqual(first);
    for (const other of [{ description: "d" }, {}]) {
      await expect(createAlias(other)).rejects.toThrow(
        "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
      );
    }
  });

  it("keep their update date if an update changes nothing", async () => {
    await createAlias();
    world.time += 1_000;
    const update = { stateMachineAliasArn: LIVE, routingConfiguration: routing(100) };
    expect(await world.call("UpdateStateMachineAlias", update)).toEqual({ updateDate: NOW });
  });

  it("survive a restart", async () => {
    await createAlias({ description: "d", routingConfiguration: routing(40, 60) });
    const input = { stateMachineAliasArn: LIVE };
    const before = await world.call("DescribeStateMachineAlias", input);
    await world.restart();
    expect(await world.call("DescribeStateMachineAlias", input)).toEqual(before);
  });

  it("are listed page by page, and by version", async () => {
    for (const name of ["a", "b", "c"]) await createAlias({ name });
    const page = { stateMachineArn: MACHINE, maxResults: 2 };
    const first = await world.call("ListStateMachineAliases", page);
    expect(names(first)).toEqual(["a", "b"]);
    const { nextToken } = first;
    const second = await world.call("ListStateMachineAliases", { ...page, nextToken });
    expect([names(second), second["nextToken"]]).toEqual([["c"], undefined]);
    await world.call("UpdateStateMachineAlias", {
      stateMachineAliasArn: `${MACHINE}:b`,
      routingConfiguration: routing(40, 60),
    });
    const ofVersion = { stateMachineArn: `${MACHINE}:2` };
    expect(names(await world.call("ListStateMachineAliases", ofVersion))).toEqual(["b"]);
  });

  it("are no more than the limit", async () => {
    for (const name of ["a", "b", "c"]) await createAlias({ name });
    await expect(createAlias()).rejects.toThrow("A state machine has at most 3 aliases");
    await createAlias({ name: "a" });
  });

  it.each([
    [
      routing(50, 30, 20),
      `Routing configuration must contain 1 or 2 state machine version ARNs. Received: [${MACHINE}:1, ${MACHINE}:2, ${MACHINE}:3]`,
    ],
    [[], "Routing configuration must contain 1 or 2 state machine version ARNs. Received: []"],
    [
      [{ stateMachineVersionArn: MACHINE, weight: 100 }],
      `Routing configuration must contain state machine version ARNs. Received: [${MACHINE}]`,
    ],
    [
      [...routing(50), ...routing(50)],
      `Routing configuration must contain distinct state machine version ARNs. Received: [${MACHINE}:1, ${MACHINE}:1]`,
    ],
    [
      [...routing(50), { stateMachineVersionArn: `${MACHINE}x:1`, weight: 50 }],
      `Routing configuration must contain versions of the same state machine. Received: [${MACHINE}:1, ${MACHINE}x:1]`,
    ],
    [
      routing(50, 51),
      "Routing configuration must have weights that sum to 100. Received: [50, 51]",
    ],
    [
      routing(101),
      "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
  ])("refuse the routing %j", async (routingConfiguration, message) => {
    const input = { name: "live", routingConfiguration };
    expect(await world.failure("CreateStateMachineAlias", input)).toBe(
      `ValidationException: ${message}`,
    );
  });

  it("refuse versions that are not there", async () => {
    await createAlias();
    const version = `${MACHINE}:3`;
    const routingConfiguration = [{ stateMachineVersionArn: version, weight: 100 }];
    const failure = `ResourceNotFound: Resource not found: '${version}'`;
    const create = { name: "x", routingConfiguration };
    expect(await world.failure("CreateStateMachineAlias", create)).toBe(failure);
    const update = { stateMachineAliasArn: LIVE, routingConfiguration };
    expect(await world.failure("UpdateStateMachineAlias", update)).toBe(failure);
  });

  it.each([
    [
      {},
      "ValidationException: Either the description or the routingConfiguration must be specified",
    ],
    [
      { routingConfiguration: [{ stateMachineVersionArn: `${MACHINE}x:1`, weight: 100 }] },
      `ValidationException: Routing configuration must contain versions of the alias's state machine. Received: ${MACHINE}x`,
    ],
    [
      { stateMachineAliasArn: MACHINE, description: "" },
      `ValidationException: stateMachineAliasArn must end with the name of an alias: ${MACHINE}`,
    ],
  ])("refuse the update %j", async (input, failure) => {
    await createAlias();
    const update = { stateMachineAliasArn: LIVE, ...input };
    expect(await world.failure("UpdateStateMachineAlias", update)).toBe(failure);
  });

  it("have names, not numbers", async () => {
    const input = { name: "12", routingConfiguration: routing(100) };
    expect(await world.failure("CreateStateMachineAlias", input)).toMatch(
      /Value '12' at 'name' failed to satisfy constraint: Member must satisfy regular expression/,
    );
  });
});

describe("a version that an alias refers to", () => {
  it("cannot be deleted", async () => {
    await createAlias({ name: "a" });
    await createAlias({ name: "b", routingConfiguration: routing(40, 60) });
    const version = { stateMachineVersionArn: `${MACHINE}:1` };
    expect(await world.failure("DeleteStateMachineVersion", version)).toBe(
      "ConflictException: Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [a, b]",
    );
    for (const name of ["a", "b"]) {
      await world.call("DeleteStateMachineAlias", { stateMachineAliasArn: `${MACHINE}:${name}` });
    }
    expect(await world.call("DeleteStateMachineVersion", version)).toEqual({});
  });
});

describe("executions of an alias", () => {
  it("run a version by the weights, and remember both", async () => {
    await createAlias({ routingConfiguration: routing(40, 60) });
    for (const [random, number] of [
      [0.39, 1],
      [0.4, 2],
    ]) {
      world.random = random!;
      const { executionArn } = await world.call("StartExecution", { stateMachineArn: LIVE });
      expect(await world.call("DescribeExecution", { executionArn })).toMatchObject({
        stateMachineArn: MACHINE,
        stateMachineAliasArn: LIVE,
        stateMachineVersionArn: `${MACHINE}:${number}`,
      });
      const machine = await world.call("DescribeStateMachineForExecution", { executionArn });
      expect(machine).toMatchObject({ definition: number === 1 ? PASS : OTHER });
    }
  });

  it("are listed by alias and by version", async () => {
    await createAlias({ routingConfiguration: routing(40, 60) });
    const start = (stateMachineArn: string, name: string): Promise<Output> =>
      world.call("StartExecution", { stateMachineArn, name });
    await start(LIVE, "alias-1");
    world.random = 0.9;
    await start(LIVE, "alias-2");
    await start(`${MACHINE}:2`, "version-2");
    await start(MACHINE, "unqualified");
    const list = async (stateMachineArn: string): Promise<unknown[]> => {
      const { executions } = await world.call("ListExecutions", { stateMachineArn });
      return (executions as { readonly name: string }[]).map(({ name }) => name);
    };
    expect(await list(LIVE)).toEqual(["alias-2", "alias-1"]);
    expect(await list(`${MACHINE}:2`)).toEqual(["version-2", "alias-2"]);
    expect(await list(MACHINE)).toEqual(["unqualified", "version-2", "alias-2", "alias-1"]);
  });

  it("can be synchronous", async () => {
    await world.create({ name: "x", type: "EXPRESS", publish: true });
    const machine = MACHINE.replace(/m$/, "x");
    await world.call("CreateStateMachineAlias", {
      name: "live",
      routingConfiguration: [{ stateMachineVersionArn: `${machine}:1`, weight: 100 }],
    });
    await world.call("StartSyncExecution", { stateMachineArn: `${machine}:live` });
    expect(world.engine.starts.at(-1)).toMatchObject({
      versionArn: `${machine}:1`,
      aliasArn: `${machine}:live`,
    });
  });
});

it("an alias is described as the version with most of the weight", async () => {
  await createAlias({ routingConfiguration: routing(40, 60) });
  expect(await world.call("DescribeStateMachine", { stateMachineArn: LIVE })).toMatchObject({
    stateMachineArn: LIVE,
    definition: OTHER,
    description: "second",
  });
});

it("versions and aliases have no tags", async () => {
  await createAlias();
  for (const resourceArn of [LIVE, `${MACHINE}:1`]) {
    const input = { resourceArn, tags: [{ key: "k", value: "v" }] };
    expect(await world.failure("TagResource", input)).toBe(
      `ResourceNotFound: Resource not found: '${resourceArn}'`,
    );
  }
});

function names({ stateMachineAliases }: Output): string[] {
  return (stateMachineAliases as { readonly stateMachineAliasArn: string }[]).map(
    ({ stateMachineAliasArn }) => stateMachineAliasArn.slice(MACHINE.length + 1),
  );
}
