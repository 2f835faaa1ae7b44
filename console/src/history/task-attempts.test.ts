import { expect, it } from "vitest";
import { historyEventOutput } from "../../../src/api/history-event-output.ts";
import { simulate } from "../../../test/support/simulate.ts";
import type { HistoryEvent } from "../api/operations.ts";
import { nextMoment, failureMarks } from "./moments.ts";
import { PastRuns } from "./past-runs.ts";
import { StateRuns } from "./state-runs.ts";
import { attemptsOf } from "./task-attempts.ts";

const RETRY = [{ ErrorEquals: ["Busy"], IntervalSeconds: 2, MaxAttempts: 3 }];
const TASK = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
};

/** The events of an execution that the real interpreter ran. */
function eventsOf(options: Parameters<typeof simulate>[0]): HistoryEvent[] {
  return simulate(options).history.map(
    (event) => historyEventOutput(event, true) as unknown as HistoryEvent,
  );
}

function runsOf(events: readonly HistoryEvent[]): StateRuns {
  const runs = new StateRuns();
  for (const event of events) runs.add(event);
  return runs;
}

const retried = (): HistoryEvent[] => {
  let calls = 0;
  return eventsOf({
    definition: { StartAt: "Work", States: { Work: { ...TASK, Retry: RETRY, End: true } } },
    task: () =>
      (calls += 1) < 3
        ? { error: "Busy", cause: `${calls}`, afterMs: 100 }
        : { output: 1, afterMs: 50 },
  });
};

it("attempts of a task are told with their errors and times", () => {
  const events = retried();
  const [run] = runsOf(events).runs;
  const attempts = attemptsOf(run!, events);
  expect(
    attempts.map(({ number, status, error, cause }) => [number, status, error, cause]),
  ).toEqual([
    [1, "FAILED", "Busy", "1"],
    [2, "FAILED", "Busy", "2"],
    [3, "SUCCEEDED", undefined, undefined],
  ]);
  const [first, second] = attempts;
  expect(first!.stoppedAt! - first!.startedAt).toBeCloseTo(0.1);
  // The first back-off.
  expect(second!.startedAt - first!.stoppedAt!).toBeCloseTo(2);
  expect(attempts.some(({ isRedriven }) => isRedriven)).toBe(false);
});

it("attempts of a Parallel are told, with the error of what failed inside", () => {
  let calls = 0;
  const events = eventsOf({
    definition: {
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          Branches: [{ StartAt: "A", States: { A: { ...TASK, End: true } } }],
          Retry: RETRY,
          End: true,
        },
      },
    },
    task: () => ((calls += 1) < 2 ? { error: "Busy", afterMs: 1 } : { error: "Other", afterMs: 1 }),
  });
  const attempts = attemptsOf(runsOf(events).runs[0]!, events);
  expect(attempts.map(({ status }) => status)).toEqual(["FAILED", "FAILED"]);
  expect(attempts[1]?.error).toBe("Other");
});

it("the past is folded forwards and backwards alike", () => {
  const events = retried();
  const past = new PastRuns();
  for (const eventId of [1, 3, 7, 4, 2, events.length, 5]) {
    expect(past.at(events, eventId).runs).toEqual(runsOf(events.slice(0, eventId)).runs);
  }
});

it("steps go from state to state", () => {
  const events = retried();
  const types = events.map(({ type }) => type);
  const entered = types.indexOf("TaskStateEntered") + 1;
  const exited = types.indexOf("TaskStateExited") + 1;
  expect(nextMoment(events, 1, 1)).toBe(entered);
  expect(nextMoment(events, entered, 1)).toBe(exited);
  expect(nextMoment(events, exited - 1, -1)).toBe(entered);
  expect(nextMoment(events, 1, -1)).toBe(1);
  expect(nextMoment(events, events.length, 1)).toBe(events.length);
  expect(failureMarks(events, 100)).toHaveLength(2);
});
