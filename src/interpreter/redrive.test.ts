import { describe, expect, it } from "vitest";
import { simulate, STARTED_AT, type SimulationOptions } from "../../test/support/simulate.ts";
import type { ScheduledTask } from "./command.ts";

const TASK = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  End: true,
};

/** Runs with live state and with the fold after every decision, which must come to the same. */
function redriven(options: SimulationOptions): ReturnType<typeof simulate> {
  // Every run has workers with a memory of their own.
  const run = simulate({ redrives: 1, ...options });
  const cut = simulate({ redrives: 1, ...options, limits: { eventsPerDecision: 1 } });
  expect(cut.execution.output).toEqual(run.execution.output);
  return run;
}

/** A worker that fails every state of `names` until the execution was redriven `times` times. */
function failing(names: readonly string[], options: { readonly tries?: number } = {}) {
  const attempts: string[] = [];
  const task = ({ stateName, parameters }: ScheduledTask) => {
    attempts.push(stateName);
    const { redrive } = parameters as { redrive: number };
    const fails = names.includes(stateName) && redrive < (options.tries ?? 1);
    return fails ? { error: "Boom", cause: stateName } : { output: `${stateName} done` };
  };
  return { attempts, task };
}

const PARAMETERS = { "redrive.$": "$$.Execution.RedriveCount", "in.$": "$" };
const task = { ...TASK, Parameters: PARAMETERS };
/** The lines after the last ExecutionRedriven. */
function rest(run: ReturnType<typeof simulate>): readonly string[] {
  return run.lines.slice(run.lines.findLastIndex((line) => line.endsWith("ExecutionRedriven")));
}

describe("a redrive", () => {
  const definition = {
    StartAt: "P",
    States: {
      P: { Type: "Pass", Result: { a: 1 }, Next: "A" },
      A: { ...task, End: undefined, ResultPath: "$.a", Next: "T" },
      T: { ...task, End: undefined, Next: "Z" },
      Z: { Type: "Pass", Parameters: { "count.$": "$$.Execution.RedriveCount" }, End: true },
    },
  };

  it("schedules the failed Task again; numbered as recorded from AWS", () => {
    const { attempts, task: worker } = failing(["T"]);
    const run = simulate({ definition, task: worker, redrives: 1 });
    expect(run.lines.slice(8)).toEqual([
      "9<8 TaskStateEntered",
      "10<9 LambdaFunctionScheduled",
      "11<10 LambdaFunctionStarted",
      "12<11 LambdaFunctionFailed",
      "13<12 ExecutionFailed",
      "14<13 ExecutionRedriven",
      "15<9 LambdaFunctionScheduled",
      "16<15 LambdaFunctionStarted",
      "17<16 LambdaFunctionSucceeded",
      "18<17 TaskStateExited",
      "19<18 PassStateEntered",
      "20<19 PassStateExited",
      "21<20 ExecutionSucceeded",
    ]);
    expect(run.history[13]?.details).toEqual({ redriveCount: 1 });
    expect(run.execution).toMatchObject({
      status: "SUCCEEDED",
      error: undefined,
      cause: undefined,
      output: { count: 1 },
    });
    expect(attempts).toEqual(["A", "T", "T"]);
  });

  it("can follow a redrive, and each sees its number and time", () => {
    const { task: worker } = failing(["T"], { tries: 2 });
    const seen = { "time.$": "$$.Execution.RedriveTime", "count.$": "$$.Execution.RedriveCount" };
    const run = simulate({
      definition: {
        ...definition,
        States: { ...definition.States, Z: { ...definition.States.Z, Parameters: seen } },
      },
      task: worker,
      redrives: 5,
    });
    expect(run.execution.output).toEqual({ count: 2, time: "2026-01-01T00:00:02.000Z" });
    expect(rest(run).slice(0, 2)).toEqual([
      "19<18 ExecutionRedriven",
      "20<9 LambdaFunctionScheduled",
    ]);
  });

  it("counts retries anew", () => {
    const retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 2 }];
    const { attempts, task: worker } = failing(["T"], { tries: 9 });
    const T = { ...definition.States.T, Retry: retry };
    const run = simulate({
      definition: { ...definition, States: { ...definition.States, T } },
      task: worker,
      redrives: 1,
    });
    expect(attempts).toEqual(["A", "T", "T", "T", "T", "T", "T"]);
    expect(run.execution.status).toBe("FAILED");
  });

  it("changes nothing in an execution that runs, succeeded or has a full history", () => {
    const pass = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
    expect(simulate({ definition: pass, redrives: 1 }).lines).toHaveLength(4);
    const choice = { Type: "Choice", Choices: [{ Variable: "$", IsNull: true, Next: "S" }] };
    const states = { P: { Type: "Pass", Next: "C" }, S: { Type: "Succeed" } };
    const loop = { StartAt: "P", States: { ...states, C: { ...choice, Default: "P" } } };
    const full = simulate({ definition: loop, redrives: 3, limits: { historyEvents: 20 } });
    expect(full.lines).toHaveLength(20);
    expect(full.lines.at(-1)).toBe("20<19 ExecutionFailed");
  });

  it("that fits into the history as its last but one event ends it", () => {
    const { task: worker } = failing(["T"]);
    const run = simulate({ definition, task: worker, redrives: 3, limits: { historyEvents: 15 } });
    expect(run.lines.slice(-2)).toEqual(["14<13 ExecutionRedriven", "15<14 ExecutionFailed"]);
    expect(run.execution.error).toBe("States.Runtime");
  });

  it("of an execution whose catchers helped before goes on where it failed", () => {
    const { attempts, task: worker } = failing(["T", "U"]);
    const T = {
      ...definition.States.T,
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "U" }],
    };
    const U = { ...task, OutputPath: "$" };
    const run = redriven({
      definition: { ...definition, States: { ...definition.States, T, U } },
      task: worker,
    });
    expect(run.execution.output).toBe("U done");
    expect(attempts.slice(0, 4)).toEqual(["A", "T", "U", "U"]);
  });
});

