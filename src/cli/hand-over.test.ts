/** A whole server over real sockets: no task of an activity gets lost with the worker it was for. */
import { connect } from "node:net";
import type { Socket } from "node:net";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AWS_QUOTAS } from "../engine/quotas.ts";
import { startHttpServer } from "../server/http-server.ts";
import type { HttpServer } from "../server/http-server.ts";
import { openApplication } from "./compose.ts";
import type { Application } from "./compose.ts";

const ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:a";
const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
const DEFINITION = JSON.stringify({
  StartAt: "T",
  States: { T: { Type: "Task", Resource: ACTIVITY, End: true } },
});
/** Workers that vanish in one test. */
const WORKERS = 60;
/** Milliseconds within which a task must be offered again. */
const OFFERED_AGAIN_MS = 1_000;

let application: Application;
let server: HttpServer;

beforeEach(async () => {
  const logger = pino({ level: "silent" });
  application = await openApplication({
    store: { type: "Memory" },
    functions: { functions: [], problems: [], source: undefined },
    region: "us-east-1",
    accountId: "123456789012",
    limits: AWS_QUOTAS,
    logger,
  });
  server = await startHttpServer({
    api: application.api,
    host: "127.0.0.1",
    port: 0,
    allowHosts: [],
    insecure: false,
    logger,
  });
  await application.call("CreateActivity", { name: "a" });
  await application.call("CreateStateMachine", {
    name: "m",
    definition: DEFINITION,
    roleArn: "arn:aws:iam::123456789012:role/r",
  });
});

afterEach(async () => {
  await server.close();
  await application.close();
});

async function start(): Promise<string> {
  const { executionArn } = await application.call("StartExecution", { stateMachineArn: MACHINE });
  return executionArn as string;
}

/** A worker that asks for a task and does not read anything. */
function askForTask(): Promise<Socket> {
  const body = JSON.stringify({ activityArn: ACTIVITY });
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => {
      socket.pause();
      socket.write(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\n" +
          `X-Amz-Target: AWSStepFunctions.GetActivityTask\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        () => resolve(socket),
      );
    });
    socket.on("error", () => undefined);
  });
}

/** Lets the server and its peers have so many turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A worker that stays, gets a task and completes it. */
async function work(): Promise<void> {
  const response = await fetch(server.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AWSStepFunctions.GetActivityTask",
    },
    body: JSON.stringify({ activityArn: ACTIVITY }),
  });
  const { taskToken } = (await response.json()) as { taskToken: string };
  await application.call("SendTaskSuccess", { taskToken, output: "{}" });
}

async function historyOf(executionArn: string): Promise<string[]> {
  const { events } = await application.call("GetExecutionHistory", { executionArn });
  return (events as readonly { readonly type: string }[]).map(({ type }) => type);
}

describe("a task whose worker vanishes at the hand-over", () => {
  it.each([
    ["before or after the answer was sent", (socket: Socket) => socket.destroy()],
    ["with a reset", (socket: Socket) => socket.resetAndDestroy()],
  ])("goes to the next worker: %s", async (_, vanish) => {
    for (let worker = 0; worker < WORKERS; worker++) {
      const executionArn = await start();
      const socket = await askForTask();
      // From before the task was found to long after its answer went out.
      await turns(worker % 20);
      const vanishedAt = Date.now();
      vanish(socket);
      await work();
      expect(Date.now() - vanishedAt).toBeLessThan(OFFERED_AGAIN_MS);
      expect(await historyOf(executionArn)).toEqual([
        "ExecutionStarted",
        "TaskStateEntered",
        "ActivityScheduled",
        "ActivityStarted",
        "ActivitySucceeded",
        "TaskStateExited",
        "ExecutionSucceeded",
      ]);
    }
  });

  it("also if it waited for the task", async () => {
    for (let worker = 0; worker < WORKERS; worker++) {
      const socket = await askForTask();
      await turns(4);
      const started = start();
      await turns(worker % 8);
      socket.destroy();
      const executionArn = await started;
      const vanishedAt = Date.now();
      await work();
      expect(Date.now() - vanishedAt).toBeLessThan(OFFERED_AGAIN_MS);
      expect(await historyOf(executionArn)).toHaveLength(7);
    }
  });
});

it("a worker that has read its task and leaves keeps it", async () => {
  await start();
  const socket = await askForTask();
  const text = await new Promise<string>((resolve) => {
    socket.setEncoding("utf8").on("data", resolve);
    socket.resume();
  });
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.end();
  await closed;
  await turns(20);
  const { taskToken } = JSON.parse(text.slice(text.indexOf("\r\n\r\n"))) as { taskToken: string };
  // Nobody else gets it.
  const controller = new AbortController();
  const other = application.api.call(
    "GetActivityTask",
    { activityArn: ACTIVITY },
    { requestId: "r", traceHeader: undefined, signal: controller.signal },
  );
  await turns(20);
  controller.abort();
  expect(await other).toEqual({});
  await application.call("SendTaskSuccess", { taskToken, output: "{}" });
});
