import { beforeEach, describe, expect, it } from "vitest";
import type { Output } from "./operation.ts";
import { ApiWorld, MACHINE, OTHER, PASS, PREFIX, ROLE } from "./testing/api-world.ts";

let world: ApiWorld;

beforeEach(async () => {
  world = await ApiWorld.open();
});

describe("state machines", () => {
  it("are described as AWS does", async () => {
    expect(await world.create()).toEqual({
      stateMachineArn: MACHINE,
      creationDate: 1_700_000_000.123,
    });
    expect(await world.call("DescribeStateMachine", { stateMachineArn: MACHINE })).toEqual({
      stateMachineArn: MACHINE,
      name: "m",
      status: "ACTIVE",
      definition: PASS,
      roleArn: ROLE,
      type: "STANDARD",
      creationDate: 1_700_000_000.123,
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  });

  it("are described without the definition on request", async () => {
    await world.create();
    const input = { stateMachineArn: MACHINE, includedData: "METADATA_ONLY" };
    expect(await world.call("DescribeStateMachine", input)).toMatchObject({ definition: "{}" });
  });

  it.each([
    [{ name: "a b" }, "InvalidName: Invalid Name: 'a b'"],
    [{ name: "a:b" }, "InvalidName: Invalid Name: 'a:b'"],
    [{ name: "a\u0085" }, "InvalidName: Invalid Name: 'a\u0085'"],
    [{ roleArn: "r" }, "InvalidArn: Invalid Arn: 'Invalid ARN prefix: r'"],
    [
      { definition: '{"StartAt": "A"}' },
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
    ],
    [
      { versionDescription: "d" },
      "ValidationException: Version description can only be set when publish is true",
    ],
    [
      { loggingConfiguration: { level: "ALL" } },
      "InvalidLoggingConfiguration: Invalid Logging Configuration: Must specify exactly one Log Destination.",
    ],
    [
      { loggingConfiguration: { level: "ALL", destinations: [{}] } },
      "InvalidLoggingConfiguration: Invalid Logging Configuration: Log Destination not found.",
    ],
    [
      { tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "" })) },
      `TooManyTags: Too Many Tags: '${MACHINE}'`,
    ],
  ])("are refused: %j", async (input, message) => {
    expect(
      await world.failure("CreateStateMachine", {
        name: "m",
        definition: PASS,
        roleArn: ROLE,
        ...input,
      }),
    ).toBe(message);
  });

  it("refuse to pretend to encrypt", async () => {
    const encryptionConfiguration = { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "k" };
    await expect(world.create({ encryptionConfiguration })).rejects.toThrow("does not encrypt");
  });

  it("are created once", async () => {
    const first = await world.create();
    world.time += 1_000;
    expect(await world.create({ roleArn: `${ROLE}2` })).toEqual(first);
    await expect(world.create({ definition: OTHER })).rejects.toThrow(
      `State Machine Already Exists: '${MACHINE}'`,
    );
  });

  it("are updated, and tell the revision", async () => {
    await world.create();
    world.time += 1_000;
    const input = { stateMachineArn: MACHINE, definition: OTHER, publish: true };
    expect(await world.call("UpdateStateMachine", input)).toEqual({
      updateDate: 1_700_000_001.123,
      revisionId: "uuid-1",
      stateMachineVersionArn: `${MACHINE}:1`,
    });
    expect(
      await world.call("DescribeStateMachine", { stateMachineArn: `${MACHINE}:1` }),
    ).toMatchObject({
      stateMachineArn: `${MACHINE}:1`,
      definition: OTHER,
      revisionId: "uuid-1",
    });
    expect(
      await world.failure("UpdateStateMachine", { stateMachineArn: MACHINE, publish: true }),
    ).toBe(
      "MissingRequiredParameter: Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
    );
    expect(
      await world.failure("UpdateStateMachine", { ...input, stateMachineArn: `${MACHINE}:1` }),
    ).toBe(`StateMachineDoesNotExist: State Machine Does Not Exist: '${MACHINE}:1'`);
  });

  it("are deleted, as often as one likes", async () => {
    await world.create();
    expect(await world.call("DeleteStateMachine", { stateMachineArn: MACHINE })).toEqual({});
    expect(await world.call("DeleteStateMachine", { stateMachineArn: MACHINE })).toEqual({});
    expect(await world.failure("DescribeStateMachine", { stateMachineArn: MACHINE })).toBe(
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${MACHINE}'`,
    );
    expect(await world.failure("DeleteStateMachine", { stateMachineArn: `${MACHINE}:1` })).toMatch(
      /^ValidationException/,
    );
  });

  it("are listed in pages, also while they change", async () => {
    for (const name of ["a", "b", "c", "d"]) await world.create({ name });
    const first = await world.call("ListStateMachines", { maxResults: 2 });
    expect(names(first)).toEqual(["a", "b"]);
    await world.call("DeleteStateMachine", { stateMachineArn: `${PREFIX}:stateMachine:b` });
    const { nextToken } = first;
    const second = await world.call("ListStateMachines", { maxResults: 1, nextToken });
    expect(names(second)).toEqual(["c"]);
    const last = await world.call("ListStateMachines", { nextToken: second["nextToken"] });
    expect(names(last)).toEqual(["d"]);
    expect(last["nextToken"]).toBeUndefined();
    expect(await world.failure("ListActivities", { nextToken })).toBe(
      "InvalidToken: Invalid Token: 'Invalid token'",
    );
  });

  function names(answer: Output): string[] {
    return (answer["stateMachines"] as { name: string }[]).map(({ name }) => name);
  }
});

