/** Fifty times kill -9 under load: nothing acknowledged is lost, changed or recorded twice. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateStateMachineCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Ledger, lookAt, seededRandom, startLoad } from "./support/crash-load.ts";
import { eventually } from "./support/eventually.ts";
import { historyProblems, lostEvents } from "./support/history-laws.ts";
import { ended, roleArn, sdkClient } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { functionArn, testFunctions, type TestFunctions } from "./support/test-functions.ts";

const KILLS = Number(process.env["CRASH_KILLS"] ?? 50);
const CLIENTS = 8;
const MAX_EXECUTIONS = 500;
/** Fewer acknowledged executions would prove little. */
const MIN_EXECUTIONS = 150;
/** How many executions are compared after each restart. */
const SAMPLE = 20;
const seed = Number(process.env["CRASH_SEED"] ?? Date.now() % 2 ** 32);

const record = (parameters: object): object => ({
  Type: "Task",
  Resource: functionArn("record"),
  Parameters: parameters,
  Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 5 }],
});

/** A task, a wait, a map with a task each: four function calls, the input's key in all of them. */
const DEFINITION = {
  StartAt: "First",
  States: {
    First: {
      ...record({
        "key.$": "States.Format('{}/first', $.key)",
        "milliseconds.$": "$.milliseconds",
      }),
      ResultPath: "$.first",
      Next: "Pause",
    },
    Pause: { Type: "Wait", Seconds: 1, Next: "Items" },
    Items: { Type: "Pass", Result: [0, 1, 2], ResultPath: "$.items", Next: "Each" },
    Each: {
      Type: "Map",
      ItemsPath: "$.items",
      ItemSelector: { "key.$": "States.Format('{}/item{}', $.key, $$.Map.Item.Value)" },
      ItemProcessor: {
        StartAt: "Item",
        States: { Item: { ...record({ "key.$": "$.key" }), End: true } },
      },
      ResultPath: "$.items",
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};

let folder: TemporaryFolder;
let functions: TestFunctions;
let server: ServerProcess;
let client: SFNClient;

async function start(port?: number): Promise<void> {
  server = await ServerProcess.start({
    args: [
      ...["serve", "--data-dir", join(folder.path, "data"), "--log-level", "warn"],
      ...["--functions", functions.configuration],
    ],
    ...(port === undefined ? {} : { port }),
  });
  client?.destroy();
  client = sdkClient(server.url);
}

async function listed(stateMachineArn: string): Promise<Set<string>> {
  const arns = new Set<string>();
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 1000, nextToken }),
    );
    for (const { executionArn } of page.executions ?? []) arns.add(executionArn ?? "");
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return arns;
}

async function listedMachines(): Promise<Set<string>> {
  const arns = new Set<string>();
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListStateMachinesCommand({ maxResults: 1000, nextToken }));
    for (const { stateMachineArn } of page.stateMachines ?? []) arns.add(stateMachineArn ?? "");
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return arns;
}

beforeAll(async () => {
  folder = await temporaryFolder("crash");
  functions = await testFunctions(folder.path);
  await start();
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

describe(`kill -9, ${KILLS} times (CRASH_SEED=${seed})`, () => {
  it(
    "loses nothing that was acknowledged and repeats nothing that was recorded",
    { timeout: 240_000 },
    async () => {
      console.log(`crash test: CRASH_SEED=${seed}`);
      const random = seededRandom(seed);
      const { stateMachineArn: machineArn = "" } = await client.send(
        new CreateStateMachineCommand({
          name: "crash",
          definition: JSON.stringify(DEFINITION),
          roleArn,
        }),
      );
      const ledger = new Ledger();
      let compared = 0;
      const load = {
        url: server.url,
        machineArn,
        clients: CLIENTS,
        maxExecutions: MAX_EXECUTIONS,
        random,
      };
      const endLoad = startLoad(ledger, load);
      for (let kill = 0; kill < KILLS; kill++) {
        await new Promise((resolve) => setTimeout(resolve, 50 + random() * 700));
        const promised = {
          executions: ledger.executions.map((execution) => ({ ...execution, execution })),
          machines: [...ledger.machines],
        };
        await server.kill();
        await start(server.port);
        const executions = await listed(machineArn);
        const machines = await listedMachines();
        const lost = promised.executions
          .map(({ arn }) => arn)
          .filter((arn) => !executions.has(arn));
        const lostMachines = promised.machines.filter((arn) => !machines.has(arn));
        expect({ lost, lostMachines, problems: ledger.problems }).toEqual({
          lost: [],
          lostMachines: [],
          problems: [],
        });
        // What was shown of a running execution before the kill is still there, word for word.
        const running = promised.executions.filter(({ seen }) => seen.length > 0 && !isEnded(seen));
        for (const { execution, seen } of running.slice(-SAMPLE)) {
          const events = await lookAt(client, execution, ledger.problems);
          expect(lostEvents(seen, events)).toEqual([]);
          compared++;
        }
      }
      await endLoad();
      expect(ledger.executions.length).toBeGreaterThanOrEqual(MIN_EXECUTIONS);
      expect(compared).toBeGreaterThanOrEqual(KILLS);

      for (const { arn } of ledger.executions) {
        const { status, error } = await ended(client, arn, 90);
        expect([arn, status, error]).toEqual([arn, "SUCCEEDED", undefined]);
      }
      const calls = readCalls();
      for (const execution of ledger.executions) {
        await lookAt(client, execution, ledger.problems);
        expect(historyProblems(execution.seen)).toEqual([]);
        const results = execution.seen
          .filter(({ type }) => type === "LambdaFunctionSucceeded")
          .map(
            (event) =>
              JSON.parse(event.lambdaFunctionSucceededEventDetails?.output ?? "") as {
                key: string;
                nonce: string;
              },
          );
        const { key } = execution;
        expect(results.map((result) => result.key).toSorted()).toEqual([
          `${key}/first`,
          `${key}/item0`,
          `${key}/item1`,
          `${key}/item2`,
        ]);
        for (const { nonce } of results) expect(calls.get(nonce)).toBeDefined();
        expect(new Set(results.map(({ nonce }) => nonce)).size).toBe(4);
      }
      expect(ledger.problems).toEqual([]);
      console.log(
        `crash test: ${ledger.executions.length} executions acknowledged and succeeded, ` +
          `${ledger.broken} of ${ledger.requests} requests broken by ${KILLS} kills, ` +
          `${compared} histories of running executions compared, ` +
          `${calls.size - 4 * ledger.executions.length} calls of functions repeated`,
      );
      await eventually("no execution runs any more", async () => {
        const page = await client.send(
          new ListExecutionsCommand({ stateMachineArn: machineArn, statusFilter: "RUNNING" }),
        );
        return page.executions?.length === 0 || undefined;
      });
    },
  );
});

function isEnded(events: readonly HistoryEvent[]): boolean {
  return /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(events.at(-1)?.type ?? "");
}

/** Which calls the functions themselves have noted: nonce to key. */
function readCalls(): Map<string, string> {
  const lines = readFileSync(join(functions.ledger, "calls"), "utf8").trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [key = "", nonce = ""] = line.split(" ");
      return [nonce, key];
    }),
  );
}
