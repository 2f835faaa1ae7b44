import { describe, expect, it } from "vitest";
import { simulate, STARTED_AT } from "../../test/support/simulate.ts";

const lambda = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

describe("a run of states that wait for nothing", () => {
  it("is one signal and one journal row", () => {
    const run = simulate({
      definition: {
        StartAt: "A",
        States: { A: { Type: "Pass", Result: 1, Next: "B" }, B: { Type: "Succeed" } },
      },
    });
    expect(run.rows).toHaveLength(1);
    expect(run.execution.output).toBe(1);
    expect(run.lines).toEqual([
      "1<0 ExecutionStarted",
      "2<0 PassStateEntered",
      "3<2 PassStateExited",
      "4<3 SucceedStateEntered",
      "5<4 SucceedStateExited",
      "6<5 ExecutionSucceeded",
    ]);
  });

  it("is cut by the bound of events per decision and goes on", () => {
    const definition = {
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          ItemProcessor: { StartAt: "P", States: { P: { Type: "Pass", End: true } } },
          End: true,
        },
      },
    };
    const input = JSON.stringify(Array.from({ length: 100 }, (_, index) => ({ index })));
    const whole = simulate({ definition, input });
    const cut = simulate({ definition, input, limits: { eventsPerDecision: 7 } });
    expect(whole.rows).toHaveLength(1);
    expect(cut.rows.length).toBeGreaterThan(50);
    expect(JSON.stringify(cut.execution.output)).toBe(input);
    expect(JSON.stringify(whole.execution.output)).toBe(input);
  });
});

describe("Map", () => {
  const definition = {
    StartAt: "M",
    States: {
      M: {
        Type: "Map",
        MaxConcurrency: 1,
        ItemProcessor: { StartAt: "P", States: { P: { Type: "Pass", End: true } } },
        End: true,
      },
    },
  };

  it("numbers events as recorded from AWS with MaxConcurrency 1", () => {
    const run = simulate({ definition, input: "[1, 2]" });
    expect(run.lines).toEqual([
      "1<0 ExecutionStarted",
      "2<0 MapStateEntered",
      "3<2 MapStateStarted",
      "4<3 MapIterationStarted",
      "5<4 PassStateEntered",
      "6<5 PassStateExited",
      "7<6 MapIterationSucceeded",
      "8<6 MapIterationStarted",
      "9<8 PassStateEntered",
      "10<9 PassStateExited",
      "11<10 MapIterationSucceeded",
      "12<11 MapStateSucceeded",
      "13<11 MapStateExited",
      "14<13 ExecutionSucceeded",
    ]);
  });

  it("keeps the text of the input until somebody takes it apart", () => {
    const run = simulate({ definition, input: "[[1, 2], [3]]" });
    expect(run.history[0]?.details?.["input"]).toBe("[[1, 2], [3]]");
    expect(run.history[4]?.details?.["input"]).toBe("[1,2]");
  });

  it("of no items succeeds at once", () => {
    expect(simulate({ definition, input: "[]" }).execution.output).toEqual([]);
  });

  it("fails when its items are no array, with AWS's text", () => {
    const run = simulate({ definition, input: "{}" });
    expect(run.execution.error).toBe("States.Runtime");
    expect(run.execution.cause).toContain('Reference path "$" must point to array.');
  });
});