describe("versions", () => {
  it("are published, listed newest first and deleted", async () => {
    await world.create();
    const published = await world.call("PublishStateMachineVersion", { stateMachineArn: MACHINE });
    expect(published).toEqual({
      stateMachineVersionArn: `${MACHINE}:1`,
      creationDate: 1_700_000_000.123,
    });
    await world.call("UpdateStateMachine", {
      stateMachineArn: MACHINE,
      definition: OTHER,
      publish: true,
    });
    const first = await world.call("ListStateMachineVersions", {
      stateMachineArn: MACHINE,
      maxResults: 1,
    });
    const rest = await world.call("ListStateMachineVersions", {
      stateMachineArn: MACHINE,
      nextToken: first["nextToken"],
    });
    expect([first, rest]).toMatchObject([
      { stateMachineVersions: [{ stateMachineVersionArn: `${MACHINE}:2` }] },
      { stateMachineVersions: [{ stateMachineVersionArn: `${MACHINE}:1` }], nextToken: undefined },
    ]);
    const wrong = { stateMachineArn: MACHINE, revisionId: "INITIAL" };
    expect(await world.failure("PublishStateMachineVersion", wrong)).toBe(
      "ConflictException: Failed to publish the State Machine version for revision INITIAL. The current State Machine revision is uuid-1.",
    );
    await world.call("DeleteStateMachineVersion", { stateMachineVersionArn: `${MACHINE}:2` });
    expect(await world.failure("StartExecution", { stateMachineArn: `${MACHINE}:2` })).toMatch(
      /^StateMachineDoesNotExist/,
    );
  });
});

describe("tags", () => {
  const tags = (): Promise<unknown> =>
    world.call("ListTagsForResource", { resourceArn: MACHINE }).then((answer) => answer["tags"]);

  it("are set, changed and removed", async () => {
    await world.create({ tags: [{ key: "a", value: "1" }] });
    const added = [
      { key: "b", value: "" },
      { key: "a", value: "2" },
    ];
    await world.call("TagResource", { resourceArn: MACHINE, tags: added });
    expect(await tags()).toEqual([
      { key: "a", value: "2" },
      { key: "b", value: "" },
    ]);
    await world.call("UntagResource", { resourceArn: MACHINE, tagKeys: ["a", "z"] });
    expect(await tags()).toEqual([{ key: "b", value: "" }]);
  });

  it("are at most 50", async () => {
    await world.create();
    const many = (count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: "v" }));
    await world.call("TagResource", { resourceArn: MACHINE, tags: many(50) });
    expect(
      await world.failure("TagResource", { resourceArn: MACHINE, tags: [{ key: "x" }] }),
    ).toMatch(/^TooManyTags/);
    expect(await tags()).toEqual(many(50));
  });

  it("belong to what exists, and not to versions", async () => {
    await world.create({ publish: true });
    for (const resourceArn of [`${MACHINE}:1`, `${PREFIX}:activity:none`]) {
      await expect(world.call("TagResource", { resourceArn, tags: [] })).rejects.toMatchObject({
        message: `Resource not found: '${resourceArn}'`,
        extra: { resourceName: resourceArn },
      });
    }
  });
});
