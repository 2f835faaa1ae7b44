/** The main job with the AWS SDK: Standard, Express, activities and callbacks. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  GetActivityTaskCommand,
  type SFNClient,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-files.ts";
import { eventually } from "./support/eventually.ts";
import { historyProblems } from "./support/history-laws.ts";
import { ended, roleArn, sdkClient, wholeHistory } from "./support/sdk-client.ts";
import { ServerProcess } from "./support/server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { functionArn, testFunctions } from "./support/test-functions.ts";

let folder: TemporaryFolder;
let server: ServerProcess;
let client: SFNClient;
let ledger: string;

async function create(
  name: string,
  definition: object | string,
  type: "STANDARD" | "EXPRESS" = "STANDARD",
): Promise<string> {
  const text = typeof definition === "string" ? definition : JSON.stringify(definition);
  const answer = await client.send(
    new CreateStateMachineCommand({ name, definition: text, roleArn, type }),
  );
  return answer.stateMachineArn ?? "";
}

async function start(stateMachineArn: string, input: unknown = {}): Promise<string> {
  const answer = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return answer.executionArn ?? "";
}

beforeAll(async () => {
  folder = await temporaryFolder("sdk");
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
  });
  client = sdkClient(server.url);
});

afterAll(async () => {
  client?.destroy();
  await server?.stop();
  await folder?.remove();
});

describe("with the AWS SDK", () => {
  it("the order workflow retries and succeeds", async () => {
    const file = join(projectRoot, "examples/order-processing/order-processing.asl.json");
    const machine = await create("orders", readFileSync(file, "utf8"));
    const executionArn = await start(machine, { orderId: "1", mode: "fail-once" });
    const description = await ended(client, executionArn);
    expect(description).toMatchObject({ status: "SUCCEEDED", output: '{"paid":true,"attempt":2}' });
    expect(
      description.stopDate!.getTime() - description.startDate!.getTime(),
    ).toBeGreaterThanOrEqual(3000);
    expect(historyProblems(await wholeHistory(client, executionArn))).toEqual([]);
  });

  it("StartExecution answers the same to the same name and input, and refuses another input", async () => {
    const stateMachineArn = await create("idempotent", {
      StartAt: "Wait",
      States: { Wait: { Type: "Wait", Seconds: 60, End: true } },
    });
    const request = { stateMachineArn, name: "once", input: '{"a":1}' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.send(new StartExecutionCommand(request))),
    );
    expect(new Set(answers.map((answer) => answer.startDate?.getTime())).size).toBe(1);
    await expect(
      client.send(new StartExecutionCommand({ ...request, input: '{"a":2}' })),
    ).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
    await client.send(new StopExecutionCommand({ executionArn: answers[0]?.executionArn }));
  });

  it("an Express execution answers synchronously, with its output or its error", async () => {
    const stateMachineArn = await create(
      "express",
      {
        StartAt: "Echo",
        States: {
          Echo: { Type: "Task", Resource: functionArn("echo"), Next: "Check" },
          Check: {
            Type: "Choice",
            Choices: [{ Variable: "$.ok", BooleanEquals: true, Next: "Good" }],
            Default: "Bad",
          },
          Good: { Type: "Succeed" },
          Bad: { Type: "Fail", Error: "NotOk", Cause: "it was not ok" },
        },
      },
      "EXPRESS",
    );
    const run = (input: object) =>
      client.send(new StartSyncExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
    expect(await run({ ok: true })).toMatchObject({ status: "SUCCEEDED", output: '{"ok":true}' });
    expect(await run({ ok: false })).toMatchObject({
      status: "FAILED",
      error: "NotOk",
      cause: "it was not ok",
    });
  });

  it("a worker polls an activity, sends heartbeats and completes or fails its tasks", async () => {
    const { activityArn } = await client.send(new CreateActivityCommand({ name: "pack" }));
    const machine = await create("packing", {
      StartAt: "Pack",
      States: {
        Pack: {
          Type: "Task",
          Resource: activityArn,
          HeartbeatSeconds: 30,
          TimeoutSeconds: 60,
          End: true,
        },
      },
    });
    const poll = () =>
      client.send(new GetActivityTaskCommand({ activityArn, workerName: "worker-1" }));
    const waiting = poll();
    const good = await start(machine, { box: 1 });
    const task = await waiting;
    expect(JSON.parse(task.input ?? "")).toEqual({ box: 1 });
    await client.send(new SendTaskHeartbeatCommand({ taskToken: task.taskToken }));
    await client.send(
      new SendTaskSuccessCommand({ taskToken: task.taskToken, output: '{"packed":1}' }),
    );
    expect(await ended(client, good)).toMatchObject({
      status: "SUCCEEDED",
      output: '{"packed":1}',
    });
    await expect(
      client.send(new SendTaskSuccessCommand({ taskToken: task.taskToken, output: "{}" })),
    ).rejects.toMatchObject({ name: "TaskTimedOut" });

    const bad = await start(machine, { box: 2 });
    const second = await poll();
    await client.send(
      new SendTaskFailureCommand({
        taskToken: second.taskToken,
        error: "NoBoxes",
        cause: "all gone",
      }),
    );
    expect(await ended(client, bad)).toMatchObject({
      status: "FAILED",
      error: "NoBoxes",
      cause: "all gone",
    });
    const started = (await wholeHistory(client, bad)).find(
      ({ type }) => type === "ActivityStarted",
    );
    expect(started?.activityStartedEventDetails?.workerName).toBe("worker-1");
  });

  it("a callback task waits for its token, also across kill -9, and takes it once", async () => {
    const machine = await create("approval", {
      StartAt: "WaitForApproval",
      States: {
        WaitForApproval: {
          Type: "Task",
          Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
          Parameters: {
            FunctionName: "callback",
            Payload: { "token.$": "$$.Task.Token", "orderId.$": "$.orderId" },
          },
          TimeoutSeconds: 86_400,
          End: true,
        },
      },
    });
    const executionArn = await start(machine, { orderId: "77" });
    const file = join(ledger, "token-77");
    await eventually("the function to leave the token", () => existsSync(file) || undefined);
    await eventually("TaskSubmitted", async () => {
      const events = await wholeHistory(client, executionArn);
      return events.some(({ type }) => type === "TaskSubmitted") || undefined;
    });
    await server.kill();
    server = await ServerProcess.start({
      args: [
        ...["serve", "--data-dir", join(folder.path, "data")],
        ...["--functions", join(folder.path, "stepwell.yaml")],
      ],
      port: server.port,
    });
    client.destroy();
    client = sdkClient(server.url);
    const taskToken = readFileSync(file, "utf8");
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () =>
        client.send(new SendTaskSuccessCommand({ taskToken, output: '{"approved":true}' })),
      ),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await ended(client, executionArn)).toMatchObject({
      status: "SUCCEEDED",
      output: '{"approved":true}',
    });
    const events = await wholeHistory(client, executionArn);
    expect(events.filter(({ type }) => type === "TaskSubmitted")).toHaveLength(1);
    expect(historyProblems(events)).toEqual([]);
  });

  it("refuses a token that it did not give out", async () => {
    await expect(
      client.send(new SendTaskSuccessCommand({ taskToken: "AQCEAAAAKgAAAAMAAAAA", output: "{}" })),
    ).rejects.toMatchObject({ name: "InvalidToken" });
  });
});
