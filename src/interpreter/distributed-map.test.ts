/** Distributed Map in the decider; what children give is made up. */
import { describe, expect, it } from "vitest";
import {
  simulate,
  STARTED_AT,
  type SimulationOptions,
  type StartedChild,
} from "../../test/support/simulate.ts";
import { stringify } from "../json/stringify.ts";

const PROCESSOR = {
  ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
  StartAt: "P",
  States: { P: { Type: "Pass", End: true } },
};

function map(fields: object = {}, machine: object = {}): object {
  const state = { Type: "Map", ItemProcessor: PROCESSOR, End: true, ...fields };
  return { StartAt: "M", States: { M: state, ...machine } };
}

function run(fields: object, input: unknown, options: Partial<SimulationOptions> = {}) {
  const started: StartedChild[] = [];
  const child = options.child;
  const simulation = simulate({
    definition: map(fields),
    input: JSON.stringify(input),
    ...options,
    child: (command) => {
      started.push(command);
      return child?.(command) ?? { output: command.input };
    },
  });
  const { output } = simulation.execution;
  return { ...simulation, started, output: output === undefined ? undefined : stringify(output) };
}

describe("Map, DISTRIBUTED", () => {
  it("has the history that AWS recorded", () => {
    const { lines, output, history } = run({}, [1, 2]);
    expect(lines).toEqual([
      "1<0 ExecutionStarted",
      "2<0 MapStateEntered",
      "3<2 MapStateStarted",
      "4<3 MapRunStarted",
      "5<4 MapRunSucceeded",
      "6<5 MapStateSucceeded",
      "7<5 MapStateExited",
      "8<7 ExecutionSucceeded",
    ]);
    expect(output).toBe("[1,2]");
    expect(history[3]?.details?.["mapRunArn"]).toMatch(
      /^arn:aws:states:us-east-1:123456789012:mapRun:m\/[\da-f-]{36}:run-4$/,
    );
  });

  it("names MapRunStarted after one state before it, as AWS does", () => {
    const definition = {
      StartAt: "S",
      States: {
        S: { Type: "Pass", Result: [0], Next: "M" },
        M: { Type: "Map", ItemProcessor: PROCESSOR, End: true },
      },
    };
    expect(simulate({ definition }).lines.slice(7)).toEqual([
      "8<7 MapStateSucceeded",
      "9<6 MapStateExited",
      "10<9 ExecutionSucceeded",
    ]);
  });

  it("puts results in the order of the items", () => {
    const { output } = run({}, [3, 1, 2], {
      child: ({ input, index }) => ({ output: input, afterMs: 100 - index }),
    });
    expect(output).toBe("[3,1,2]");
  });

  it("succeeds without items", () => {
    expect(run({}, []).output).toBe("[]");
  });

  it("runs no more children at once than MaxConcurrency", () => {
    let running = 0;
    let most = 0;
    const { output } = run(
      { MaxConcurrencyPath: "$.n", ItemsPath: "$.i" },
      { n: 2, i: [1, 2, 3, 4, 5] },
      {
        child: ({ input, index }) => {
          running = index + 1;
          most = Math.max(most, running);
          return { output: input, afterMs: 10 * (index + 1) };
        },
        restartAlways: true,
      },
    );
    expect(output).toBe("[1,2,3,4,5]");
    const { started } = run({ MaxConcurrency: 2 }, [1, 2, 3], { child: () => "never" });
    expect(started).toHaveLength(2);
  });

  it("selects items with the context of the parent", () => {
    const ItemSelector = {
      "value.$": "$$.Map.Item.Value",
      "index.$": "$$.Map.Item.Index",
      "source.$": "$$.Map.Item.Source",
      "all.$": "$",
    };
    const { started } = run({ ItemSelector }, ["a"]);
    expect(started[0]?.input).toEqual({ value: "a", index: 0, source: "STATE_DATA", all: ["a"] });
  });

  it("takes the members of an object", () => {
    const ItemSelector = { "key.$": "$$.Map.Item.Key", "value.$": "$$.Map.Item.Value" };
    const { output } = run({ ItemSelector }, { b: 1, a: 2 });
    expect(output).toBe('[{"key":"b","value":1},{"key":"a","value":2}]');
  });

  it("batches items", () => {
    const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { "tag.$": "$.tag" } };
    const { started } = run({ ItemBatcher, ItemsPath: "$.i" }, { tag: "t", i: [1, 2, 3] });
    expect(started.map(({ input, items }) => [input, items])).toEqual([
      [{ BatchInput: { tag: "t" }, Items: [1, 2] }, 2],
      [{ BatchInput: { tag: "t" }, Items: [3] }, 1],
    ]);
  });

  it("batches by bytes", () => {
    const ItemBatcher = { MaxInputBytesPerBatch: 22 };
    const { started } = run({ ItemBatcher }, ["aa", "bb", "cc"]);
    expect(started.map(({ input }) => stringify(input))).toEqual([
      '{"Items":["aa","bb"]}',
      '{"Items":["cc"]}',
    ]);
    const { execution } = run({ ItemBatcher }, ["a".repeat(30)]);
    expect(execution.error).toBe("States.DataLimitExceeded");
  });

  it("evaluates JSONata and its Items", () => {
    const processor = { ...PROCESSOR };
    const fields = {
      QueryLanguage: "JSONata",
      Items: "{% $states.input.i %}",
      ItemSelector: { v: "{% $states.context.Map.Item.Value %}", n: "{% $states.input.n %}" },
      MaxConcurrency: "{% $states.input.n %}",
      ToleratedFailurePercentage: "{% $states.input.n %}",
      ItemProcessor: processor,
    };
    expect(run(fields, { i: [7, 8], n: 1 }).output).toBe('[{"v":7,"n":1},{"v":8,"n":1}]');
  });

  it("waits for the guarded evaluator, item by item", () => {
    const fields = {
      QueryLanguage: "JSONata",
      Items: "{% $states.input %}",
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ItemSelector: { v: "{% $map([$states.context.Map.Item.Value], function($x) { $x }) %}" },
    };
    let calls = 0;
    for (const restartAlways of [false, true]) {
      calls = 0;
      const { started } = run(fields, [1, 2, 3], {
        evaluate: () => ({ ok: true, value: ++calls }),
        restartAlways,
      });
      expect(started.map(({ items }) => items)).toEqual([2, 1]);
      if (!restartAlways) expect(calls).toBe(3);
    }
  });
});

