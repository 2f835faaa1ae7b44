import { describe, expect, it } from "vitest";
import { failing, redriven, sinceRedrive, TASK, type Told } from "../../test/support/redrive.ts";
import { simulate, STARTED_AT } from "../../test/support/simulate.ts";

describe("after a redrive of Parallel", () => {
  const parallel = (branches: object[], fields: object = {}) => ({
    StartAt: "X",
    States: { X: { Type: "Parallel", Branches: branches, End: true, ...fields } },
  });
  const branch = (name: string, state: object = TASK) => ({
    StartAt: name,
    States: { [name]: state },
  });

  it("only the failed and aborted branches go on, as recorded from AWS", () => {
    const attempts: string[] = [];
    const run = simulate({
      definition: parallel([branch("A"), branch("B"), branch("C")]),
      task: ({ stateName, parameters }) => {
        attempts.push(stateName);
        const first = (parameters as unknown as Told).redrive === 0;
        if (stateName === "B" && first) return { error: "Boom", afterMs: 10 };
        return { output: stateName, afterMs: stateName === "C" && first ? 20 : 5 };
      },
      redrives: 1,
    });
    expect(run.lines.slice(3, 9)).toEqual([
      "4<3 TaskStateEntered",
      "5<4 LambdaFunctionScheduled",
      "6<3 TaskStateEntered",
      "7<6 LambdaFunctionScheduled",
      "8<3 TaskStateEntered",
      "9<8 LambdaFunctionScheduled",
    ]);
    expect(sinceRedrive(run)).toEqual([
      "20<19 ExecutionRedriven",
      "21<6 LambdaFunctionScheduled",
      "22<8 LambdaFunctionScheduled",
      "23<21 LambdaFunctionStarted",
      "24<22 LambdaFunctionStarted",
      "25<23 LambdaFunctionSucceeded",
      "26<25 TaskStateExited",
      "27<24 LambdaFunctionSucceeded",
      "28<27 TaskStateExited",
      "29<28 ParallelStateSucceeded",
      "30<28 ParallelStateExited",
      "31<30 ExecutionSucceeded",
    ]);
    expect(attempts).toEqual(["A", "B", "C", "B", "C"]);
    expect(run.execution.output).toEqual(["A", "B", "C"]);
  });

  it("a branch goes on in its middle, with its variables", () => {
    const B = {
      StartAt: "V",
      States: {
        V: { Type: "Pass", Assign: { v: 7 }, Next: "T" },
        T: { ...TASK, End: undefined, Next: "Z" },
        Z: { Type: "Pass", Parameters: { "v.$": "$v" }, End: true },
      },
    };
    const { attempts, task: worker } = failing(["T"]);
    const run = simulate({ definition: parallel([branch("A"), B]), task: worker, redrives: 1 });
    expect(run.execution.output).toEqual(["A done", { v: 7 }]);
    expect(attempts).toEqual(["A", "T", "T"]);
  });

  it("nested ones keep what finished on every level", () => {
    const inner = { Type: "Parallel", Branches: [branch("C"), branch("D")], End: true };
    const middle = {
      Type: "Map",
      ItemsPath: "$.items",
      ItemProcessor: {
        StartAt: "I",
        States: { I: { ...TASK, End: undefined, ResultPath: "$.i", Next: "N" }, N: inner },
      },
      End: true,
    };
    const { attempts, task: worker } = failing(["D"]);
    const run = simulate({
      definition: parallel([branch("A"), branch("M", middle)]),
      input: '{"items":[{},{}]}',
      task: worker,
      redrives: 1,
    });
    expect(run.execution.output).toEqual([
      "A done",
      [
        ["C done", "D done"],
        ["C done", "D done"],
      ],
    ]);
    // A, then I, C and D of both iterations.
    const succeeded = run.history.filter(({ type }) => type === "LambdaFunctionSucceeded");
    expect(succeeded).toHaveLength(1 + 2 * 3);
    expect(attempts.filter((name) => name === "A" || name === "I")).toHaveLength(3);
  });

  it("that a catcher helped is not touched again", () => {
    const { attempts, task: worker } = failing(["B", "T"]);
    const { X } = parallel([branch("A"), branch("B")]).States;
    const caught = [{ ErrorEquals: ["States.ALL"], Next: "T" }];
    const run = simulate({
      definition: { StartAt: "X", States: { X: { ...X, Catch: caught }, T: TASK } },
      task: worker,
      redrives: 1,
    });
    expect(run.execution.output).toBe("T done");
    expect(attempts).toEqual(["A", "B", "T", "T"]);
  });

  it("that was retried starts over if it was stopped between two attempts", () => {
    const { attempts, task: worker } = failing(["B"]);
    const retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 10 }];
    const run = simulate({
      definition: parallel([branch("A"), branch("B")], { Retry: retry }),
      task: worker,
      stopAt: STARTED_AT + 5000,
      redrives: 1,
    });
    expect(attempts).toEqual(["A", "B", "A", "B"]);
    expect(run.execution.status).toBe("SUCCEEDED");
  });

  it("all branches run again if its result was too big", () => {
    const attempts: string[] = [];
    const run = simulate({
      definition: parallel([branch("A"), branch("B")]),
      task: ({ stateName, parameters }) => {
        attempts.push(stateName);
        const first = (parameters as unknown as Told).redrive === 0;
        return { output: first ? "x".repeat(150_000) : stateName };
      },
      redrives: 1,
    });
    expect(attempts).toEqual(["A", "B", "A", "B"]);
    expect(run.execution.output).toEqual(["A", "B"]);
    expect(sinceRedrive(run)[1]).toMatch(/^\d+<2 ParallelStateStarted$/);
  });

  it("whose branches were stopped under way, all of them go on", () => {
    const branches = [
      branch("W", { Type: "Wait", Seconds: 10, End: true }),
      branch("P", { Type: "Pass", Result: 1, End: true }),
      branch("F", { Type: "Wait", Seconds: 1, End: true }),
    ];
    const run = redriven({ definition: parallel(branches), stopAt: STARTED_AT + 5000 });
    expect(run.execution.output).toEqual([{}, 1, {}]);
    expect(run.now).toBe(STARTED_AT + 6000 + 10_000);
  });
});

