import { expect, it, vi } from "vitest";
import type { TaskReport, TaskRunner } from "../engine/ports.ts";
import { invokeResource, taskCall } from "../tasks/testing/task-harness.ts";
import { VirtualTime } from "./virtual-time.ts";

const STARTED_AT = Date.UTC(2026, 0, 1);
const YEAR = 365 * 86_400_000;

/** Reports of a call by name, made when a test says so. */
function heldRunner(): { runner: TaskRunner; report: () => TaskReport } {
  let held: TaskReport | undefined;
  const runner: TaskRunner = {
    run: (_call, report) => {
      held = report;
      return () => {};
    },
    close: async () => {},
  };
  return { runner, report: () => held! };
}

const nothing: TaskReport = {
  started: () => {},
  submitted: () => {},
  waits: () => {},
  succeeded: () => {},
  failed: () => {},
};

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

it("jumps to the next timer, in order, with the time it was set for", async () => {
  const time = new VirtualTime(STARTED_AT);
  const fired: [string, number][] = [];
  const note = (name: string): void => void fired.push([name, time.now() - STARTED_AT]);
  time.schedule(STARTED_AT + YEAR, () => note("late"));
  const cancel = time.schedule(STARTED_AT + 500, () => note("cancelled"));
  time.schedule(STARTED_AT + 1_000, () => {
    note("early");
    time.schedule(time.now() + 1_000, () => note("then"));
  });
  cancel();
  await vi.waitFor(() => expect(fired).toHaveLength(3));
  expect(fired).toEqual([
    ["early", 1_000],
    ["then", 2_000],
    ["late", YEAR],
  ]);
});

it("does not move on while anything is left to do", async () => {
  const time = new VirtualTime(STARTED_AT);
  let steps = 0;
  const step = (): void => {
    expect(time.now()).toBe(STARTED_AT);
    if (++steps < 50) setImmediate(step);
  };
  setImmediate(step);
  const stepsAtAlarm = new Promise<number>((resolve) => {
    time.schedule(STARTED_AT + 1, () => resolve(steps));
  });
  expect(await stepsAtAlarm).toBe(50);
});

it.each<[string, (report: TaskReport) => void, "RequestResponse" | "WaitForTaskToken"]>([
  ["succeeds", (report) => report.succeeded(1), "RequestResponse"],
  ["fails", (report) => report.failed("E", ""), "RequestResponse"],
  ["only waits", (report) => report.waits(), "RequestResponse"],
  ["is submitted for a callback", (report) => report.submitted(1), "WaitForTaskToken"],
])("stands still until a call %s", async (_name, end, pattern) => {
  const time = new VirtualTime(STARTED_AT);
  const { runner, report } = heldRunner();
  let fired = false;
  time.tasks(runner).run(taskCall(invokeResource(pattern), {}), nothing);
  time.schedule(STARTED_AT + 1, () => (fired = true));
  await turns(50);
  report().started();
  await turns(50);
  expect(fired).toBe(false);
  end(report());
  await vi.waitFor(() => expect(fired).toBe(true));
});

it("stands still until a call is cancelled or an expression is evaluated", async () => {
  const time = new VirtualTime(STARTED_AT);
  let answer: (value: []) => void = () => {};
  const evaluator = time.expressions({
    evaluate: () => new Promise<[]>((resolve) => (answer = resolve)),
  });
  const cancel = time.tasks(heldRunner().runner).run(taskCall(invokeResource(), {}), nothing);
  const request = {
    expressions: [],
    states: { input: null, context: null },
    variables: {},
    owner: "",
  } as const;
  const evaluated = evaluator.evaluate(request);
  let fired = false;
  time.schedule(STARTED_AT + 1, () => (fired = true));
  cancel();
  await turns(50);
  expect(fired).toBe(false);
  answer([]);
  await evaluated;
  await vi.waitFor(() => expect(fired).toBe(true));
});

it("says when nothing can happen any more", async () => {
  const time = new VirtualTime(STARTED_AT);
  time.schedule(Infinity, () => expect.unreachable());
  await vi.waitFor(() => expect(time.isStalled).toBe(true));
  time.asked();
  expect(time.isStalled).toBe(false);
  await vi.waitFor(() => expect(time.isStalled).toBe(true));
});
