/**
 * Every operation of the API with the real AWS CLI, with good and with bad input: the same story that
 * operations-sdk.test.ts tells, through the CLI's options.
 */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type AwsCli, awsCli } from "./support/aws-cli.ts";
import { eventually } from "./support/eventually.ts";
import { type NameProxy, nameProxy } from "./support/name-proxy.ts";
import { deletions, type Facts, goodCases, remember } from "./support/operation-cases.ts";
import { badCases } from "./support/refusal-cases.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

/** The CLI puts `sync-` before the host name of these. */
const PREFIXED = new Set(["StartSyncExecution", "TestState"]);
/** Options that the CLI names otherwise than the members. */
const OPTIONS: Readonly<Record<string, string>> = { output: "--task-output" };
/** Calls at a time: most of a call's time is the start of Python. */
const CALLS = 2;

let folder: TemporaryFolder;
let server: ServerProcess;
let proxy: NameProxy;
let direct: AwsCli;
let prefixed: AwsCli;
const facts: Facts = new Map();

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, at) => `${at === 0 ? "" : "-"}${letter.toLowerCase()}`);

/** The command line of an operation: one option for every member. */
function options(operation: string, input: object): string[] {
  const members = Object.entries(input).flatMap(([name, value]: [string, unknown]) => {
    const option = OPTIONS[name] ?? `--${kebab(name)}`;
    if (value === true) return [option];
    return [option, typeof value === "string" ? value : JSON.stringify(value)];
  });
  return [kebab(operation), ...members];
}

const cli = (operation: string): AwsCli => (PREFIXED.has(operation) ? prefixed : direct);
const call = (operation: string, input: object): Promise<Answer> =>
  cli(operation)(...options(operation, input));

/** The CLI's messages for requests that must fail, in their order. */
async function failures(
  requests: readonly { readonly operation: string; readonly input: object }[],
): Promise<string[]> {
  const rest = [...requests.entries()];
  const messages: string[] = [];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      const [index, { operation, input }] = next;
      messages[index] = await cli(operation).failure(...options(operation, input));
    }
  };
  await Promise.all(Array.from({ length: CALLS }, worker));
  return messages;
}

beforeAll(async () => {
  folder = await temporaryFolder("operations-cli");
  server = await ServerProcess.start({ args: ["serve", "--data-dir", join(folder.path, "data")] });
  proxy = await nameProxy(server.port);
  [direct, prefixed] = await Promise.all([
    awsCli(server.url),
    awsCli(`http://localhost:${server.port}`, proxy.url),
  ]);
});

afterAll(async () => {
  await proxy?.close();
  await server?.stop();
  await folder?.remove();
});

describe("aws stepfunctions with good input", () => {
  it.each(goodCases)("$operation", async (good) => {
    const { operation, input, answer, without = [], keep, patient } = good;
    let given = await call(operation, input(facts));
    if (patient) {
      given = await eventually(`the answer of ${operation}`, async () => {
        if (given["status"] !== "RUNNING") return given;
        given = await call(operation, input(facts));
        return undefined;
      });
    }
    expect(given).toMatchObject(answer);
    for (const member of without) expect(given[member]).toBeUndefined();
    if (keep !== undefined) remember(facts, keep, given);
  });
});

describe("aws stepfunctions with bad input", () => {
  it("says which error it was and what is wrong", async () => {
    const messages = await failures(badCases);
    for (const [index, { operation, error, message }] of badCases.entries()) {
      const beginning = `An error occurred (${error}) when calling the ${operation} operation: `;
      expect(messages[index]).toContain(beginning);
      expect(messages[index]).toContain(message);
    }
  });
});

describe("aws stepfunctions in the end", () => {
  it.each(deletions)("$operation", async ({ operation, input, answer }) => {
    expect(await call(operation, input(facts))).toMatchObject(answer);
  });
});
