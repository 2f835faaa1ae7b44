/** JSONata on a real server: an order workflow, hostile expressions, kill -9 and redrive. */
import { join } from "node:path";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EditableFunctions } from "./support/editable-functions.ts";
import { eventually } from "./support/eventually.ts";
import { historyProblems, lostEvents } from "./support/history-laws.ts";
import { ended, roleArn, sdkClient, wholeHistory } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { functionArn } from "./support/test-functions.ts";

/** Never ends: a loop that uses neither stack nor memory. */
const ATTACK = "{% ($f := function($x) { $f($x + 1) }; $f(1)) %}";
/** From the start of an attack to the end of its execution. */
const ATTACK_MS = 3000;
/** About a tenth of a second of work, in which the server can die. */
const SLOW =
  "{% $reduce($map([1..8000], function($n) { $n % 7 * $states.input.factor }), function($sum, $n) { $sum + $n }, 0) %}";
const slowResult = (factor: number): number => {
  const numbers = Array.from({ length: 8_000 }, (_value, index) => (index + 1) % 7);
  return numbers.reduce((sum, n) => sum + n * factor, 0);
};

/** Variables, arguments, lambdas, retries, a choice and a map, all in JSONata. */
const ORDER = {
  QueryLanguage: "JSONata",
  StartAt: "Price",
  States: {
    Price: {
      Type: "Pass",
      Assign: {
        customer: "{% $states.input.customer %}",
        lines:
          "{% $map($states.input.items, function($i) { {'sku': $i.sku, 'total': $i.price * $i.quantity} }) %}",
      },
      Next: "Sum",
    },
    Sum: {
      Type: "Pass",
      Assign: {
        total: "{% $reduce($lines.total, function($sum, $t) { $sum + $t }, 0) %}",
      },
      Output: "{% {'skus': $lines.sku, 'count': $count($lines)} %}",
      Next: "Large?",
    },
    "Large?": {
      Type: "Choice",
      Choices: [{ Condition: "{% $total > 100 %}", Next: "Pay", Assign: { large: true } }],
      Default: "Pay",
      Assign: { large: false },
    },
    Pay: {
      Type: "Task",
      Resource: functionArn("pay"),
      Arguments: {
        customer: "{% $uppercase($customer) %}",
        amount: "{% $large ? $total * 0.9 : $total %}",
      },
      Assign: { receipt: "{% $states.result.receipt %}" },
      Output: "{% $states.input %}",
      Next: "Ship",
    },
    Ship: {
      Type: "Map",
      Items: "{% $states.input.skus %}",
      ItemSelector: {
        sku: "{% $states.context.Map.Item.Value %}",
        place: "{% $states.context.Map.Item.Index + 1 %}",
      },
      ItemProcessor: {
        StartAt: "Pack",
        States: {
          Pack: {
            Type: "Task",
            Resource: functionArn("pack"),
            Output: "{% $states.result.parcel & ' for ' & $customer %}",
            End: true,
          },
        },
      },
      Output: {
        receipt: "{% $receipt %}",
        parcels: "{% $join($filter($states.result, function($p) { $length($p) > 0 }), ', ') %}",
      },
      End: true,
    },
  },
};

const PAY = "return { receipt: `${event.customer}:${event.amount}` };";
const PACK = "return { parcel: `${event.place}-${event.sku}` };";
const INPUT = {
  customer: "ann",
  items: [
    { sku: "tea", price: 30, quantity: 3 },
    { sku: "pot", price: 55, quantity: 2 },
  ],
};
const SHIPPED = { receipt: "ANN:180", parcels: "1-tea for ann, 2-pot for ann" };

let folder: TemporaryFolder;
let functions: EditableFunctions;
let server: ServerProcess;
let client: SFNClient;

async function startServer(port?: number): Promise<void> {
  server = await ServerProcess.start({
    args: [
      ...["serve", "--data-dir", join(folder.path, "data")],
      ...["--functions", functions.path],
    ],
    ...(port === undefined ? {} : { port }),
  });
  client?.destroy();
  client = sdkClient(server.url);
}

async function create(
  name: string,
  definition: object,
  type: "STANDARD" | "EXPRESS" = "STANDARD",
): Promise<string> {
  const { stateMachineArn = "" } = await client.send(
    new CreateStateMachineCommand({ name, definition: JSON.stringify(definition), roleArn, type }),
  );
  return stateMachineArn;
}

