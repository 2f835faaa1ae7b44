/** Versions and aliases with weights, and `--limits`, with the real AWS CLI. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  DescribeExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type AwsCli, awsCli } from "./support/aws-cli.ts";
import { roleArn, sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:shop";
const LIVE = `${MACHINE}:live`;
const STARTS = 200;
/** The weight in per cent; that 200 tosses are so far off happens once in ten million. */
const WEIGHT = 25;
const TOLERANCE = 33;

const answering = (result: unknown): string =>
  JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", Result: result, End: true } } });

let folder: TemporaryFolder;
let server: ServerProcess;
let client: SFNClient;
let aws: AwsCli;

async function startServer(port?: number): Promise<void> {
  server = await ServerProcess.start({
    args: [
      ...["serve", "--data-dir", join(folder.path, "data")],
      ...["--limits", join(folder.path, "limits.yaml")],
    ],
    ...(port === undefined ? {} : { port }),
  });
  client?.destroy();
  client = sdkClient(server.url);
  aws = await awsCli(server.url);
}

const update = (definition: string, ...more: string[]): Promise<Answer> =>
  aws(
    ...["update-state-machine", "--state-machine-arn", MACHINE, "--definition", definition],
    ...more,
  );
const version = (number: number): string => `${MACHINE}:${number}`;
const routes = (...weights: number[]): string =>
  weights
    .map((weight, index) => `stateMachineVersionArn=${version(index + 1)},weight=${weight}`)
    .join(" ");
const setRoutes = (...weights: number[]): Promise<Answer> =>
  aws(
    ...["update-state-machine-alias", "--state-machine-alias-arn", LIVE],
    ...["--routing-configuration", ...routes(...weights).split(" ")],
  );

/** Starts executions through the alias; how many ran each version. */
async function tally(count: number): Promise<Record<string, number>> {
  const versions: Record<string, number> = {};
  for (let index = 0; index < count; index++) {
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: LIVE }),
    );
    const description = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(description.stateMachineAliasArn).toBe(LIVE);
    const chosen = description.stateMachineVersionArn?.slice(MACHINE.length + 1) ?? "none";
    versions[chosen] = (versions[chosen] ?? 0) + 1;
  }
  return versions;
}

beforeAll(async () => {
  folder = await temporaryFolder("aliases");
  const limits = "# for this test\naliases: 2\nversions: 3\ntags: 1\npayloadBytes: 1048576\n";
  await writeFile(join(folder.path, "limits.yaml"), limits);
  await startServer();
  await aws(
    ...["create-state-machine", "--name", "shop", "--role-arn", roleArn, "--publish"],
    ...["--definition", answering("one")],
  );
  await update(answering("two"), "--publish", "--version-description", "second");
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

describe("an alias", () => {
  it("runs the version it names, not what the state machine has become since", async () => {
    const created = await aws(
      ...["create-state-machine-alias", "--name", "live"],
      ...["--routing-configuration", routes(100)],
    );
    expect(created["stateMachineAliasArn"]).toBe(LIVE);
    await update(answering("three"));
    expect(await tally(3)).toEqual({ 1: 3 });
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: LIVE, name: "stays" }),
    );
    const shown = await aws(
      ...["describe-state-machine-for-execution", "--execution-arn", String(executionArn)],
    );
    expect(shown["definition"]).toBe(answering("one"));
  });

  it("spreads executions by its weights, also after kill -9", async () => {
    await setRoutes(100 - WEIGHT, WEIGHT);
    await server.kill();
    await startServer(server.port);
    expect(
      await aws("describe-state-machine-alias", "--state-machine-alias-arn", LIVE),
    ).toMatchObject({
      routingConfiguration: [
        { stateMachineVersionArn: version(1), weight: 100 - WEIGHT },
        { stateMachineVersionArn: version(2), weight: WEIGHT },
      ],
    });
    const versions = await tally(STARTS);
    const second = versions[2] ?? 0;
    expect((versions[1] ?? 0) + second).toBe(STARTS);
    expect(Math.abs(second - (STARTS * WEIGHT) / 100)).toBeLessThanOrEqual(TOLERANCE);
    await setRoutes(0, 100);
    expect(await tally(5)).toEqual({ 2: 5 });
  });

  it("keeps its version from being deleted, and lists what it has run", async () => {
    const refused = await aws.failure(
      ...["delete-state-machine-version", "--state-machine-version-arn", version(2)],
    );
    expect(refused).toContain("ConflictException");
    const { executions } = await aws(
      ...["list-executions", "--state-machine-arn", LIVE, "--max-results", "1000"],
    );
    expect(executions).toHaveLength(3 + 1 + STARTS + 5);
  });
});

describe("--limits", () => {
  it("bound aliases, versions and tags", async () => {
    const second = ["create-state-machine-alias", "--name", "second"];
    const third = ["create-state-machine-alias", "--name", "third"];
    const configuration = ["--routing-configuration", routes(100)];
    await aws(...second, ...configuration);
    expect(await aws.failure(...third, ...configuration)).toMatch(
      /ServiceQuotaExceededException.*at most 2 aliases/,
    );
    await aws("publish-state-machine-version", "--state-machine-arn", MACHINE);
    expect(
      await update(answering("four"), "--publish").catch((error: unknown) => error),
    ).toMatchObject({
      stderr: expect.stringMatching(/ServiceQuotaExceededException.*at most 3 versions/) as unknown,
    });
    expect(
      await aws.failure("tag-resource", "--resource-arn", MACHINE, "--tags", "key=a", "key=b"),
    ).toContain("TooManyTags");
  });

  it("above AWS's are told at the start, and hold", async () => {
    expect(server.log).toMatch(/payloadBytes 1048576 \(AWS: 262144\)/);
    const input = JSON.stringify("x".repeat(1_000_000));
    const request = { stateMachineArn: MACHINE, input };
    await expect(client.send(new StartExecutionCommand(request))).resolves.toHaveProperty(
      "executionArn",
    );
    const larger = JSON.stringify("x".repeat(1_048_576));
    await expect(
      client.send(new StartExecutionCommand({ stateMachineArn: MACHINE, input: larger })),
    ).rejects.toMatchObject({ name: /InvalidExecutionInput|ValidationException/ });
  });

  it.each([
    ["aliasses: 3", /did you mean aliases\?/],
    ["aliases: 0", /aliases must be a whole number from 1 to 10000, got 0/],
    ["aliases: many", /aliases must be a whole number/],
    ["[1]", /must be an object of limits/],
    ["{aliases: ", /--limits .*bad\.yaml/],
  ])("that say %j are refused", async (text, message) => {
    const file = join(folder.path, "bad.yaml");
    await writeFile(file, text);
    const started = ServerProcess.start({
      args: ["serve", "--data-dir", join(folder.path, "other"), "--limits", file],
    });
    await expect(started).rejects.toThrow(message);
  });
});
