import { describe, expect, it } from "vitest";
import { EngineWorld } from "../../test/support/engine-world.ts";

const CALLBACK = {
  StartAt: "Approve",
  States: {
    Approve: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: {
        QueueUrl: "https://queue",
        MessageBody: { "token.$": "$$.Task.Token", "order.$": "$.order" },
      },
      TimeoutSeconds: 600,
      End: true,
    },
  },
};
const ACTIVITY = {
  StartAt: "Work",
  States: {
    Work: {
      Type: "Task",
      Resource: "arn:aws:states:us-east-1:123456789012:activity:a",
      End: true,
    },
  },
};

describe("tasks that wait for a token", () => {
  it("are listed and can be answered, also after a restart", async () => {
    const world = await EngineWorld.open();
    world.worker = (_call, report) => {
      report.started();
      report.submitted({});
    };
    const approve = await world.createMachine("approve", CALLBACK);
    const work = await world.createMachine("work", ACTIVITY);
    const first = await world.start(approve, { input: '{"order":1}' });
    const second = await world.start(work, { input: '{"job":2}' });
    await world.start(
      await world.createMachine("wait", {
        StartAt: "W",
        States: { W: { Type: "Wait", Seconds: 60, End: true } },
      }),
    );
    await world.settle();
    const { tasks, next } = await world.engine.insight.waitingTasks.list(0);
    expect(next).toBeUndefined();
    expect(tasks).toMatchObject([
      {
        executionArn: first,
        stateMachineArn: approve.arn,
        stateName: "Approve",
        resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        waitsSince: world.clock.now(),
        timeoutSeconds: 600,
      },
      { executionArn: second, stateName: "Work", parameters: { job: 2 } },
    ]);
    expect(tasks[0]?.parameters).toMatchObject({ MessageBody: { token: tasks[0]?.taskToken } });
    await world.restart();
    expect((await world.engine.insight.waitingTasks.list(0)).tasks).toEqual(tasks);
    for (const { taskToken } of tasks) {
      const outcome = { type: "Success", output: "done" } as const;
      expect(await world.engine.sendTask(taskToken, outcome)).toBe("Accepted");
    }
    await world.settle();
    expect((await world.engine.describe(first))?.output).toBe('"done"');
    expect((await world.engine.insight.waitingTasks.list(0)).tasks).toEqual([]);
  });

  it("are found page by page", async () => {
    const world = await EngineWorld.open();
    const work = await world.createMachine("work", ACTIVITY);
    for (let count = 0; count < 201; count++) await world.start(work);
    await world.settle();
    const page = await world.engine.insight.waitingTasks.list(0);
    expect(page.tasks).toHaveLength(200);
    const last = await world.engine.insight.waitingTasks.list(page.next ?? 0);
    expect(last.tasks).toHaveLength(1);
    expect(last.next).toBeUndefined();
  });
});