describe("failures of a Map Run", () => {
  const failing = (...indexes: number[]): Partial<SimulationOptions> => ({
    child: ({ index, input }) =>
      indexes.includes(index) ? { status: "FAILED", afterMs: 5 } : { output: input, afterMs: 10 },
  });

  it("fails as AWS recorded when no failure is tolerated", () => {
    const { lines, execution } = run({ MaxConcurrency: 1 }, [1, 2, 3, 4], failing(0));
    expect(lines.slice(3)).toEqual([
      "4<3 MapRunStarted",
      "5<4 MapRunFailed",
      "6<5 MapStateFailed",
      "7<6 ExecutionFailed",
    ]);
    expect(execution.error).toBe("States.ExceedToleratedFailureThreshold");
    expect(execution.cause).toBe("The specified tolerated failure threshold was exceeded");
    const [mapRun] = execution.mapRuns;
    expect(mapRun).toMatchObject({ status: "FAILED", nextItem: 1, totalItems: 4 });
    expect(mapRun?.ended.FAILED).toEqual({ executions: 1, items: 1 });
  });

  it("tolerates a number of failures", () => {
    expect(run({ ToleratedFailureCount: 2 }, [1, 2, 3], failing(0, 2)).output).toBe("[2]");
    expect(run({ ToleratedFailureCount: 1 }, [1, 2, 3], failing(0, 2)).execution.status).toBe(
      "FAILED",
    );
  });

  it("tolerates a percentage of failures", () => {
    const items = [1, 2, 3, 4];
    expect(run({ ToleratedFailurePercentage: 25 }, items, failing(1)).output).toBe("[1,3,4]");
    const { execution } = run({ ToleratedFailurePercentage: 24.9 }, items, failing(1));
    expect(execution.status).toBe("FAILED");
  });

  it("retries and catches the Map state", () => {
    const fields = {
      Retry: [{ ErrorEquals: ["States.ExceedToleratedFailureThreshold"], MaxAttempts: 1 }],
    };
    let attempt = 0;
    const retried = run(fields, [1], {
      child: () => (attempt++ === 0 ? { status: "TIMED_OUT" } : { output: "done" }),
    });
    expect(retried.output).toBe('["done"]');
    expect(retried.execution.mapRuns.map(({ status }) => status)).toEqual(["FAILED", "SUCCEEDED"]);
    const caught = simulate({
      definition: map(
        { Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }] },
        { C: { Type: "Pass", End: true } },
      ),
      input: "[1]",
      child: () => ({ status: "ABORTED" }),
    });
    expect(caught.execution.status).toBe("SUCCEEDED");
    expect(caught.lines).toContain("5<4 MapRunFailed");
  });

  it("fails when the results are too big", () => {
    const { execution, rows } = run({ ResultPath: null }, [1, 2, 3], {
      limits: { payloadBytes: 100 },
      child: () => ({ output: "x".repeat(60) }),
    });
    expect(execution.error).toBe("States.DataLimitExceeded");
    expect(
      rows
        .map(({ body }) => body)
        .join("")
        .split("xxxx"),
    ).toHaveLength(60 / 4 + 1);
  });

  it.each([
    [
      "ToleratedFailurePercentagePath",
      -1.1,
      "ToleratedFailurePercentage must be between 0 and 100.",
    ],
    [
      "ToleratedFailurePercentagePath",
      {},
      'The ToleratedFailurePercentagePath field refers to value "{}" which is not a valid float: $.v',
    ],
    [
      "ToleratedFailureCountPath",
      {},
      'The ToleratedFailureCountPath field refers to value "{}" which is not a valid integer: $.v',
    ],
  ])("shows a bad %s as AWS does", (field, v, cause) => {
    const { lines, execution } = run({ [field]: "$.v", ItemsPath: "$.i" }, { v, i: [0] });
    expect(lines.slice(2)).toEqual(["3<2 MapStateStarted", "4<3 ExecutionFailed"]);
    expect(execution.error).toBe("States.Runtime");
    expect(execution.cause).toBe(
      `An error occurred while executing the state 'M' (entered at the event id #2). ${cause}`,
    );
  });

  it("starts no more children than can be named", () => {
    const { execution, started } = run({}, [1, 2, 3], { limits: { mapRunChildren: 2 } });
    expect(started).toHaveLength(2);
    expect(execution.error).toBe("States.Runtime");
    expect(execution.cause).toContain("ItemBatcher");
  });

  it.each(["DISTRIBUTED", "INLINE"])("takes no evaluated items that are too many: %s", (Mode) => {
    const config = Mode === "INLINE" ? { Mode } : { Mode, ExecutionType: "STANDARD" };
    const { execution } = run(
      {
        QueryLanguage: "JSONata",
        Items: "{% $append([$states.input.s], $states.input.s) %}",
        ItemProcessor: { ...PROCESSOR, ProcessorConfig: config },
      },
      { s: "x".repeat(70) },
      { limits: { payloadBytes: 100 } },
    );
    expect(execution.error).toBe("States.DataLimitExceeded");
  });

  it("flattens results", () => {
    const ResultWriter = { WriterConfig: { Transformation: "FLATTEN", OutputType: "JSON" } };
    expect(run({ ResultWriter }, [[1, 2], 3, [[4]]]).output).toBe("[1,2,3,[4]]");
  });
});

