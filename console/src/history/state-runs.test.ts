import { describe, expect, it } from "vitest";
import { historyEventOutput } from "../../../src/api/history-event-output.ts";
import { simulate, STARTED_AT } from "../../../test/support/simulate.ts";
import type { HistoryEvent } from "../api/operations.ts";
import { StateRuns } from "./state-runs.ts";
import { stateStatuses } from "./state-statuses.ts";

const TASK = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  End: true,
};

type Options = Parameters<typeof simulate>[0];

/** The runs of an execution that the real interpreter ran. */
function runsOf(options: Options): StateRuns {
  const runs = new StateRuns();
  for (const event of simulate(options).history) {
    runs.add(historyEventOutput(event, true) as unknown as HistoryEvent);
  }
  return runs;
}

function statuses(runs: StateRuns, selection?: Map<string, number>): Record<string, string> {
  return Object.fromEntries(
    [...stateStatuses(runs.runs, selection)].map(([name, { status }]) => [name, status]),
  );
}

const failsAt =
  (...names: string[]): NonNullable<Options["task"]> =>
  ({ stateName }) =>
    names.includes(stateName) ? { error: "Boom", afterMs: 10 } : { output: stateName, afterMs: 20 };

const parallel = (fields: object = {}): Options["definition"] => ({
  StartAt: "Both",
  States: {
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "A", States: { A: TASK } },
        { StartAt: "B", States: { B: TASK } },
      ],
      Next: "End",
      ...fields,
    },
    End: { Type: "Pass", End: true },
  },
});

const map = (fields: object = {}): Options["definition"] => ({
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "First",
        States: { First: { Type: "Pass", Next: "Work" }, Work: TASK },
      },
      End: true,
      ...fields,
    },
  },
});

describe("runs of states", () => {
  it("have input, output, times and what they call", () => {
    const { runs } = runsOf({
      definition: { StartAt: "T", States: { T: TASK } },
      input: '{"a":1}',
      task: () => ({ output: "done", afterMs: 1500 }),
    });
    expect(runs).toMatchObject([
      { name: "T", type: "Task", status: "SUCCEEDED", input: '{"a":1}', output: '"done"' },
    ]);
    expect(runs[0]).toMatchObject({ attempts: 1, resource: TASK.Resource });
    expect(runs[0]!.stoppedAt! - runs[0]!.startedAt).toBeCloseTo(1.5);
  });

  it("know the Parallel that they are in, and stand beside each other", () => {
    const { runs } = runsOf({ definition: parallel(), task: failsAt() });
    expect(runs.map(({ name, parent }) => [name, parent?.name])).toEqual([
      ["Both", undefined],
      ["A", "Both"],
      ["B", "Both"],
      ["End", undefined],
    ]);
    expect(runs.every(({ status }) => status === "SUCCEEDED")).toBe(true);
  });

  it("know the item of the Map that they work on, one after the other, too", () => {
    const { runs } = runsOf({
      definition: map({ MaxConcurrency: 1 }),
      input: "[1,2,3]",
      task: failsAt(),
    });
    expect(runs.map(({ name, iteration }) => [name, iteration])).toEqual([
      ["Each", undefined],
      ["First", 0],
      ["Work", 0],
      ["First", 1],
      ["Work", 1],
      ["First", 2],
      ["Work", 2],
    ]);
    expect(runs[0]?.iterations).toMatchObject({ total: 3, started: 3, succeeded: 3 });
  });

  it("of the items of a failed Map name the failure", () => {
    const runs = runsOf({ definition: map(), input: "[1,2]", task: failsAt("Work") });
    expect(runs.runs[0]).toMatchObject({ status: "FAILED", error: "Boom" });
    expect(runs.runs[0]?.iterations).toMatchObject({ failed: 1, aborted: 1 });
  });

  it("count the attempts", () => {
    let calls = 0;
    const { runs } = runsOf({
      definition: {
        StartAt: "T",
        States: { T: { ...TASK, Retry: [{ ErrorEquals: ["States.ALL"] }] } },
      },
      task: () => (++calls < 3 ? { error: "Boom" } : { output: 1 }),
    });
    expect(runs).toMatchObject([{ attempts: 3, status: "SUCCEEDED", error: undefined }]);
  });

  it("find the run of an event", () => {
    const runs = runsOf({ definition: { StartAt: "T", States: { T: TASK } }, task: failsAt() });
    expect(runs.runs[0]?.eventIds).toEqual([2, 3, 4, 5, 6]);
    expect([runs.runOf(4)?.name, runs.runOf(1), runs.runOf(7)]).toEqual([
      "T",
      undefined,
      undefined,
    ]);
  });
});

