import { beforeEach, describe, expect, it } from "vitest";
import { ApiWorld, PREFIX } from "./testing/api-world.ts";

let world: ApiWorld;

beforeEach(async () => {
  world = await ApiWorld.open();
});

describe("activities and their tasks", () => {
  const activityArn = `${PREFIX}:activity:a`;

  it("are created, described, listed and deleted", async () => {
    const created = { activityArn, creationDate: 1_700_000_000.123 };
    expect(await world.call("CreateActivity", { name: "a" })).toEqual(created);
    world.time += 1;
    expect(await world.call("CreateActivity", { name: "a", tags: [{ key: "k" }] })).toEqual(
      created,
    );
    expect(await world.call("DescribeActivity", { activityArn })).toEqual({
      ...created,
      name: "a",
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    });
    expect(await world.call("ListActivities")).toEqual({ activities: [{ ...created, name: "a" }] });
    expect(await world.call("DeleteActivity", { activityArn })).toEqual({});
    expect(await world.call("DeleteActivity", { activityArn })).toEqual({});
    for (const name of ["DescribeActivity", "GetActivityTask"]) {
      expect(await world.failure(name, { activityArn })).toBe(
        `ActivityDoesNotExist: Activity Does Not Exist: '${activityArn}'`,
      );
    }
  });

  it("hand out tasks", async () => {
    await world.call("CreateActivity", { name: "a" });
    world.engine.task = { taskToken: "t", input: "{}" };
    expect(await world.call("GetActivityTask", { activityArn, workerName: "w" })).toEqual(
      world.engine.task,
    );
    world.engine.task = "TooManyPollers";
    expect(await world.failure("GetActivityTask", { activityArn })).toMatch(
      /^ActivityWorkerLimitExceeded/,
    );
  });

  it("answer with nothing when the client is gone", async () => {
    await world.call("CreateActivity", { name: "a" });
    const controller = new AbortController();
    world.request = { ...world.request, signal: controller.signal };
    world.engine.onPoll = () => controller.abort();
    expect(await world.call("GetActivityTask", { activityArn })).toEqual({});
  });

  it("give a task back that did not reach its worker, before or after the answer", async () => {
    await world.call("CreateActivity", { name: "a" });
    world.engine.task = { taskToken: "t", input: "{}" };
    const controller = new AbortController();
    world.request = { ...world.request, signal: controller.signal };
    await world.call("GetActivityTask", { activityArn });
    expect(world.engine.returned).toEqual([]);
    controller.abort();
    expect(world.engine.returned).toEqual(["t"]);
    await world.call("GetActivityTask", { activityArn });
    expect(world.engine.returned).toEqual(["t", "t"]);
  });

  it("are completed with a token", async () => {
    await world.call("SendTaskSuccess", { taskToken: "t", output: '{"a": 1}' });
    await world.call("SendTaskFailure", { taskToken: "t", error: "e" });
    await world.call("SendTaskHeartbeat", { taskToken: "t" });
    expect(world.engine.outcomes).toEqual([
      ["t", { type: "Success", output: { a: 1 } }],
      ["t", { type: "Failure", error: "e", cause: undefined }],
      ["t", { type: "Heartbeat" }],
    ]);
    expect(await world.failure("SendTaskSuccess", { taskToken: "t", output: "{" })).toMatch(
      /^InvalidOutput/,
    );
  });

  it.each([
    ["InvalidToken", "InvalidToken: Invalid Token: 'Invalid token'"],
    ["TaskDoesNotExist", "TaskDoesNotExist: Task Does Not Exist: 'Provided task does not exist'"],
    ["TaskTimedOut", "TaskTimedOut: Task Timed Out: 'Provided task does not exist anymore'"],
  ] as const)("tell why a token is not accepted: %s", async (result, message) => {
    world.engine.sendTaskResult = result;
    expect(await world.failure("SendTaskHeartbeat", { taskToken: "t" })).toBe(message);
  });
});