describe("after a redrive", () => {
  it("Fail fails again, as recorded from AWS", () => {
    const definition = {
      StartAt: "F",
      States: { F: { Type: "Fail", Error: "E", Cause: "C" } },
    };
    const run = redriven({ definition });
    expect(run.lines).toEqual([
      "1<0 ExecutionStarted",
      "2<0 FailStateEntered",
      "3<2 ExecutionFailed",
      "4<3 ExecutionRedriven",
      "5<4 ExecutionFailed",
    ]);
    expect(run.execution).toMatchObject({ status: "FAILED", error: "E", cause: "C" });
  });

  it("Choice decides again", () => {
    const choice = {
      Type: "Choice",
      Choices: [{ Variable: "$$.Execution.RedriveCount", NumericGreaterThan: 0, Next: "P" }],
    };
    const run = redriven({
      definition: { StartAt: "C", States: { C: choice, P: { Type: "Pass", End: true } } },
    });
    expect(rest(run)).toEqual([
      "4<3 ExecutionRedriven",
      "5<2 ChoiceStateExited",
      "6<5 PassStateEntered",
      "7<6 PassStateExited",
      "8<7 ExecutionSucceeded",
    ]);
  });

  it("Pass whose path had no value is evaluated again", () => {
    const pass = { Type: "Pass", Parameters: { "t.$": "$$.Execution.RedriveTime" }, End: true };
    const run = redriven({ definition: { StartAt: "P", States: { P: pass } } });
    expect(run.execution.output).toEqual({ t: "2026-01-01T00:00:01.000Z" });
    expect(rest(run)).toEqual([
      "4<3 ExecutionRedriven",
      "5<2 PassStateExited",
      "6<5 ExecutionSucceeded",
    ]);
  });

  it("Wait with Seconds waits its full time again", () => {
    const definition = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 60, End: true } } };
    const run = redriven({ definition, stopAt: STARTED_AT + 50_000 });
    expect(run.now).toBe(STARTED_AT + 50_000 + 1000 + 60_000);
    expect(rest(run)).toEqual([
      "4<3 ExecutionRedriven",
      "5<2 WaitStateExited",
      "6<5 ExecutionSucceeded",
    ]);
  });

  it("Wait until a time that has passed meanwhile leaves at once", () => {
    const wait = { Type: "Wait", Timestamp: "2026-01-01T00:00:10.500Z", End: true };
    const definition = { StartAt: "W", States: { W: wait } };
    const run = redriven({ definition, stopAt: STARTED_AT + 10_000 });
    expect(run.now).toBe(STARTED_AT + 11_000);
    expect(run.execution.status).toBe("SUCCEEDED");
  });

  it("a stopped Task is scheduled again, and its old attempt means nothing any more", () => {
    let attempt = 0;
    const answers = [
      { output: "late", afterMs: 100_000 },
      { output: "new", afterMs: 200_000 },
    ];
    const run = simulate({
      definition: { StartAt: "T", States: { T: TASK } },
      task: () => answers[attempt++]!,
      stopAt: STARTED_AT + 1000,
      redrives: 1,
    });
    expect(run.execution.output).toBe("new");
    expect(rest(run)).toEqual([
      "6<5 ExecutionRedriven",
      "7<2 LambdaFunctionScheduled",
      "8<7 LambdaFunctionStarted",
      "9<8 LambdaFunctionSucceeded",
      "10<9 TaskStateExited",
      "11<10 ExecutionSucceeded",
    ]);
  });

  it("a Task whose result could not be used runs again", () => {
    let attempt = 0;
    const run = simulate({
      definition: { StartAt: "T", States: { T: { ...TASK, OutputPath: "$.out" } } },
      task: () => ({ output: attempt++ === 0 ? {} : { out: 5 } }),
      redrives: 1,
    });
    expect(attempt).toBe(2);
    expect(run.execution.output).toBe(5);
  });

  it("the state machine's time-out counts from the redrive", () => {
    const definition = (seconds: number) => ({
      TimeoutSeconds: 8,
      StartAt: "W",
      States: { W: { Type: "Wait", Seconds: seconds, Next: "T" }, T: TASK },
    });
    let attempt = 0;
    const slowOnce = () =>
      ({ output: "done", afterMs: attempt++ === 0 ? 100_000 : 7_000 }) as const;
    const run = simulate({ definition: definition(7), task: slowOnce, redrives: 1 });
    expect(run.execution.status).toBe("SUCCEEDED");
    expect(run.now).toBe(STARTED_AT + 8_000 + 1000 + 7_000);
    expect(rest(run).slice(0, 2)).toEqual(["8<7 ExecutionRedriven", "9<4 LambdaFunctionScheduled"]);
    const twice = simulate({ definition: definition(60), redrives: 1 });
    expect(twice.execution.status).toBe("TIMED_OUT");
    expect(twice.now).toBe(STARTED_AT + 8_000 + 1000 + 8_000);
  });

  it("a Task's time-out counts anew", () => {
    let attempt = 0;
    const run = simulate({
      definition: { StartAt: "T", States: { T: { ...TASK, TimeoutSeconds: 5 } } },
      task: () => (attempt++ === 0 ? "never" : { output: 1, afterMs: 4_900 }),
      redrives: 1,
    });
    expect(run.execution.output).toBe(1);
    expect(run.lines[5]).toBe("6<5 ExecutionRedriven");
  });
});

