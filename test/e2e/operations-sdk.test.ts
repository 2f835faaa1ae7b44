/** Every operation of the API with the AWS SDK for JavaScript, with good and with bad input. */
import { join } from "node:path";
import * as sdk from "@aws-sdk/client-sfn";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../../src/api/operations/index.ts";
import { deletions, type Facts, goodCases, remember } from "./support/operation-cases.ts";
import { sdkOperations } from "./support/operation-names.ts";
import { eventually } from "./support/eventually.ts";
import { sdkClient } from "./support/sdk-client.ts";
import { badCases } from "./support/refusal-cases.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";
const EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:orders:first";

let folder: TemporaryFolder;
let server: ServerProcess;
let client: SFNClient;
const facts: Facts = new Map();

type Answer = Readonly<Record<string, unknown>>;
type Command = Parameters<SFNClient["send"]>[0];

/** Sends an operation by its name. */
async function call(operation: string, input: object): Promise<Answer> {
  const commands = sdk as unknown as Readonly<
    Record<string, (new (input: object) => Command) | undefined>
  >;
  const Operation = commands[`${operation}Command`];
  if (Operation === undefined) throw new Error(`the SDK has no ${operation}`);
  const { $metadata: _, ...answer } = await client.send(new Operation(input));
  return answer;
}

beforeAll(async () => {
  folder = await temporaryFolder("operations-sdk");
  server = await ServerProcess.start({ args: ["serve", "--data-dir", join(folder.path, "data")] });
  client = sdkClient(server.url);
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

describe("the operations of this server", () => {
  const names = operations.map(({ name }) => name);

  it("are those of AWS", () => {
    expect(sdkOperations).toHaveLength(37);
    expect(names.toSorted()).toEqual(sdkOperations);
  });

  it("are all used well and badly by the cases below", () => {
    const all = new Set(names);
    expect(new Set([...goodCases, ...deletions].map(({ operation }) => operation))).toEqual(all);
    expect(new Set(badCases.map(({ operation }) => operation))).toEqual(all);
  });
});

describe("with good input", () => {
  it.each(goodCases)("$operation answers", async (good) => {
    const { operation, input, answer, without = [], keep, patient } = good;
    const ask = (): Promise<Answer> => call(operation, input(facts));
    if (patient) {
      await eventually(`the answer of ${operation}`, async () => {
        return (await ask())["status"] === "RUNNING" ? undefined : true;
      });
    }
    const given = await ask();
    expect(given).toMatchObject(answer);
    for (const member of without) expect(given[member]).toBeUndefined();
    if (keep !== undefined) remember(facts, keep, given);
  });
});

describe("with bad input", () => {
  it.each(badCases)("$operation answers $error", async ({ operation, input, error, message }) => {
    const failure: unknown = await call(operation, input).catch((reason: unknown) => reason);
    expect(failure).toMatchObject({ name: error, $metadata: { httpStatusCode: 400 } });
    expect((failure as Error).message).toContain(message);
  });

  it.each(sdkOperations)(
    "%s names a required member that is absent, or needs none",
    async (operation) => {
      const optional = ["ListActivities", "ListStateMachines"];
      const failure: unknown = await call(operation, {}).catch((reason: unknown) => reason);
      if (optional.includes(operation)) expect(failure).not.toBeInstanceOf(Error);
      else {
        expect(failure).toMatchObject({ name: "ValidationException" });
        expect((failure as Error).message).toMatch(
          /'\w+' failed to satisfy constraint: Member must not be null|Must specify exactly one of/,
        );
      }
    },
  );
});

describe("pages", () => {
  it("of a history go on where the last one ended, in both directions", async () => {
    for (const reverseOrder of [false, true]) {
      const ids: unknown[] = [];
      let nextToken: unknown;
      do {
        const request = { executionArn: EXECUTION, maxResults: 5, reverseOrder, nextToken };
        const page = await call("GetExecutionHistory", request);
        ids.push(...(page["events"] as { id: number }[]).map(({ id }) => id));
        nextToken = page["nextToken"];
      } while (nextToken !== undefined);
      const ascending = Array.from({ length: 12 }, (_value, index) => index + 1);
      expect(ids).toEqual(reverseOrder ? ascending.toReversed() : ascending);
    }
  });

  it.each([
    ["ListStateMachines", {}, "stateMachines", "name", ["orders", "quick", "batch"]],
    ["ListExecutions", { stateMachineArn: MACHINE }, "executions", "name", ["second", "first"]],
    [
      "ListStateMachineVersions",
      { stateMachineArn: MACHINE },
      "stateMachineVersions",
      "stateMachineVersionArn",
      [`${MACHINE}:2`, `${MACHINE}:1`],
    ],
  ])("of %s have one item each", async (operation, input, list, member, expected) => {
    const shown: unknown[] = [];
    let nextToken: unknown;
    do {
      const page = await call(operation, { ...input, maxResults: 1, nextToken });
      const items = page[list] as Record<string, unknown>[];
      expect(items.length).toBeLessThanOrEqual(1);
      shown.push(...items.map((item) => item[member]));
      nextToken = page["nextToken"];
    } while (nextToken !== undefined);
    expect(shown).toEqual(expected);
  });
});

describe("in the end", () => {
  it.each(deletions)("$operation answers", async ({ operation, input, answer }) => {
    expect(await call(operation, input(facts))).toMatchObject(answer);
  });

  it("nothing is left but what was not deleted", async () => {
    expect(await call("ListActivities", {})).toEqual({ activities: [] });
    await eventually("the state machine to be gone", async () => {
      const { stateMachines } = await call("ListStateMachines", {});
      const names = (stateMachines as { name: string }[]).map(({ name }) => name);
      return names.join() === "quick" || undefined;
    });
  });
});
