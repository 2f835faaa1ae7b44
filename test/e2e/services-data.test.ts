/** Tasks that keep data: DynamoDB, S3, Secrets Manager and executions of the server itself. */
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateStateMachineCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { motoMissing } from "./support/aws/moto-server.ts";
import {
  catchingTask,
  failures,
  oneTask,
  ServiceWorld,
  taskEvents,
} from "./support/aws/service-world.ts";
import { roleArn } from "./support/sdk-client.ts";

const text = expect.any(String) as unknown;
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern) as unknown;
/** Tries again until the test has made what was missing. */
const untilThere = (error: string): object => ({
  Retry: [{ ErrorEquals: [error], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 9 }],
});
/** What the SDK for Java writes behind messages of services, and which of its versions. */
const FIRST_SDK = (service: string, code: string): RegExp =>
  new RegExp(
    `\\(Service: ${service}; Status Code: \\d+; Error Code: ${code}; Request ID: \\S+; Proxy: null\\)$`,
  );
const SECOND_SDK = (service: string): RegExp =>
  new RegExp(
    `\\(Service: ${service}, Status Code: \\d+, Request ID: [^ ,]+(, Extended Request ID: \\S+)?\\) \\(SDK Attempt Count: 1\\)$`,
  );

const TRIED_AGAIN = ["TaskScheduled", "TaskStarted", "TaskFailed", "TaskScheduled", "TaskStarted"];

