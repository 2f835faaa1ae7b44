import { describe, expect, it } from "vitest";
import { EngineWorld } from "../../../test/support/engine-world.ts";
import { partLengthOf, summarizeDurations } from "./overview.ts";

const HOUR = 3_600_000;
const WAIT = {
  StartAt: "Pause",
  States: {
    Pause: { Type: "Wait", SecondsPath: "$.seconds", Next: "End" },
    End: {
      Type: "Choice",
      Choices: [{ Variable: "$.fail", IsPresent: true, Next: "No" }],
      Default: "Yes",
    },
    Yes: { Type: "Succeed" },
    No: { Type: "Fail", Error: "No" },
  },
};

describe("the overview", () => {
  it("counts what was started in the period, and all that runs", async () => {
    const world = await EngineWorld.open();
    const machine = await world.createMachine("m", WAIT);
    const start = (name: string, input: object): Promise<string> =>
      world.start(machine, { name, input: JSON.stringify(input) });
    await world.finish(await start("old", { seconds: 1 }));
    const running = await start("running", { seconds: 1_000_000 });
    await world.settle();
    await world.pass(2 * HOUR);
    await world.finish(await start("quick", { seconds: 1 }));
    await world.finish(await start("slow", { seconds: 60 }));
    await world.finish(await start("failed", { seconds: 5, fail: true }));
    const overview = await world.engine.insight.overview.read(HOUR);
    expect(overview).toMatchObject({ partLength: 60_000, machinesLeftOut: 0 });
    expect(overview.parts).toHaveLength(60);
    expect(overview.machines).toHaveLength(1);
    expect(overview.machines[0]).toMatchObject({
      stateMachineArn: machine.arn,
      counts: { RUNNING: 1, SUCCEEDED: 2, FAILED: 1, TIMED_OUT: 0, ABORTED: 0 },
      isComplete: true,
      durations: { median: 5_000, p95: 60_000, longest: 60_000 },
    });
    const slowest = overview.machines[0]?.slowest.map(({ executionArn }) =>
      executionArn.split(":").at(-1),
    );
    expect(slowest).toEqual(["slow", "failed", "quick"]);
    const sum = overview.parts.reduce((total, { counts }) => total + counts.SUCCEEDED, 0);
    expect(sum).toBe(2);
    const day = await world.engine.insight.overview.read(24 * HOUR);
    expect(day.machines[0]?.counts).toMatchObject({ RUNNING: 1, SUCCEEDED: 3 });
    await world.engine.stop(running, undefined, undefined);
  });

  it("takes parts of a round length, at most 60", () => {
    expect([HOUR, 6 * HOUR, 24 * HOUR, 168 * HOUR].map(partLengthOf)).toEqual([
      60_000, 900_000, 1_800_000, 10_800_000,
    ]);
  });

  it("tells durations by rank", () => {
    expect(summarizeDurations([])).toBeUndefined();
    const durations = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(summarizeDurations(durations)).toEqual({ median: 50, p95: 95, longest: 100 });
  });
});