async function start(stateMachineArn: string, input: unknown = {}): Promise<string> {
  const { executionArn = "" } = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn;
}

/** A machine of one Pass state whose output is an expression. */
const only = (output: string, more: object = {}): object => ({
  QueryLanguage: "JSONata",
  StartAt: "Only",
  States: { Only: { Type: "Pass", Output: output, End: true, ...more } },
});
const outputOf = ({ output }: { readonly output?: string | undefined }): unknown =>
  JSON.parse(output ?? "null");

beforeAll(async () => {
  folder = await temporaryFolder("jsonata");
  functions = new EditableFunctions(folder.path);
  await functions.write("pay", PAY);
  await functions.write("pack", PACK);
  await startServer();
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

describe("an order workflow in JSONata", () => {
  it("carries its variables through lambdas, a choice, tasks and a map", async () => {
    const machine = await create("order", ORDER);
    const executionArn = await start(machine, INPUT);
    const description = await ended(client, executionArn);
    expect(description).toMatchObject({ status: "SUCCEEDED" });
    expect(outputOf(description)).toEqual(SHIPPED);
    const events = await wholeHistory(client, executionArn);
    expect(historyProblems(events)).toEqual([]);
    const assigned = events.flatMap(({ stateExitedEventDetails }) =>
      Object.entries(stateExitedEventDetails?.assignedVariables ?? {}),
    );
    expect(Object.fromEntries(assigned)).toEqual({
      customer: '"ann"',
      lines: '[{"sku":"tea","total":90},{"sku":"pot","total":110}]',
      total: "200",
      large: "true",
      receipt: '"ANN:180"',
    });
    const small = { ...INPUT, items: [{ sku: "tea", price: 5, quantity: 1 }] };
    // One item is not a list of one in JSONata: the sequence of `sku` is the text itself.
    expect(await ended(client, await start(machine, small))).toMatchObject({
      status: "FAILED",
      error: "States.QueryEvaluationError",
    });
  });

  it("goes on by redrive when the function is mended", async () => {
    await functions.change(client, "pack", 'throw new Error("out of tape");');
    const executionArn = await start(await create("order-redrive", ORDER), INPUT);
    const failed = await ended(client, executionArn);
    expect(failed).toMatchObject({
      status: "FAILED",
      error: "Error",
      redriveStatus: "REDRIVABLE",
    });
    expect(failed.cause).toContain("out of tape");
    const before = await wholeHistory(client, executionArn);
    // Variables that were assigned before are there after it, and what was paid is not paid again.
    await functions.change(client, "pay", 'throw new Error("paid twice");');
    await functions.change(client, "pack", PACK);
    await client.send(new RedriveExecutionCommand({ executionArn }));
    const description = await ended(client, executionArn);
    await functions.change(client, "pay", PAY);
    expect(description).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    expect(outputOf(description)).toEqual(SHIPPED);
    const events = await wholeHistory(client, executionArn);
    expect(historyProblems(events)).toEqual([]);
    expect(lostEvents(before, events)).toEqual([]);
    expect(events[before.length]?.type).toBe("ExecutionRedriven");
  });
});

describe("a hostile expression", () => {
  it("fails its own execution in time, while those of others go on", async () => {
    const attack = await create("attack", only(ATTACK));
    const calm = await create("calm", only(SLOW));
    const started = performance.now();
    const attacked = await start(attack);
    const attacker = { isOver: false };
    const end = ended(client, attacked).finally(() => (attacker.isOver = true));
    let others = 0;
    while (!attacker.isOver) {
      const description = await ended(client, await start(calm, { factor: others }));
      expect(outputOf(description)).toBe(slowResult(others));
      others++;
    }
    expect(performance.now() - started).toBeLessThan(ATTACK_MS);
    expect(others).toBeGreaterThan(1);
    const { status, error, cause } = await end;
    expect([status, error]).toEqual(["FAILED", "States.QueryEvaluationError"]);
    expect(cause).toContain("timeout");
    const events = await wholeHistory(client, attacked);
    expect(events.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "PassStateEntered",
      "EvaluationFailed",
      "ExecutionFailed",
    ]);
    expect(events[2]?.evaluationFailedEventDetails).toMatchObject({
      error: "States.QueryEvaluationError",
      location: "Output",
      state: "Only",
    });
  });

  it("keeps nobody waiting, however many executions of its machine evaluate it", async () => {
    const crowd = await create("attack-crowd", only(ATTACK));
    const calm = await create("calm-in-crowd", only(SLOW));
    const attackers = await Promise.all(Array.from({ length: 12 }, () => start(crowd)));
    for (let factor = 0; factor < 10; factor++) {
      const started = performance.now();
      const description = await ended(client, await start(calm, { factor }));
      expect(outputOf(description)).toBe(slowResult(factor));
      expect(performance.now() - started).toBeLessThan(ATTACK_MS);
    }
    for (const executionArn of attackers) {
      await client.send(new StopExecutionCommand({ executionArn }));
    }
  });

  it("can be caught, and fails an Express execution in time, too", async () => {
    const caught = await create("attack-caught", {
      QueryLanguage: "JSONata",
      StartAt: "Task",
      States: {
        Task: {
          Type: "Task",
          Resource: functionArn("pack"),
          Arguments: { sku: ATTACK },
          Catch: [
            {
              ErrorEquals: ["States.QueryEvaluationError"],
              Output: "{% $states.errorOutput.Error %}",
              Next: "Done",
            },
          ],
          End: true,
        },
        Done: { Type: "Succeed" },
      },
    });
    expect(await ended(client, await start(caught))).toMatchObject({
      status: "SUCCEEDED",
      output: '"States.QueryEvaluationError"',
    });
    const stateMachineArn = await create("attack-express", only(ATTACK), "EXPRESS");
    const started = performance.now();
    expect(await client.send(new StartSyncExecutionCommand({ stateMachineArn }))).toMatchObject({
      status: "FAILED",
      error: "States.QueryEvaluationError",
    });
    expect(performance.now() - started).toBeLessThan(ATTACK_MS);
  });
});

describe("kill -9 while an expression is evaluated", () => {
  it("evaluates it again and loses nothing", async () => {
    const machine = await create("killed", only(SLOW));
    const attack = await create("killed-attack", only(ATTACK));
    const factors = Array.from({ length: 30 }, (_value, index) => index + 1);
    const arns = await Promise.all(factors.map((factor) => start(machine, { factor })));
    const attacked = await start(attack);
    await eventually("one to end while others wait for their expressions", async () => {
      const list = (statusFilter: "SUCCEEDED" | "RUNNING") =>
        client.send(new ListExecutionsCommand({ stateMachineArn: machine, statusFilter }));
      const [done, running] = await Promise.all([list("SUCCEEDED"), list("RUNNING")]);
      return (done.executions?.length ?? 0) > 0 && (running.executions?.length ?? 0) > 0
        ? true
        : undefined;
    });
    const before = await Promise.all(arns.map((arn) => wholeHistory(client, arn)));
    await server.kill();
    expect(before.filter((events) => events.length === 2).length).toBeGreaterThan(0);
    await startServer(server.port);
    for (const [index, arn] of arns.entries()) {
      const description = await ended(client, arn);
      expect(outputOf(description)).toBe(slowResult(factors[index] ?? 0));
      const events = await wholeHistory(client, arn);
      expect(historyProblems(events)).toEqual([]);
      expect(lostEvents(before[index] ?? [], events)).toEqual([]);
      expect(events).toHaveLength(4);
    }
    expect(await ended(client, attacked)).toMatchObject({ error: "States.QueryEvaluationError" });
  });

  it("keeps the variables, and a redrive after it goes on with them", async () => {
    await functions.change(client, "pack", 'throw new Error("no boxes");');
    const executionArn = await start(await create("order-killed", ORDER), INPUT);
    await ended(client, executionArn);
    const before = await wholeHistory(client, executionArn);
    expect(before.at(-1)?.type).toBe("ExecutionFailed");
    await server.kill();
    await functions.write("pack", PACK);
    await startServer(server.port);
    expect(await wholeHistory(client, executionArn)).toEqual(before);
    await client.send(new RedriveExecutionCommand({ executionArn }));
    const description = await ended(client, executionArn);
    expect(description).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    expect(outputOf(description)).toEqual(SHIPPED);
    const answer = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(answer.redriveDate?.getTime()).toBeGreaterThan(answer.startDate?.getTime() ?? Infinity);
  });
});