describe.skipIf(motoMissing() !== undefined)("data", () => {
  let world: ServiceWorld;

  beforeAll(async () => {
    world = await ServiceWorld.create("data");
  });

  afterAll(async () => {
    await world?.close();
  });

  /** Runs a task that fails until `cure` was done. */
  async function healed(
    resource: string,
    parameters: object,
    error: string,
    cure: () => Promise<unknown>,
  ): Promise<{ readonly cause: string; readonly output: unknown }> {
    const arn = await world.start(oneTask(resource, parameters, untilThere(error)));
    await world.reaches(arn, "TaskFailed");
    await cure();
    const { description, history, output } = await world.finish(arn);
    expect(description.status).toBe("SUCCEEDED");
    expect(taskEvents(history).slice(0, 5)).toEqual(TRIED_AGAIN);
    expect(taskEvents(history).at(-1)).toBe("TaskSucceeded");
    const [first] = failures(history);
    expect(first?.error).toBe(error);
    return { cause: first?.cause ?? "", output };
  }

  describe("dynamodb", () => {
    let dynamodb: DynamoDBClient;
    const createTable = (TableName: string): Promise<unknown> =>
      dynamodb.send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: [
            { AttributeName: "customer", KeyType: "HASH" },
            { AttributeName: "id", KeyType: "RANGE" },
          ],
          AttributeDefinitions: [
            { AttributeName: "customer", AttributeType: "S" },
            { AttributeName: "id", AttributeType: "N" },
          ],
        }),
      );
    const task = (resource: string, parameters: object, more: object): object => ({
      Type: "Task",
      Resource: `arn:aws:states:::${resource}`,
      Parameters: { TableName: "Orders", ...parameters },
      ...more,
    });
    const Key = { customer: { "S.$": "$.customer" }, id: { N: "1" } };

    beforeAll(async () => {
      dynamodb = new DynamoDBClient(world.clientSettings);
      await createTable("Orders");
    });

    afterAll(() => dynamodb?.destroy());

    it("puts, gets, updates, queries and deletes an item", async () => {
      const { output, history } = await world.run(
        {
          StartAt: "Put",
          States: {
            Put: task(
              "dynamodb:putItem",
              { Item: { ...Key, paid: { BOOL: false }, tags: { SS: ["a", "b"] } } },
              { ResultPath: "$.put", Next: "Get" },
            ),
            Get: task(
              "dynamodb:getItem",
              { Key, ConsistentRead: true },
              { ResultPath: "$.get", Next: "Update" },
            ),
            Update: task(
              "dynamodb:updateItem",
              {
                Key,
                UpdateExpression: "SET paid = :yes",
                ExpressionAttributeValues: { ":yes": { BOOL: true } },
                ReturnValues: "ALL_NEW",
              },
              { ResultPath: "$.update", Next: "Query" },
            ),
            Query: task(
              "aws-sdk:dynamodb:query",
              {
                KeyConditionExpression: "customer = :c",
                ExpressionAttributeValues: { ":c": { "S.$": "$.customer" } },
              },
              { ResultPath: "$.query", Next: "Delete" },
            ),
            Delete: task(
              "dynamodb:deleteItem",
              { Key, ReturnValues: "ALL_OLD" },
              { ResultPath: "$.delete", Next: "Gone" },
            ),
            Gone: task("dynamodb:getItem", { Key }, { ResultPath: "$.gone", End: true }),
          },
        },
        { customer: "c-1" },
      );
      const facts = {
        SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }) as unknown,
        SdkResponseMetadata: { RequestId: text },
      };
      const stored = { customer: { S: "c-1" }, id: { N: "1" }, tags: { SS: ["a", "b"] } };
      const paid = { ...stored, paid: { BOOL: true } };
      expect(output).toEqual({
        customer: "c-1",
        put: facts,
        get: { Item: { ...stored, paid: { BOOL: false } }, ...facts },
        // moto tells the capacity without being asked.
        update: { Attributes: paid, ConsumedCapacity: expect.anything() as unknown, ...facts },
        query: {
          Count: 1,
          ScannedCount: 1,
          // In the words of the SDK for Java, as every aws-sdk task.
          Items: [
            {
              customer: { S: "c-1" },
              id: { N: "1" },
              tags: { Ss: ["a", "b"] },
              paid: { Bool: true },
            },
          ],
        },
        delete: { Attributes: paid, ...facts },
        gone: facts,
      });
      const resources = history.flatMap(({ taskScheduledEventDetails: details }) =>
        details === undefined ? [] : [`${details.resourceType}/${details.resource}`],
      );
      expect(resources).toEqual([
        "dynamodb/putItem",
        "dynamodb/getItem",
        "dynamodb/updateItem",
        "aws-sdk:dynamodb/query",
        "dynamodb/deleteItem",
        "dynamodb/getItem",
      ]);
    });

    it("tries again until the table is there", async () => {
      const Item = { customer: { S: "c" }, id: { N: "1" } };
      const { cause } = await healed(
        "dynamodb:putItem",
        { TableName: "Later", Item },
        "DynamoDB.ResourceNotFoundException",
        () => createTable("Later"),
      );
      expect(cause).toMatch(FIRST_SDK("AmazonDynamoDBv2", "ResourceNotFoundException"));
    });

    it("leaves a condition that does not hold to Catch", async () => {
      const Item = { customer: { S: "c" }, id: { N: "1" } };
      const parameters = { TableName: "Orders", Item, ConditionExpression: "attribute_exists(id)" };
      const optimized = "DynamoDB.ConditionalCheckFailedException";
      const { output } = await world.run(catchingTask("dynamodb:putItem", parameters, optimized));
      expect(output).toEqual({
        problem: {
          Error: optimized,
          Cause: matching(FIRST_SDK("AmazonDynamoDBv2", "ConditionalCheckFailedException")),
        },
      });
      const sdk = "DynamoDb.ConditionalCheckFailedException";
      const second = await world.run(catchingTask("aws-sdk:dynamodb:putItem", parameters, sdk));
      expect(second.output).toEqual({
        problem: { Error: sdk, Cause: matching(SECOND_SDK("DynamoDb")) },
      });
    });
  });

  describe("aws-sdk:s3", () => {
    let s3: S3Client;

    beforeAll(async () => {
      s3 = new S3Client({ ...world.clientSettings, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: "orders" }));
    });

    afterAll(() => s3?.destroy());

    it("puts, gets and lists objects", async () => {
      const task = (action: string, parameters: object, more: object): object => ({
        Type: "Task",
        Resource: `arn:aws:states:::aws-sdk:s3:${action}`,
        Parameters: { Bucket: "orders", ...parameters },
        ...more,
      });
      const { output } = await world.run(
        {
          StartAt: "Put",
          States: {
            Put: task(
              "putObject",
              { "Key.$": "$.key", "Body.$": "$.order", Metadata: { kind: "web" } },
              { ResultPath: "$.put", Next: "Get" },
            ),
            Get: task("getObject", { "Key.$": "$.key" }, { ResultPath: "$.get", Next: "List" }),
            List: task("listObjectsV2", { Prefix: "2026/" }, { ResultPath: "$.list", End: true }),
          },
        },
        { key: "2026/a b.json", order: { id: 1, name: "\u03c0" } },
      );
      const body = '{"id":1,"name":"\u03c0"}';
      const time = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      expect(output).toMatchObject({
        put: { ETag: matching(/^"[0-9a-f]{32}"$/) },
        get: {
          Body: body,
          ContentLength: Buffer.byteLength(body),
          LastModified: time,
          Metadata: { kind: "web" },
        },
        list: {
          Name: "orders",
          IsTruncated: false,
          KeyCount: 1,
          Contents: [{ Key: "2026/a b.json", LastModified: time, Size: Buffer.byteLength(body) }],
        },
      });
      const stored = await s3.send(
        new GetObjectCommand({ Bucket: "orders", Key: "2026/a b.json" }),
      );
      expect(await stored.Body?.transformToString()).toBe(body);
    });

    it("tries again until the object is there", async () => {
      const object = { Bucket: "orders", Key: "late" };
      const { cause, output } = await healed(
        "aws-sdk:s3:getObject",
        object,
        "S3.NoSuchKeyException",
        () => s3.send(new PutObjectCommand({ ...object, Body: "here" })),
      );
      expect(cause).toMatch(SECOND_SDK("S3"));
      expect(output).toMatchObject({ Body: "here" });
    });

    it("gives up on a service that does not answer when the task times out", async () => {
      const held = world.proxy.hold("s3", "GET");
      const object = { Bucket: "orders", Key: "any" };
      const { description, history } = await world.run(
        oneTask("aws-sdk:s3:getObject", object, { TimeoutSeconds: 1 }),
      );
      expect(description).toMatchObject({ status: "FAILED", error: "States.Timeout" });
      expect(taskEvents(history)).toEqual(["TaskScheduled", "TaskStarted", "TaskTimedOut"]);
      // The call was ended, too.
      await held.left;
    });

    it("fails if an object is bigger than a task's result may be", async () => {
      const object = { Bucket: "orders", Key: "big" };
      await s3.send(new PutObjectCommand({ ...object, Body: "x".repeat(300_000) }));
      const { description } = await world.run(oneTask("aws-sdk:s3:getObject", object));
      expect(description).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
    });

    it("leaves a bucket that is not there to Catch", async () => {
      const { output } = await world.run(
        catchingTask("aws-sdk:s3:listObjectsV2", { Bucket: "none" }, "S3.NoSuchBucketException"),
      );
      expect(output).toEqual({
        problem: { Error: "S3.NoSuchBucketException", Cause: matching(SECOND_SDK("S3")) },
      });
    });
  });

  describe("aws-sdk:secretsmanager", () => {
    it("tries again until the secret is there", async () => {
      const secrets = new SecretsManagerClient(world.clientSettings);
      const { cause, output } = await healed(
        "aws-sdk:secretsmanager:getSecretValue",
        { SecretId: "db/password" },
        "SecretsManager.ResourceNotFoundException",
        () =>
          secrets.send(new CreateSecretCommand({ Name: "db/password", SecretString: "s3cret" })),
      );
      secrets.destroy();
      expect(cause).toMatch(SECOND_SDK("SecretsManager"));
      expect(output).toMatchObject({
        Arn: matching(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:db\/password-/),
        Name: "db/password",
        SecretString: "s3cret",
        VersionStages: ["AWSCURRENT"],
        CreatedDate: matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
    });

    it("leaves a secret that is not there to Catch", async () => {
      const error = "SecretsManager.ResourceNotFoundException";
      const parameters = { SecretId: "none" };
      const { output } = await world.run(
        catchingTask("aws-sdk:secretsmanager:getSecretValue", parameters, error),
      );
      expect(output).toMatchObject({ problem: { Error: error } });
    });
  });

  describe("aws-sdk:sfn", () => {
    const childArn = (name: string): string =>
      `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;

    it("starts an execution of this server, once the state machine is there", async () => {
      const { cause, output } = await healed(
        "aws-sdk:sfn:startExecution",
        { StateMachineArn: childArn("child"), Input: { order: 7 } },
        "Sfn.StateMachineDoesNotExistException",
        () =>
          world.sfn.send(
            new CreateStateMachineCommand({
              name: "child",
              definition: '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}',
              roleArn,
            }),
          ),
      );
      expect(cause).toMatch(SECOND_SDK("Sfn"));
      expect(output).toEqual({
        ExecutionArn: matching(/^arn:aws:states:us-east-1:123456789012:execution:child:/),
        StartDate: matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
      const child = await world.finish((output as { ExecutionArn: string }).ExecutionArn);
      expect(child.output).toEqual({ order: 7 });
    });

    it("leaves a state machine that is not there to Catch", async () => {
      const error = "Sfn.StateMachineDoesNotExistException";
      const { output } = await world.run(
        catchingTask("aws-sdk:sfn:startExecution", { StateMachineArn: childArn("none") }, error),
      );
      expect(output).toMatchObject({ problem: { Error: error } });
    });
  });
});
