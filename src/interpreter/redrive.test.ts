import { describe, expect, it } from "vitest";
import { failing, redriven, sinceRedrive, TASK } from "../../test/support/redrive.ts";
import { simulate, STARTED_AT } from "../../test/support/simulate.ts";

const PLAIN = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  End: true,
};

describe("a redrive", () => {
  const definition = {
    StartAt: "P",
    States: {
      P: { Type: "Pass", Result: { a: 1 }, Next: "A" },
      A: { ...TASK, End: undefined, ResultPath: "$.a", Next: "T" },
      T: { ...TASK, End: undefined, Next: "Z" },
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
    const { task: worker } = failing(["T"], 2);
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
    expect(sinceRedrive(run).slice(0, 2)).toEqual([
      "19<18 ExecutionRedriven",
      "20<9 LambdaFunctionScheduled",
    ]);
  });

  it("counts retries anew", () => {
    const retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 2 }];
    const { attempts, task: worker } = failing(["T"], 9);
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
    const U = { ...TASK, OutputPath: "$" };
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
    expect(sinceRedrive(run)).toEqual([
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
    expect(sinceRedrive(run)).toEqual([
      "4<3 ExecutionRedriven",
      "5<2 PassStateExited",
      "6<5 ExecutionSucceeded",
    ]);
  });

  it("Wait with Seconds waits its full time again", () => {
    const definition = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 60, End: true } } };
    const run = redriven({ definition, stopAt: STARTED_AT + 50_000 });
    expect(run.now).toBe(STARTED_AT + 50_000 + 1000 + 60_000);
    expect(sinceRedrive(run)).toEqual([
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
      definition: { StartAt: "T", States: { T: PLAIN } },
      task: () => answers[attempt++]!,
      stopAt: STARTED_AT + 1000,
      redrives: 1,
    });
    expect(run.execution.output).toBe("new");
    expect(sinceRedrive(run)).toEqual([
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
      definition: { StartAt: "T", States: { T: { ...PLAIN, OutputPath: "$.out" } } },
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
      States: { W: { Type: "Wait", Seconds: seconds, Next: "T" }, T: PLAIN },
    });
    let attempt = 0;
    const slowOnce = () =>
      ({ output: "done", afterMs: attempt++ === 0 ? 100_000 : 7_000 }) as const;
    const run = simulate({ definition: definition(7), task: slowOnce, redrives: 1 });
    expect(run.execution.status).toBe("SUCCEEDED");
    expect(run.now).toBe(STARTED_AT + 8_000 + 1000 + 7_000);
    expect(sinceRedrive(run).slice(0, 2)).toEqual([
      "8<7 ExecutionRedriven",
      "9<4 LambdaFunctionScheduled",
    ]);
    const twice = simulate({ definition: definition(60), redrives: 1 });
    expect(twice.execution.status).toBe("TIMED_OUT");
    expect(twice.now).toBe(STARTED_AT + 8_000 + 1000 + 8_000);
  });

  it("a Task's time-out counts anew", () => {
    let attempt = 0;
    const run = simulate({
      definition: { StartAt: "T", States: { T: { ...PLAIN, TimeoutSeconds: 5 } } },
      task: () => (attempt++ === 0 ? "never" : { output: 1, afterMs: 4_900 }),
      redrives: 1,
    });
    expect(run.execution.output).toBe(1);
    expect(run.lines[5]).toBe("6<5 ExecutionRedriven");
  });
});
