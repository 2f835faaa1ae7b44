/** Callbacks through a real queue: a worker takes the token from SQS and answers with the AWS CLI. */
import { SendTaskHeartbeatCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsCli, awsCli, awsServiceCli } from "./support/aws-cli.ts";
import { motoMissing } from "./support/aws/moto-server.ts";
import { type Queues, queuesOf } from "./support/aws/queues.ts";
import {
  catchingTask,
  failures,
  oneTask,
  ServiceWorld,
  taskEvents,
} from "./support/aws/service-world.ts";
import { eventually } from "./support/eventually.ts";

/** Long enough for a new start of the server on a busy machine. */
const HEARTBEAT_SECONDS = 4;

const RESOURCE = "sqs:sendMessage.waitForTaskToken";

interface Approval {
  readonly token: string;
  readonly order: number;
}

describe.skipIf(motoMissing() !== undefined)("sqs:sendMessage.waitForTaskToken", () => {
  let world: ServiceWorld;
  let queues: Queues;
  let stepfunctions: AwsCli;
  let services: AwsCli;

  /** Parameters that ask for an approval over a queue of its own. */
  async function asking(name: string): Promise<object> {
    return {
      QueueUrl: await queues.create(name),
      MessageBody: { "token.$": "$$.Task.Token", "order.$": "$.order" },
    };
  }

  async function ask(name: string, more: object = {}): Promise<string> {
    return world.start(oneTask(RESOURCE, await asking(name), more), { order: 7 });
  }

  /** What the CLI finds in the queue. */
  async function approval(name: string): Promise<Approval> {
    const answer = await services(
      ...["sqs", "receive-message", "--queue-url", queues.urlOf(name), "--wait-time-seconds", "10"],
    );
    const [message] = answer["Messages"] as { Body: string }[];
    return JSON.parse(message?.Body ?? "") as Approval;
  }

  beforeAll(async () => {
    world = await ServiceWorld.create("callback");
    queues = queuesOf(world);
    stepfunctions = await awsCli(world.server.url);
    services = awsServiceCli(world.moto.url);
  });

  afterAll(async () => {
    queues?.close();
    await world?.close();
  });

  it("goes on with what send-task-success brings", async () => {
    const arn = await ask("approved");
    const { token, order } = await approval("approved");
    expect(order).toBe(7);
    await world.reaches(arn, "TaskSubmitted");
    await stepfunctions(
      ...["send-task-success", "--task-token", token, "--task-output", '{"approved": true}'],
    );
    const { output, history } = await world.finish(arn);
    expect(output).toEqual({ approved: true });
    expect(taskEvents(history)).toEqual([
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
    ]);
    const submitted = history.find(({ type }) => type === "TaskSubmitted");
    expect(submitted?.taskSubmittedEventDetails).toMatchObject({
      resourceType: "sqs",
      resource: "sendMessage.waitForTaskToken",
    });
    expect(JSON.parse(submitted?.taskSubmittedEventDetails?.output ?? "")).toMatchObject({
      MessageId: expect.any(String) as unknown,
      SdkHttpMetadata: { HttpStatusCode: 200 },
    });
    // A token is used up by its first answer.
    expect(
      await stepfunctions.failure("send-task-success", "--task-token", token, "--task-output", "1"),
    ).toContain("TaskTimedOut");
  });

  it("fails with what send-task-failure brings, and Catch gets it", async () => {
    const arn = await world.start(catchingTask(RESOURCE, await asking("refused"), "Refused"), {
      order: 7,
    });
    const { token } = await approval("refused");
    await stepfunctions(
      ...["send-task-failure", "--task-token", token, "--error", "Refused", "--cause", "too dear"],
    );
    const { output, history } = await world.finish(arn);
    expect(failures(history)).toEqual([{ error: "Refused", cause: "too dear" }]);
    expect(output).toEqual({ order: 7, problem: { Error: "Refused", Cause: "too dear" } });
  });

  it("lives on heartbeats, and survives a crash of the server meanwhile", async () => {
    const [alive, silent] = await Promise.all([
      ask("alive", { HeartbeatSeconds: HEARTBEAT_SECONDS }),
      ask("silent", { HeartbeatSeconds: 1 }),
    ]);
    const { token: taskToken } = JSON.parse(
      await queues.receive(queues.urlOf("alive")),
    ) as Approval;
    const began = Date.now();
    const heart = beating(taskToken);
    await stepfunctions("send-task-heartbeat", "--task-token", taskToken);
    await world.crash();
    const until = began + HEARTBEAT_SECONDS * 1000 + 500;
    await eventually("more time than a heartbeat may take", () => Date.now() > until || undefined);
    await stepfunctions("send-task-success", "--task-token", taskToken, "--task-output", '"alive"');
    await heart.stop();
    expect((await world.finish(alive)).output).toBe("alive");
    // The crash did not send the message again.
    expect(await queues.count(queues.urlOf("alive"))).toBe(0);

    const late = await world.finish(silent);
    expect(late.description).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    expect(taskEvents(late.history).at(-1)).toBe("TaskTimedOut");
    const { token } = JSON.parse(await queues.receive(queues.urlOf("silent"))) as Approval;
    await expect(
      world.sfn.send(new SendTaskHeartbeatCommand({ taskToken: token })),
    ).rejects.toThrow(expect.objectContaining({ name: "TaskTimedOut" }) as Error);
  });

  /** Heartbeats all the time, through the SDK; those that meet no server are lost. */
  function beating(taskToken: string): { stop(): Promise<void> } {
    let stopped = false;
    const beats = eventually("the end of the heartbeats", async () => {
      await world.sfn.send(new SendTaskHeartbeatCommand({ taskToken })).catch(() => undefined);
      return stopped || undefined;
    });
    return {
      stop: async () => {
        stopped = true;
        await beats;
      },
    };
  }
});