describe("after a redrive of Map", () => {
  const map = (fields: object, states: object = { I: TASK }) => ({
    StartAt: "M",
    States: {
      M: { Type: "Map", ItemProcessor: { StartAt: "I", States: states }, End: true, ...fields },
    },
  });

  it("the failed iteration goes on and the next ones start, as recorded from AWS", () => {
    const attempts: unknown[] = [];
    const run = simulate({
      definition: map({ MaxConcurrency: 1 }),
      input: "[0,1,2]",
      task: ({ parameters }) => {
        const { in: item, redrive } = parameters as unknown as Told;
        attempts.push(item);
        return item === 1 && redrive === 0 ? { error: "Boom" } : { output: item };
      },
      redrives: 1,
    });
    expect(run.lines.slice(9, 11)).toEqual([
      "10<9 MapIterationSucceeded",
      "11<9 MapIterationStarted",
    ]);
    const entered = "12<11 TaskStateEntered";
    expect(run.lines[11]).toBe(entered);
    const lines = sinceRedrive(run);
    const start = Number(lines[0]!.split("<")[0]);
    expect(lines.map((line) => line.split(" ")[1])).toEqual([
      "ExecutionRedriven",
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionSucceeded",
      "TaskStateExited",
      "MapIterationSucceeded",
      "MapIterationStarted",
      "TaskStateEntered",
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionSucceeded",
      "TaskStateExited",
      "MapIterationSucceeded",
      "MapStateSucceeded",
      "MapStateExited",
      "ExecutionSucceeded",
    ]);
    expect(lines[1]).toBe(`${start + 1}<12 LambdaFunctionScheduled`);
    expect(lines[6]).toBe(`${start + 6}<${start + 4} MapIterationStarted`);
    expect(attempts).toEqual([0, 1, 1, 2]);
    expect(run.execution.output).toEqual([0, 1, 2]);
  });

  it("never has more iterations under way than MaxConcurrency", () => {
    const run = simulate({
      definition: map({ MaxConcurrency: 3 }, { I: { Type: "Pass", Next: "T" }, T: TASK }),
      input: JSON.stringify(Array.from({ length: 10 }, (_, index) => index)),
      task: ({ parameters }) => {
        const { in: item, redrive } = parameters as unknown as Told;
        if (redrive === 0)
          return item === 4 ? { error: "Boom", afterMs: 5 } : { output: item, afterMs: 5 };
        return { output: item, afterMs: 10 + Number(item) };
      },
      redrives: 1,
    });
    expect(run.execution.output).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const running = { now: 0, most: 0 };
    for (const { type } of run.history) {
      if (type === "MapIterationStarted") running.most = Math.max(running.most, ++running.now);
      if (type === "MapIterationSucceeded") running.now--;
    }
    expect(running.most).toBe(3);
  });

  it("an ItemSelector that failed is tried again for the same item", () => {
    const run = redriven({
      definition: map(
        {
          MaxConcurrency: 1,
          ItemSelector: { "at.$": "$$.Execution.RedriveTime" },
        },
        { I: { Type: "Pass", End: true } },
      ),
      input: "[1,2]",
    });
    const at = "2026-01-01T00:00:01.000Z";
    expect(run.execution.output).toEqual([{ at }, { at }]);
  });
});