describe("Retry and Catch", () => {
  const task = (retry: object[], caught: object[]) => ({
    StartAt: "T",
    States: {
      T: { Type: "Task", Resource: lambda("f"), Retry: retry, Catch: caught, End: true },
      ...(caught.length > 0 ? { Caught: { Type: "Pass", End: true } } : {}),
    },
  });

  it("tries again after IntervalSeconds * BackoffRate^n and succeeds", () => {
    let calls = 0;
    const retrier = { ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 3, BackoffRate: 2 };
    const run = simulate({
      definition: task([retrier], []),
      task: () => (++calls < 3 ? { error: "Boom" } : { output: "done" }),
    });
    expect(run.execution.status).toBe("SUCCEEDED");
    expect(run.now - STARTED_AT).toBe(3000 + 6000);
  });

  it("catches when the attempts are spent, with the error output", () => {
    const retrier = { ErrorEquals: ["States.ALL"], MaxAttempts: 1 };
    const catcher = { ErrorEquals: ["States.ALL"], ResultPath: "$.e", Next: "Caught" };
    const run = simulate({
      definition: task([retrier], [catcher]),
      task: () => ({ error: "Boom", cause: "why" }),
    });
    expect(run.execution.output).toEqual({ e: { Error: "Boom", Cause: "why" } });
    expect(run.lines.filter((line) => line.includes("Scheduled"))).toHaveLength(2);
  });

  it("does not match States.TaskFailed for a time-out, but States.Timeout", () => {
    const timed = (error: string) => {
      const definition = task([], [{ ErrorEquals: [error], Next: "Caught" }]);
      Object.assign(definition.States.T, { TimeoutSeconds: 5 });
      return simulate({ definition, task: () => "never" });
    };
    expect(timed("States.TaskFailed").execution.error).toBe("States.Timeout");
    expect(timed("States.Timeout").execution.output).toEqual({
      Error: "States.Timeout",
      Cause: "",
    });
  });
});

describe("Parallel", () => {
  const branch = (state: object) => ({ StartAt: "S", States: { S: state } });
  const parallel = (branches: object[], more: object = {}) => ({
    StartAt: "P",
    States: {
      P: { Type: "Parallel", Branches: branches.map(rename), End: true, ...more },
      ...("Catch" in more ? { Caught: { Type: "Pass", End: true } } : {}),
    },
  });
  const rename = (one: object, index: number) =>
    JSON.parse(JSON.stringify(one).replaceAll('"S"', `"S${index}"`)) as object;

  it("collects the outputs in the order of the branches", () => {
    const slow = {
      StartAt: "W",
      States: {
        W: { Type: "Wait", Seconds: 2, Next: "Z" },
        Z: { Type: "Pass", Result: "a", End: true },
      },
    };
    const fast = branch({ Type: "Pass", Result: "b", End: true });
    const run = simulate({ definition: parallel([slow, fast]) });
    expect(run.execution.output).toEqual(["a", "b"]);
  });

  it("aborts the other branches when one fails, as recorded from AWS", () => {
    const run = simulate({
      definition: parallel([branch({ Type: "Task", Resource: lambda("f"), End: true })], {
        Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1, IntervalSeconds: 1 }],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }],
      }),
      task: () => ({ error: "Boom" }),
    });
    expect(run.lines.slice(2, 16)).toEqual([
      "3<2 ParallelStateStarted",
      "4<3 TaskStateEntered",
      "5<4 LambdaFunctionScheduled",
      "6<5 LambdaFunctionStarted",
      "7<6 LambdaFunctionFailed",
      "8<7 TaskStateAborted",
      "9<7 ParallelStateStarted",
      "10<9 TaskStateEntered",
      "11<10 LambdaFunctionScheduled",
      "12<11 LambdaFunctionStarted",
      "13<12 LambdaFunctionFailed",
      "14<13 TaskStateAborted",
      "15<13 ParallelStateFailed",
      "16<15 ParallelStateExited",
    ]);
  });

  it("aborts a Wait in another branch", () => {
    const run = simulate({
      definition: parallel([
        branch({ Type: "Wait", Seconds: 100, End: true }),
        branch({ Type: "Fail", Error: "No" }),
      ]),
    });
    expect(run.lines.map((line) => line.split(" ")[1])).toContain("WaitStateAborted");
    expect(run.execution.error).toBe("No");
  });
});

