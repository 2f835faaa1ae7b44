/** Tasks that send messages: SQS, SNS and EventBridge, as moto has them; what was sent arrives. */
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { motoMissing } from "./support/aws/moto-server.ts";
import { type Queues, queuesOf } from "./support/aws/queues.ts";
import {
  catchingTask,
  failures,
  oneTask,
  ServiceWorld,
  taskEvents,
} from "./support/aws/service-world.ts";

const text = expect.any(String) as unknown;
/** What every answer of an optimised integration tells about its call. */
const CALL_FACTS = {
  SdkHttpMetadata: {
    AllHttpHeaders: expect.any(Object) as unknown,
    HttpHeaders: expect.any(Object) as unknown,
    HttpStatusCode: 200,
  },
  SdkResponseMetadata: { RequestId: text },
};

describe.skipIf(motoMissing() !== undefined)("messages", () => {
  let world: ServiceWorld;
  let queues: Queues;

  beforeAll(async () => {
    world = await ServiceWorld.create("messages");
    queues = queuesOf(world);
  });

  afterAll(async () => {
    queues?.close();
    await world?.close();
  });

  describe("sqs:sendMessage", () => {
    it("sends a JSON body as text; the history is AWS's", async () => {
      const QueueUrl = await queues.create("orders");
      const parameters = { QueueUrl, "MessageBody.$": "$.order" };
      const { history, output } = await world.run(oneTask("sqs:sendMessage", parameters), {
        order: { id: 1, lines: ["\u03c0"] },
      });
      expect(output).toEqual({
        MD5OfMessageBody: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        MessageId: text,
        ...CALL_FACTS,
      });
      // Names of headers stay as the service writes them.
      const { SdkHttpMetadata, SdkResponseMetadata } = output as {
        SdkHttpMetadata: { HttpHeaders: object; AllHttpHeaders: object };
        SdkResponseMetadata: { RequestId: string };
      };
      const { RequestId } = SdkResponseMetadata;
      const type = "application/x-amz-json-1.0";
      expect(SdkHttpMetadata.HttpHeaders).toMatchObject({
        "x-amzn-requestid": RequestId,
        "Content-Type": type,
      });
      expect(SdkHttpMetadata.AllHttpHeaders).toMatchObject({
        "x-amzn-requestid": [RequestId],
        "Content-Type": [type],
      });
      expect(taskEvents(history)).toEqual(["TaskScheduled", "TaskStarted", "TaskSucceeded"]);
      const [scheduled, started, succeeded] = history.slice(2);
      expect(scheduled?.taskScheduledEventDetails).toEqual({
        resourceType: "sqs",
        resource: "sendMessage",
        region: "us-east-1",
        parameters: JSON.stringify({ QueueUrl, MessageBody: { id: 1, lines: ["\u03c0"] } }),
      });
      expect(started?.taskStartedEventDetails).toEqual({
        resourceType: "sqs",
        resource: "sendMessage",
      });
      expect(JSON.parse(succeeded?.taskSucceededEventDetails?.output ?? "")).toEqual(output);
      expect(await queues.receive(QueueUrl)).toBe('{"id":1,"lines":["\u03c0"]}');
    });

    it("takes its arguments from JSONata, and its output too", async () => {
      const QueueUrl = await queues.create("jsonata");
      const { output } = await world.run(
        {
          QueryLanguage: "JSONata",
          StartAt: "Send",
          States: {
            Send: {
              Type: "Task",
              Resource: "arn:aws:states:::sqs:sendMessage",
              Arguments: {
                QueueUrl,
                MessageBody: { total: "{% $sum($states.input.prices) %}" },
              },
              Output: { sent: "{% $states.result.MessageId != '' %}" },
              End: true,
            },
          },
        },
        { prices: [1, 2.5] },
      );
      expect(output).toEqual({ sent: true });
      expect(await queues.receive(QueueUrl)).toBe('{"total":3.5}');
    });

    it("does not find the queue, and finds it at a later attempt", async () => {
      const QueueUrl = queues.urlOf("later");
      const retry = [
        {
          ErrorEquals: ["SQS.QueueDoesNotExistException"],
          IntervalSeconds: 1,
          MaxAttempts: 9,
          BackoffRate: 1,
        },
      ];
      const arn = await world.start(
        oneTask("sqs:sendMessage", { QueueUrl, MessageBody: "once" }, { Retry: retry }),
      );
      const early = await world.reaches(arn, "TaskFailed");
      expect(failures(early)[0]).toEqual({
        error: "SQS.QueueDoesNotExistException",
        cause: expect.stringMatching(
          /^The specified queue does not exist.* \(Service: AmazonSQS; Status Code: 400; Error Code: [\w.#]+; Request ID: \S+; Proxy: null\)$/,
        ) as unknown,
      });
      await queues.create("later");
      const { description, history } = await world.finish(arn);
      expect(description.status).toBe("SUCCEEDED");
      const failed = failures(history).length;
      expect(taskEvents(history)).toEqual([
        ...Array.from({ length: failed }, () => [
          "TaskScheduled",
          "TaskStarted",
          "TaskFailed",
        ]).flat(),
        ...["TaskScheduled", "TaskStarted", "TaskSucceeded"],
      ]);
      expect(await queues.receive(QueueUrl)).toBe("once");
      expect(await queues.count(QueueUrl)).toBe(0);
    });

    it("hands the error of a queue that is not there to Catch", async () => {
      const { output } = await world.run(
        catchingTask(
          "sqs:sendMessage",
          { QueueUrl: queues.urlOf("none"), MessageBody: "m" },
          "SQS.QueueDoesNotExistException",
        ),
      );
      expect(output).toEqual({
        problem: {
          Error: "SQS.QueueDoesNotExistException",
          Cause: expect.stringContaining("does not exist") as unknown,
        },
      });
    });
  });

  describe("sns:publish", () => {
    let sns: SNSClient;
    let topic: string;
    let subscribed: string;

    beforeAll(async () => {
      sns = new SNSClient(world.clientSettings);
      subscribed = await queues.create("subscribed");
      topic = (await sns.send(new CreateTopicCommand({ Name: "alerts" }))).TopicArn ?? "";
      const Endpoint = "arn:aws:sqs:us-east-1:123456789012:subscribed";
      await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint }));
    });

    afterAll(() => sns?.destroy());

    it("reaches a queue that subscribed to the topic, with its attributes", async () => {
      const { output, history } = await world.run(
        oneTask("sns:publish", {
          TopicArn: topic,
          Subject: "Order",
          "Message.$": "$",
          MessageAttributes: { kind: { DataType: "String", StringValue: "web" } },
        }),
        { id: 7 },
      );
      expect(output).toEqual({ MessageId: text, ...CALL_FACTS });
      expect(taskEvents(history)).toEqual(["TaskScheduled", "TaskStarted", "TaskSucceeded"]);
      expect(JSON.parse((await queues.receive(subscribed)) ?? "")).toMatchObject({
        Type: "Notification",
        MessageId: (output as { MessageId: string }).MessageId,
        TopicArn: topic,
        Subject: "Order",
        Message: '{"id":7}',
        MessageAttributes: { kind: { Type: "String", Value: "web" } },
      });
    });

    it("fails once, and is tried again", async () => {
      world.proxy.intercept("sns", "Publish", {
        status: 400,
        headers: { "content-type": "text/xml", "x-amzn-requestid": "r-1" },
        body:
          "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code>" +
          "<Message>Invalid parameter: Message too long</Message></Error><RequestId>r-1</RequestId></ErrorResponse>",
      });
      const retry = [
        { ErrorEquals: ["SNS.InvalidParameterException"], IntervalSeconds: 1, MaxAttempts: 1 },
      ];
      const before = world.proxy.calls("sns", "Publish").length;
      const { description, history } = await world.run(
        oneTask("sns:publish", { TopicArn: topic, Message: "twice" }, { Retry: retry }),
      );
      expect(description.status).toBe("SUCCEEDED");
      expect(failures(history)).toEqual([
        {
          error: "SNS.InvalidParameterException",
          cause:
            "Invalid parameter: Message too long (Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter; Request ID: r-1; Proxy: null)",
        },
      ]);
      expect(world.proxy.calls("sns", "Publish").length - before).toBe(2);
      expect(JSON.parse((await queues.receive(subscribed)) ?? "")).toMatchObject({
        Message: "twice",
      });
      expect(await queues.count(subscribed)).toBe(0);
    });

    it("fails for a topic that is not there", async () => {
      const TopicArn = "arn:aws:sns:us-east-1:123456789012:none";
      const { description, history } = await world.run(
        oneTask("sns:publish", { TopicArn, Message: "m" }),
      );
      expect(description).toMatchObject({ status: "FAILED", error: "SNS.NotFoundException" });
      expect(description.cause).toMatch(
        /^\w+ does not exist \(Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: \S+; Proxy: null\)$/,
      );
      expect(taskEvents(history)).toEqual(["TaskScheduled", "TaskStarted", "TaskFailed"]);
    });
  });

  describe("events:putEvents", () => {
    let events: EventBridgeClient;
    let matched: string;
    const entries = (id: number): object => ({
      Entries: [
        {
          EventBusName: "shop",
          Source: "shop.orders",
          DetailType: "Order",
          Detail: { id },
          Resources: ["arn:aws:s3:::orders"],
        },
      ],
    });

    beforeAll(async () => {
      events = new EventBridgeClient(world.clientSettings);
      matched = await queues.create("matched");
      await events.send(new CreateEventBusCommand({ Name: "shop" }));
      const rule = { Name: "orders", EventBusName: "shop" };
      const EventPattern = '{"source":["shop.orders"]}';
      await events.send(new PutRuleCommand({ ...rule, EventPattern }));
      const Targets = [{ Id: "queue", Arn: "arn:aws:sqs:us-east-1:123456789012:matched" }];
      await events.send(
        new PutTargetsCommand({ Rule: rule.Name, EventBusName: rule.EventBusName, Targets }),
      );
    });

    afterAll(() => events?.destroy());

    it("reaches the target of a rule, with the execution among the resources", async () => {
      const { description, output } = await world.run(oneTask("events:putEvents", entries(7)));
      expect(output).toEqual({
        Entries: [{ EventId: text }],
        FailedEntryCount: 0,
        ...CALL_FACTS,
      });
      expect(JSON.parse((await queues.receive(matched)) ?? "")).toMatchObject({
        source: "shop.orders",
        "detail-type": "Order",
        detail: { id: 7 },
        resources: ["arn:aws:s3:::orders", description.stateMachineArn, description.executionArn],
      });
    });

    it("fails if an entry was refused, and is tried again", async () => {
      world.proxy.intercept("events", "PutEvents", {
        status: 200,
        headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "r-1" },
        body: JSON.stringify({
          FailedEntryCount: 1,
          Entries: [{ ErrorCode: "InternalFailure", ErrorMessage: "not today" }],
        }),
      });
      const retry = [
        { ErrorEquals: ["EventBridge.FailedEntry"], IntervalSeconds: 1, MaxAttempts: 1 },
      ];
      const { description, history } = await world.run(
        oneTask("events:putEvents", entries(8), { Retry: retry }),
      );
      expect(description.status).toBe("SUCCEEDED");
      const [failure] = failures(history);
      expect(failure?.error).toBe("EventBridge.FailedEntry");
      expect(JSON.parse(failure?.cause ?? "")).toMatchObject({
        FailedEntryCount: 1,
        Entries: [{ ErrorCode: "InternalFailure", ErrorMessage: "not today" }],
      });
      expect(JSON.parse((await queues.receive(matched)) ?? "")).toMatchObject({
        detail: { id: 8 },
      });
    });

    it("hands a service's error to Catch", async () => {
      world.proxy.intercept("events", "PutEvents", {
        status: 400,
        headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "r-1" },
        body: '{"__type":"InvalidArgument","message":"no"}',
      });
      const { output } = await world.run(
        catchingTask("events:putEvents", entries(9), "States.TaskFailed"),
      );
      expect(output).toMatchObject({
        problem: {
          Cause:
            "no (Service: AmazonEventBridge; Status Code: 400; Error Code: InvalidArgument; Request ID: r-1; Proxy: null)",
        },
      });
    });
  });
});
