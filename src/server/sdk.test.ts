/** The AWS SDK against the server, over real sockets. */
import { randomBytes, randomUUID } from "node:crypto";
import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  paginateListStateMachines,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StateMachineDoesNotExist,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createApi } from "../api/api.ts";
import { FakeEngine } from "../api/testing/fake-engine.ts";
import { noStateTester } from "../api/testing/no-state-tester.ts";
import { parseDefinition } from "../asl/parse-definition.ts";
import { Catalog } from "../engine/catalog/catalog.ts";
import { MemoryCatalogStore } from "../engine/catalog/testing/memory-catalog-store.ts";
import { AWS_QUOTAS } from "../engine/quotas.ts";
import { startHttpServer } from "./http-server.ts";
import type { HttpServer } from "./http-server.ts";

const definition = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}';
const roleArn = "arn:aws:iam::123456789012:role/r";
const PREFIX = "arn:aws:states:us-east-1:123456789012";

let server: HttpServer;
let client: SFNClient;
let engine: FakeEngine;
let store: MemoryCatalogStore;

beforeAll(async () => {
  store = new MemoryCatalogStore();
  const clock = { now: () => Date.now() };
  engine = new FakeEngine(clock.now);
  const catalog = await Catalog.load({
    reader: store,
    writer: store,
    clock,
    randomness: { bytes: (length) => randomBytes(length), uuid: () => randomUUID() },
    compile: (text, type) => parseDefinition(text, { type }).definition!,
  });
  const logger = { error: () => undefined, warn: () => undefined };
  server = await startHttpServer({
    api: createApi({
      engine,
      catalog,
      stateTester: noStateTester,
      clock,
      randomness: { number: () => 0 },
      limits: AWS_QUOTAS,
      region: "us-east-1",
      accountId: "123456789012",
    }),
    host: "127.0.0.1",
    port: 0,
    allowHosts: [],
    insecure: false,
    logger,
  });
  client = new SFNClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "s" },
    // Without this the SDK calls sync-127.0.0.1, which does not resolve.
    disableHostPrefix: true,
  });
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

it("creates, describes and starts", async () => {
  const created = await client.send(
    new CreateStateMachineCommand({ name: "m", definition, roleArn }),
  );
  const { stateMachineArn } = created;
  expect(stateMachineArn).toBe(`${PREFIX}:stateMachine:m`);
  expect(created.creationDate).toBeInstanceOf(Date);
  const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  expect(described).toMatchObject({ definition, roleArn, creationDate: created.creationDate });

  const started = await client.send(new StartExecutionCommand({ stateMachineArn, name: "e" }));
  const { executionArn } = started;
  const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
  expect(execution).toMatchObject({ status: "SUCCEEDED", startDate: started.startDate });

  const at = started.startDate!.getTime();
  engine.events = [
    {
      id: 1,
      previousEventId: 0,
      type: "ExecutionStarted",
      at,
      detailsName: undefined,
      details: undefined,
    },
  ];
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events).toEqual([
    { id: 1, previousEventId: 0, type: "ExecutionStarted", timestamp: started.startDate },
  ]);
});

it("runs an EXPRESS execution synchronously", async () => {
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name: "x", definition, roleArn, type: "EXPRESS" }),
  );
  const answer = await client.send(
    new StartSyncExecutionCommand({ stateMachineArn, input: "[1]" }),
  );
  expect(answer).toMatchObject({ status: "SUCCEEDED", output: "[1]" });
});

it("sees errors as the SDK's classes", async () => {
  const stateMachineArn = `${PREFIX}:stateMachine:none`;
  const error: unknown = await client
    .send(new DescribeStateMachineCommand({ stateMachineArn }))
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StateMachineDoesNotExist);
  expect(error).toMatchObject({ message: `State Machine Does Not Exist: '${stateMachineArn}'` });
});

it("pages", async () => {
  for (const name of ["p1", "p2", "p3"]) {
    await client.send(new CreateStateMachineCommand({ name, definition, roleArn }));
  }
  const names: (string | undefined)[] = [];
  for await (const page of paginateListStateMachines({ client, pageSize: 2 }, {})) {
    names.push(...(page.stateMachines ?? []).map(({ name }) => name));
  }
  expect(names.filter((name) => name?.startsWith("p"))).toEqual(["p1", "p2", "p3"]);
});

it("works on tasks", async () => {
  const { activityArn } = await client.send(new CreateActivityCommand({ name: "a" }));
  engine.task = { taskToken: "t", input: "{}" };
  const task = await client.send(new GetActivityTaskCommand({ activityArn }));
  expect(task).toMatchObject({ taskToken: "t", input: "{}" });
  await client.send(new SendTaskSuccessCommand({ taskToken: task.taskToken, output: "{}" }));
  expect(engine.outcomes).toEqual([["t", { type: "Success", output: {} }]]);
});

it("tries again by itself while the store is away", async () => {
  store.isUnavailable = true;
  let tries = 0;
  const write = store.write.bind(store);
  store.write = (change) => {
    tries += 1;
    store.isUnavailable = tries < 2;
    return write(change);
  };
  await client.send(new CreateStateMachineCommand({ name: "later", definition, roleArn }));
  expect(tries).toBe(2);
});
