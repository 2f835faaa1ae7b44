/** The examples of service integrations and callbacks that users of Step Functions know, on moto. */
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateClusterCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsCli } from "./support/aws-cli.ts";
import { motoMissing } from "./support/aws/moto-server.ts";
import { type Queues, queuesOf } from "./support/aws/queues.ts";
import { ServiceWorld } from "./support/aws/service-world.ts";

const machine = (name: string, state: object, rest: object): object => ({
  StartAt: name,
  States: { [name]: state, ...rest },
});
const Done = { Type: "Succeed" };

describe.skipIf(motoMissing() !== undefined)("the examples", () => {
  let world: ServiceWorld;
  let queues: Queues;
  let sns: SNSClient;
  let dynamodb: DynamoDBClient;
  let ecs: ECSClient;

  beforeAll(async () => {
    world = await ServiceWorld.create("seed");
    queues = queuesOf(world);
    sns = new SNSClient(world.clientSettings);
    dynamodb = new DynamoDBClient(world.clientSettings);
    ecs = new ECSClient(world.clientSettings);
  });

  afterAll(async () => {
    for (const client of [sns, dynamodb, ecs]) client?.destroy();
    queues?.close();
    await world?.close();
  });

  it("SendSNS", async () => {
    const inbox = await queues.create("inbox");
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "alerts" }));
    const Endpoint = "arn:aws:sqs:us-east-1:123456789012:inbox";
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
    const state = {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Parameters: {
        TopicArn: "arn:aws:sns:us-east-1:123456789012:alerts",
        "Message.$": "$.message",
      },
      Next: "Done",
    };
    const { description } = await world.run(machine("SendSNS", state, { Done }), {
      message: "hello",
    });
    expect(description.status).toBe("SUCCEEDED");
    expect(JSON.parse(await queues.receive(inbox))).toMatchObject({ Message: "hello" });
  });

  it("WriteDynamoDB", async () => {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "Orders",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "orderId", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "orderId", AttributeType: "S" }],
      }),
    );
    const state = {
      Type: "Task",
      Resource: "arn:aws:states:::dynamodb:putItem",
      Parameters: {
        TableName: "Orders",
        Item: { orderId: { "S.$": "$.orderId" }, status: { S: "completed" } },
      },
      Next: "Done",
    };
    const { description } = await world.run(machine("WriteDynamoDB", state, { Done }), {
      orderId: "o-1",
    });
    expect(description.status).toBe("SUCCEEDED");
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: "Orders", Key: { orderId: { S: "o-1" } } }),
    );
    expect(Item).toEqual({ orderId: { S: "o-1" }, status: { S: "completed" } });
  });

  it("StartECSTask", async () => {
    await ecs.send(new CreateClusterCommand({ clusterName: "my-cluster" }));
    const containerDefinitions = [{ name: "main", image: "busybox", memory: 64 }];
    await ecs.send(new RegisterTaskDefinitionCommand({ family: "my-task", containerDefinitions }));
    await world.moto.progressOfTasks({ progression: "immediate" });
    const state = {
      Type: "Task",
      Resource: "arn:aws:states:::ecs:runTask.sync",
      Parameters: {
        LaunchType: "FARGATE",
        Cluster: "arn:aws:ecs:us-east-1:123456789012:cluster/my-cluster",
        TaskDefinition: "arn:aws:ecs:us-east-1:123456789012:task-definition/my-task:1",
      },
      Next: "Done",
    };
    const { output } = await world.run(machine("StartECSTask", state, { Done }));
    expect(output).toMatchObject({ LastStatus: "STOPPED", LaunchType: "FARGATE" });
  });

  it("WaitForApproval", async () => {
    const approvals = await queues.create("approvals");
    const state = {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: {
        QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/approvals",
        MessageBody: { "taskToken.$": "$$.Task.Token", "orderId.$": "$.orderId" },
      },
      TimeoutSeconds: 86_400,
      Next: "ProcessApproval",
    };
    const arn = await world.start(
      machine("WaitForApproval", state, { ProcessApproval: { Type: "Pass", End: true } }),
      { orderId: "o-1" },
    );
    const message = JSON.parse(await queues.receive(approvals)) as Record<string, string>;
    expect(message).toEqual({ taskToken: expect.any(String) as unknown, orderId: "o-1" });
    const aws = await awsCli(world.server.url);
    // The CLI's name of the member `output`, since `--output` is an option of its own.
    await aws(
      ...["send-task-success", "--task-token", message["taskToken"] ?? ""],
      ...["--task-output", '{"approved": true}'],
    );
    expect((await world.finish(arn)).output).toEqual({ approved: true });
  });
});
