/** The main job, by hand: the order workflow with the real AWS CLI, through kill -9 and restart. */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-files.ts";
import { type Answer, type AwsCli, awsCli } from "./support/aws-cli.ts";
import { eventually } from "./support/eventually.ts";
import { historyProblems, lostEvents } from "./support/history-laws.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { testFunctions } from "./support/test-functions.ts";

const definition = join(projectRoot, "examples/order-processing/order-processing.asl.json");
const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:MyWorkflow";
const roleArn = "arn:aws:iam::123456789012:role/StepFunctionsRole";

interface Event {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

let folder: TemporaryFolder;
let server: ServerProcess;
let aws: AwsCli;
let ledger: string;

async function startServer(port?: number): Promise<void> {
  const functions = await testFunctions(folder.path);
  ledger = functions.ledger;
  server = await ServerProcess.start({
    args: [
      "serve",
      "--data-dir",
      join(folder.path, "data"),
      "--functions",
      functions.configuration,
    ],
    ...(port === undefined ? {} : { port }),
  });
  aws = await awsCli(server.url);
}

const start = (input: object, ...options: string[]): Promise<Answer> =>
  aws(
    "start-execution",
    "--state-machine-arn",
    machine,
    "--input",
    JSON.stringify(input),
    ...options,
  );

const describeExecution = (arn: unknown): Promise<Answer> =>
  aws("describe-execution", "--execution-arn", String(arn));

const history = async (arn: unknown): Promise<Event[]> =>
  (await aws("get-execution-history", "--execution-arn", String(arn)))["events"] as Event[];

const end = (arn: unknown): Promise<Answer> =>
  eventually(`end of ${String(arn)}`, async () => {
    const description = await describeExecution(arn);
    return description["status"] === "RUNNING" ? undefined : description;
  });

const types = (events: readonly Event[]): string[] => events.map(({ type }) => type);

/** Version 1 of the CLI prints epoch seconds, version 2 ISO 8601. */
const milliseconds = (timestamp: unknown): number =>
  typeof timestamp === "number" ? timestamp * 1000 : Date.parse(String(timestamp));

/** The history of an order whose first payment failed and whose second succeeded. */
const RETRIED = [
  "ExecutionStarted",
  "TaskStateEntered",
  "LambdaFunctionScheduled",
  "LambdaFunctionStarted",
  "LambdaFunctionSucceeded",
  "TaskStateExited",
  "ChoiceStateEntered",
  "ChoiceStateExited",
  "TaskStateEntered",
  "LambdaFunctionScheduled",
  "LambdaFunctionStarted",
  "LambdaFunctionFailed",
  "LambdaFunctionScheduled",
  "LambdaFunctionStarted",
  "LambdaFunctionSucceeded",
  "TaskStateExited",
  "SucceedStateEntered",
  "SucceedStateExited",
  "ExecutionSucceeded",
];

beforeAll(async () => {
  folder = await temporaryFolder("cli");
  await startServer();
});

afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

describe("the order workflow with the AWS CLI", () => {
  it("is created from a file and described as it was given", async () => {
    const created = await aws(
      "create-state-machine",
      ...["--name", "MyWorkflow", "--definition", `file://${definition}`, "--role-arn", roleArn],
    );
    expect(created["stateMachineArn"]).toBe(machine);
    const described = await aws("describe-state-machine", "--state-machine-arn", machine);
    expect(described).toMatchObject({
      name: "MyWorkflow",
      status: "ACTIVE",
      type: "STANDARD",
      roleArn,
    });
    expect(described["definition"]).toBe(readFileSync(definition, "utf8"));
    const { stateMachines } = await aws("list-state-machines");
    expect(stateMachines).toMatchObject([{ stateMachineArn: machine, name: "MyWorkflow" }]);
  });

  it("retries a payment that fails once, three seconds later", async () => {
    const { executionArn } = await start({ orderId: "12345", mode: "fail-once" });
    const description = await end(executionArn);
    expect(description["status"]).toBe("SUCCEEDED");
    expect(JSON.parse(String(description["output"]))).toEqual({ paid: true, attempt: 2 });
    const events = await history(executionArn);
    expect(types(events)).toEqual(RETRIED);
    expect(historyProblems(events)).toEqual([]);
    expect(events[11]).toMatchObject({
      lambdaFunctionFailedEventDetails: { error: "PaymentGatewayBusy" },
    });
    const time = (index: number): number => milliseconds(events[index]?.["timestamp"]);
    expect(time(12) - time(11)).toBeGreaterThanOrEqual(3000);
    expect(time(12) - time(11)).toBeLessThan(4500);
  });

  it("goes to OrderFailed when validation says no", async () => {
    const { executionArn } = await start({ orderId: "" });
    expect(await end(executionArn)).toMatchObject({
      status: "FAILED",
      cause: "Order validation failed",
    });
  });

  it("catches a payment that never succeeds", async () => {
    const { executionArn } = await start({ orderId: "9", mode: "fail-always" });
    expect(await end(executionArn)).toMatchObject({
      status: "FAILED",
      cause: "Payment processing failed",
    });
    const events = await history(executionArn);
    expect(types(events).filter((type) => type === "LambdaFunctionFailed")).toHaveLength(4);
    const caught = events.find(({ type }) => type === "FailStateEntered");
    expect(JSON.stringify(caught)).toContain("PaymentGatewayBusy");
    expect(historyProblems(events)).toEqual([]);
  });

  it("goes on after kill -9 where it was: in a retry's wait and in a function's call", async () => {
    const waiting = await start({ orderId: "20", mode: "fail-once" });
    const calling = await start({ orderId: "21", mode: "hang-once" });
    const before = await Promise.all(
      [
        { arn: waiting["executionArn"], last: "LambdaFunctionFailed" },
        { arn: calling["executionArn"], last: "LambdaFunctionStarted" },
      ].map(({ arn, last }) =>
        eventually(`${last} in ${String(arn)}`, async () => {
          const events = await history(arn);
          return events.length >= 11 && events.at(-1)?.type === last ? events : undefined;
        }),
      ),
    );
    await server.kill();
    await startServer(server.port);
    for (const [index, started] of [waiting, calling].entries()) {
      const description = await end(started["executionArn"]);
      expect(description["status"]).toBe("SUCCEEDED");
      const events = await history(started["executionArn"]);
      expect(historyProblems(events)).toEqual([]);
      expect(lostEvents(before[index] ?? [], events)).toEqual([]);
      // The call that was cut off is made again and recorded once.
      expect(types(events)).toEqual(
        index === 0 ? RETRIED : [...RETRIED.slice(0, 11), ...RETRIED.slice(14)],
      );
      expect(JSON.parse(String(description["output"]))).toEqual({ paid: true, attempt: 2 });
    }
    expect(readFileSync(join(ledger, "payment-20"), "utf8")).toBe("xx");
  });

  it("stops an execution, lists executions by status and refuses a name twice", async () => {
    const { executionArn } = await start(
      { orderId: "30", mode: "hang-once" },
      "--name",
      "to-be-stopped",
    );
    const again = await aws.failure(
      ...[
        "start-execution",
        "--state-machine-arn",
        machine,
        "--name",
        "to-be-stopped",
        "--input",
        "{}",
      ],
    );
    expect(again).toContain("ExecutionAlreadyExists");
    await aws(
      "stop-execution",
      ...[
        "--execution-arn",
        String(executionArn),
        "--error",
        "NotWanted",
        "--cause",
        "the customer left",
      ],
    );
    expect(await describeExecution(executionArn)).toMatchObject({
      status: "ABORTED",
      error: "NotWanted",
      cause: "the customer left",
    });
    const names = async (status: string): Promise<unknown[]> => {
      const answer = await aws(
        "list-executions",
        "--state-machine-arn",
        machine,
        "--status-filter",
        status,
      );
      return (answer["executions"] as { name: string }[]).map(({ name }) => name);
    };
    expect(await names("ABORTED")).toEqual(["to-be-stopped"]);
    expect(await names("RUNNING")).toEqual([]);
    expect(await names("SUCCEEDED")).toHaveLength(3);
    expect(await names("FAILED")).toHaveLength(2);
  });

  it("runs the new definition after update-state-machine", async () => {
    const file = join(folder.path, "def.json");
    const changed = {
      StartAt: "Only",
      States: { Only: { Type: "Pass", Result: "new", End: true } },
    };
    await writeFile(file, JSON.stringify(changed));
    await aws(
      "update-state-machine",
      "--state-machine-arn",
      machine,
      "--definition",
      `file://${file}`,
    );
    const { executionArn } = await start({});
    expect(await end(executionArn)).toMatchObject({ status: "SUCCEEDED", output: '"new"' });
  });

  it("names the mistake in a definition", async () => {
    const file = join(folder.path, "broken.json");
    const broken = { StartAt: "A", States: { A: { Type: "Pass", Next: "Nowhere" } } };
    await writeFile(file, JSON.stringify(broken));
    const message = await aws.failure(
      ...[
        "create-state-machine",
        "--name",
        "Broken",
        "--definition",
        `file://${file}`,
        "--role-arn",
        roleArn,
      ],
    );
    expect(message).toContain("InvalidDefinition");
    expect(message).toContain("Nowhere");
    expect(message).toContain("/States/A/Next");
  });

  it("leaves within ten seconds when told to, although a function runs", async () => {
    await aws(
      "update-state-machine",
      ...["--state-machine-arn", machine, "--definition", `file://${definition}`],
    );
    const { executionArn } = await start({ orderId: "40", mode: "hang-once" });
    await eventually("the payment to be called", async () => {
      const events = await history(executionArn);
      return events.length >= 11 || undefined;
    });
    const from = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - from).toBeLessThan(10_000);
  });
});