describe("the bounds of an execution", () => {
  it("ends with States.Runtime as the last event of a full history", () => {
    const run = simulate({
      definition: {
        StartAt: "A",
        States: {
          A: { Type: "Pass", Next: "B" },
          B: {
            Type: "Choice",
            Choices: [{ Variable: "$.stop", IsPresent: true, Next: "C" }],
            Default: "A",
          },
          C: { Type: "Succeed" },
        },
      },
      limits: { historyEvents: 50 },
    });
    expect(run.history).toHaveLength(50);
    expect(run.execution.cause).toBe(
      "The execution reached the maximum number of history events (50).",
    );
  });

  it("fails a state whose output is over the payload limit", () => {
    const run = simulate({
      definition: {
        StartAt: "A",
        States: { A: { Type: "Pass", Parameters: { "x.$": "States.Array($.s, $.s)" }, End: true } },
      },
      input: JSON.stringify({ s: "x".repeat(60) }),
      limits: { payloadBytes: 100 },
    });
    expect(run.execution.error).toBe("States.DataLimitExceeded");
  });

  it.each([
    [lambda("f"), lambda("f")],
    ["arn:aws:states:::lambda:invoke", "lambda"],
  ])("fails the task %s whose result is over the payload limit, named %s", (resource, name) => {
    const run = simulate({
      definition: { StartAt: "T", States: { T: { Type: "Task", Resource: resource, End: true } } },
      limits: { payloadBytes: 100 },
      task: () => ({ output: "x".repeat(100) }),
    });
    expect(run.execution.error).toBe("States.DataLimitExceeded");
    expect(run.execution.cause).toBe(
      `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  });

  it("times the whole execution out", () => {
    const run = simulate({
      definition: {
        TimeoutSeconds: 5,
        StartAt: "W",
        States: { W: { Type: "Wait", Seconds: 60, End: true } },
      },
    });
    expect(run.execution.status).toBe("TIMED_OUT");
    expect(run.lines.at(-1)).toBe("3<0 ExecutionTimedOut");
  });

  it("is aborted by StopExecution", () => {
    const run = simulate({
      definition: { StartAt: "W", States: { W: { Type: "Wait", Seconds: 60, End: true } } },
      stopAt: STARTED_AT + 1000,
    });
    expect(run.execution.status).toBe("ABORTED");
    expect(run.lines.at(-1)).toBe("3<0 ExecutionAborted");
  });
});

describe("recovery", () => {
  it("gives the same history when the state is folded anew after every decision", () => {
    const definition = {
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          ItemsPath: "$.items",
          ItemSelector: { "v.$": "$$.Map.Item.Value", "n.$": "$$.Map.Item.Index" },
          MaxConcurrency: 2,
          ItemProcessor: {
            StartAt: "T",
            States: {
              T: {
                Type: "Task",
                Resource: lambda("f"),
                Retry: [{ ErrorEquals: ["Boom"], MaxAttempts: 2, IntervalSeconds: 1 }],
                ResultPath: "$.r",
                Next: "W",
              },
              W: { Type: "Wait", Seconds: 1, Assign: { "seen.$": "$.v" }, Next: "C" },
              C: {
                Type: "Choice",
                Choices: [{ Variable: "$seen", NumericGreaterThan: 1, Next: "D" }],
                Default: "D",
              },
              D: {
                Type: "Pass",
                Parameters: { "s.$": "$seen", "u.$": "States.UUID()" },
                End: true,
              },
            },
          },
          Next: "P",
        },
        P: {
          Type: "Parallel",
          Branches: [
            { StartAt: "X", States: { X: { Type: "Wait", Seconds: 3, End: true } } },
            { StartAt: "Y", States: { Y: { Type: "Succeed" } } },
          ],
          End: true,
        },
      },
    };
    const options = {
      definition,
      input: '{"items":[1, 2.0, 3]}',
      task: ({ retryCount }: { retryCount: number }) =>
        retryCount === 0 ? { error: "Boom", afterMs: 10 } : { output: { ok: true }, afterMs: 20 },
    };
    const live = simulate(options);
    const restarted = simulate({ ...options, restartAlways: true });
    expect(live.execution.status).toBe("SUCCEEDED");
    expect(restarted.history).toEqual(live.history);
  });
});