describe("the end of a Map Run from outside", () => {
  it("aborts the run with its execution", () => {
    const { execution, lines } = run({}, [1, 2], { child: () => "never", stopAt: STARTED_AT + 5 });
    expect(execution.status).toBe("ABORTED");
    expect(execution.mapRuns[0]).toMatchObject({ status: "ABORTED", stoppedAt: STARTED_AT + 5 });
    expect(execution.mapRuns[0]?.ended.ABORTED.executions).toBe(2);
    expect(lines.at(-1)).toBe("5<0 ExecutionAborted");
  });

  it("aborts the run when another branch fails", () => {
    const definition = {
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          End: true,
          Branches: [
            map() as { StartAt: string },
            {
              StartAt: "W",
              States: { W: { Type: "Wait", Seconds: 1, Next: "F" }, F: { Type: "Fail" } },
            },
          ],
        },
      },
    };
    const { execution, lines } = simulate({ definition, input: "[1]", child: () => "never" });
    expect(execution.mapRuns[0]?.status).toBe("ABORTED");
    const types = lines.map((line) => line.split(" ")[1]);
    expect(types.slice(-4)).toEqual([
      "MapRunAborted",
      "MapStateAborted",
      "ParallelStateFailed",
      "ExecutionFailed",
    ]);
  });

  it("takes new settings while it runs", () => {
    const settings = {
      maxConcurrency: 3,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: undefined,
    };
    const signal = {
      type: "MapRunUpdated",
      run: { frame: 0, startedEventId: 4 },
      settings,
    } as const;
    const { execution, output, now } = run({ MaxConcurrency: 1 }, [1, 2, 3, 4], {
      child: ({ index, input }) =>
        index === 3 ? { status: "FAILED", afterMs: 100 } : { output: input, afterMs: 100 },
      signals: [{ at: STARTED_AT + 50, signal }],
    });
    expect(output).toBe("[1,2,3]");
    expect(now).toBe(STARTED_AT + 200);
    expect(execution.mapRuns[0]?.settings).toEqual({ ...settings });
  });

  it("starts a missing child again with the same items", () => {
    const { started } = run({ ItemBatcher: { MaxItemsPerBatch: 2 } }, [1, 2, 3], {
      child: () => "never",
      signals: [
        {
          at: STARTED_AT + 1,
          signal: {
            type: "ChildrenMissing",
            run: { frame: 0, startedEventId: 4 },
            redriveCount: 0,
            indexes: [0],
          },
        },
      ],
    });
    expect(started.map(({ index }) => index)).toEqual([0, 1, 0]);
    expect(started[2]?.input).toEqual(started[0]?.input);
  });
});