describe("the status of a state", () => {
  it("of a task that failed the execution is FAILED, and that of its neighbour ABORTED", () => {
    expect(statuses(runsOf({ definition: parallel(), task: failsAt("A") }))).toEqual({
      Both: "FAILED",
      A: "FAILED",
      B: "ABORTED",
    });
  });

  it("is CAUGHT where a catcher helped", () => {
    const definition = parallel({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "End" }] });
    expect(statuses(runsOf({ definition, task: failsAt("A") }))).toEqual({
      Both: "CAUGHT",
      A: "FAILED",
      B: "ABORTED",
      End: "SUCCEEDED",
    });
  });

  it("is ABORTED where the execution was stopped", () => {
    const definition = { StartAt: "T", States: { T: TASK } };
    const task = () => ({ output: 1, afterMs: 10_000 });
    expect(statuses(runsOf({ definition, task, stopAt: STARTED_AT + 500 }))).toEqual({
      T: "ABORTED",
    });
  });

  it("is TIMED_OUT where the execution took too long", () => {
    const definition = { StartAt: "T", TimeoutSeconds: 1, States: { T: TASK } };
    expect(statuses(runsOf({ definition, task: () => ({ output: 1, afterMs: 9e3 }) }))).toEqual({
      T: "TIMED_OUT",
    });
  });

  it("of a Fail state is FAILED, with its error", () => {
    const runs = runsOf({
      definition: { StartAt: "F", States: { F: { Type: "Fail", Error: "E", Cause: "c" } } },
    });
    expect(runs.runs).toMatchObject([{ status: "FAILED", error: "E", cause: "c" }]);
  });

  it("is that of the newest round of a loop", () => {
    let calls = 0;
    const runs = runsOf({
      definition: {
        StartAt: "T",
        States: {
          T: {
            ...TASK,
            End: undefined,
            Next: "Done",
            Catch: [{ ErrorEquals: ["States.ALL"], Next: "T" }],
          },
          Done: { Type: "Succeed" },
        },
      },
      task: () => (++calls < 3 ? { error: "Boom" } : { output: 1 }),
    });
    expect(runs.runs.map(({ status }) => status)).toEqual([
      "CAUGHT",
      "CAUGHT",
      "SUCCEEDED",
      "SUCCEEDED",
    ]);
    expect(statuses(runs)).toEqual({ T: "SUCCEEDED", Done: "SUCCEEDED" });
  });

  it("of several items is the worst, and that of the one that is selected", () => {
    let calls = 0;
    const definition = map();
    const processor = (definition as { States: { Each: { ItemProcessor: { States: object } } } })
      .States.Each.ItemProcessor;
    processor.States = {
      First: { Type: "Pass", Next: "Work" },
      Work: { ...TASK, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Help" }] },
      Help: { Type: "Pass", End: true },
    };
    const runs = runsOf({
      definition,
      input: "[1,2]",
      task: () => (++calls === 1 ? { error: "Boom" } : { output: 1 }),
    });
    expect(statuses(runs)).toMatchObject({ Work: "CAUGHT", Help: "SUCCEEDED" });
    expect(statuses(runs, new Map([["Each", 1]]))).toEqual({
      Each: "SUCCEEDED",
      First: "SUCCEEDED",
      Work: "SUCCEEDED",
    });
  });

  it("after a redrive is that of what goes on", () => {
    const failed = new Set<string>();
    const runs = runsOf({
      definition: parallel(),
      task: ({ stateName }) => {
        if (stateName !== "B" || failed.has(stateName)) return { output: 1, afterMs: 30 };
        failed.add(stateName);
        return { error: "Boom", afterMs: 10 };
      },
      redrives: 1,
    });
    expect(statuses(runs)).toEqual({
      Both: "SUCCEEDED",
      A: "SUCCEEDED",
      B: "SUCCEEDED",
      End: "SUCCEEDED",
    });
    expect(runs.runs.map(({ attempts }) => attempts)).toEqual([1, 2, 2, 0]);
  });

  it("of a branch that failed before its Parallel was tried again does not count", () => {
    let calls = 0;
    const runs = runsOf({
      definition: parallel({ Retry: [{ ErrorEquals: ["States.ALL"] }] }),
      task: ({ stateName }) =>
        stateName === "A" && ++calls === 1
          ? { error: "Boom", afterMs: 10 }
          : { output: 1, afterMs: 20 },
    });
    expect(statuses(runs)).toEqual({
      Both: "SUCCEEDED",
      A: "SUCCEEDED",
      B: "SUCCEEDED",
      End: "SUCCEEDED",
    });
  });
});