describe("after a redrive of Parallel", () => {
  const parallel = (branches: object[], fields: object = {}) => ({
    StartAt: "X",
    States: { X: { Type: "Parallel", Branches: branches, End: true, ...fields } },
  });
  const branch = (name: string, state: object = task) => ({
    StartAt: name,
    States: { [name]: state },
  });

  it("only the failed and aborted branches go on, as recorded from AWS", () => {
    const attempts: string[] = [];
    const run = simulate({
      definition: parallel([branch("A"), branch("B"), branch("C")]),
      task: ({ stateName, parameters }) => {
        attempts.push(stateName);
        const first = (parameters as { redrive: number }).redrive === 0;
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
    expect(rest(run)).toEqual([
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
        T: { ...task, End: undefined, Next: "Z" },
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
        States: { I: { ...task, End: undefined, ResultPath: "$.i", Next: "N" }, N: inner },
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
      definition: { StartAt: "X", States: { X: { ...X, Catch: caught }, T: task } },
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
        const first = (parameters as { redrive: number }).redrive === 0;
        return { output: first ? "x".repeat(150_000) : stateName };
      },
      redrives: 1,
    });
    expect(attempts).toEqual(["A", "B", "A", "B"]);
    expect(run.execution.output).toEqual(["A", "B"]);
    expect(rest(run)[1]).toMatch(/^\d+<2 ParallelStateStarted$/);
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
  const map = (fields: object, states: object = { I: task }) => ({
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
        const { in: item, redrive } = parameters as { in: number; redrive: number };
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
    const lines = rest(run);
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
      definition: map({ MaxConcurrency: 3 }, { I: { Type: "Pass", Next: "T" }, T: task }),
      input: JSON.stringify(Array.from({ length: 10 }, (_, index) => index)),
      task: ({ parameters }) => {
        const { in: item, redrive } = parameters as { in: number; redrive: number };
        if (redrive === 0)
          return item === 4 ? { error: "Boom", afterMs: 5 } : { output: item, afterMs: 5 };
        return { output: item, afterMs: 10 + item };
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

describe("the fold", () => {
  const chaos = (retry: object) => ({
    StartAt: "X",
    TimeoutSeconds: 40,
    States: {
      X: {
        Type: "Parallel",
        Branches: [
          { StartAt: "W", States: { W: { Type: "Wait", Seconds: 3, Next: "T" }, T: TASK } },
          {
            StartAt: "M",
            States: {
              M: {
                Type: "Map",
                ItemsPath: "$.items",
                MaxConcurrency: 2,
                ItemProcessor: {
                  StartAt: "N",
                  States: {
                    N: {
                      Type: "Parallel",
                      Branches: [
                        { StartAt: "A", States: { A: TASK } },
                        { StartAt: "B", States: { B: { Type: "Pass", Next: "C" }, C: TASK } },
                      ],
                      ...retry,
                      End: true,
                    },
                  },
                },
                End: true,
              },
            },
          },
        ],
        End: true,
      },
    },
  });
  const retry = { Retry: [{ ErrorEquals: ["Once"], MaxAttempts: 1 }] };

  it("equals the live state in 150 random lives with stops, time-outs and redrives", () => {
    const statuses = new Map<string, number>();
    for (let seed = 1; seed <= 150; seed++) {
      const retries = seed % 4 < 2;
      let state = seed * 7_919 + 17;
      const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
      const run = simulate({
        definition: chaos(retries ? retry : {}),
        input: '{"items":[1,2,3,4,5]}',
        restartAlways: seed % 2 === 0,
        limits: { eventsPerDecision: seed % 3 === 0 ? 3 : 1000 },
        task: () => {
          const roll = random();
          const afterMs = Math.floor(random() * 9_000);
          if (roll < 0.03) return "never";
          if (roll < 0.1) return { error: random() < 0.5 ? "Once" : "Boom", afterMs };
          return { output: afterMs, afterMs };
        },
        ...(random() < 0.5 ? { stopAt: STARTED_AT + Math.floor(random() * 20_000) } : {}),
        redrives: 6,
      });
      const { status, redrive, output } = run.execution;
      const key = `${status} after ${redrive === undefined ? "no" : "some"} redrives`;
      statuses.set(key, (statuses.get(key) ?? 0) + 1);
      if (status === "SUCCEEDED") {
        expect((output as unknown[][])[1], `seed ${seed}`).toHaveLength(5);
        // No task that succeeded ran again, except in a Parallel that was retried.
        const results = run.history.filter(({ type }) => type === "LambdaFunctionSucceeded");
        if (retries) expect(results.length).toBeGreaterThanOrEqual(1 + 5 * 2);
        else expect(results).toHaveLength(1 + 5 * 2);
      }
    }
    expect(statuses.get("SUCCEEDED after some redrives") ?? 0).toBeGreaterThan(50);
  });
});
