import { describe, expect, it } from "vitest";
import type { Json } from "../json/json.ts";
import { simulate, type SimulationOptions } from "../../test/support/simulate.ts";
import type { Evaluated, PendingExpression } from "../data/evaluation.ts";

const lambda = "arn:aws:lambda:us-east-1:123456789012:function:f";

function run(states: object, options: Partial<SimulationOptions> = {}) {
  const [startAt] = Object.keys(states);
  const definition = { QueryLanguage: "JSONata", StartAt: startAt, States: states };
  return simulate({ definition, ...options });
}

/** Lambdas are left to the guarded evaluator; this one knows the expressions of these tests. */
function evaluate({ text, field }: PendingExpression): Evaluated {
  if (text.startsWith("$map(")) return { ok: true, value: [2, 4] };
  return {
    ok: false,
    error: "States.QueryEvaluationError",
    cause: `The JSONata expression '${text}' specified for the field '${field}' failed`,
    field,
  };
}

const SLOW = "{% $map($states.input.items, function($v) { $v * 2 }) %}";
const BROKEN = "{% $filter($states.input.items, function($v) { $error() }) %}";

describe("a JSONata state", () => {
  it("makes its output and variables from $states and variables", () => {
    const { execution } = run(
      {
        A: {
          Type: "Pass",
          Output: { x: "{% $states.input.n + 1 %}" },
          Assign: { n: "{% $states.input.n %}" },
          Next: "B",
        },
        B: { Type: "Pass", Output: "{% $states.input.x * $n %}", End: true },
      },
      { input: '{"n":3}' },
    );
    expect(execution.output).toBe(12);
  });

  it("waits for the guarded evaluator and goes on with its results", () => {
    const states = {
      A: { Type: "Pass", Output: { doubled: SLOW, n: 1 }, Assign: { d: SLOW }, Next: "B" },
      B: { Type: "Pass", Output: "{% $d %}", End: true },
    };
    const options = { input: '{"items":[1,2]}', evaluate };
    const live = run(states, options);
    expect(live.execution.output).toEqual([2, 4]);
    expect(live.lines).toHaveLength(6);
    expect(run(states, { ...options, restartAlways: true }).history).toEqual(live.history);
  });

  it("shows EvaluationFailed and lets a catcher have it", () => {
    const states = {
      T: {
        Type: "Task",
        Resource: lambda,
        Arguments: { x: BROKEN },
        Catch: [
          {
            ErrorEquals: ["States.QueryEvaluationError"],
            Output: { e: "{% $states.errorOutput.Error %}", s: SLOW },
            Next: "C",
          },
        ],
        End: true,
      },
      C: { Type: "Succeed" },
    };
    const options = { input: '{"items":[1,2]}', evaluate };
    const live = run(states, options);
    expect(live.execution.output).toEqual({ e: "States.QueryEvaluationError", s: [2, 4] });
    expect(live.lines.slice(1, 4)).toEqual([
      "2<0 TaskStateEntered",
      "3<0 EvaluationFailed",
      "4<3 TaskStateExited",
    ]);
    expect(run(states, { ...options, restartAlways: true }).history).toEqual(live.history);
  });

  it("evaluates a catcher's output after a crash as well, though the failure came before it", () => {
    const states = {
      T: {
        Type: "Task",
        Resource: lambda,
        Catch: [{ ErrorEquals: ["Boom"], Output: { s: SLOW }, Next: "C" }],
        End: true,
      },
      C: { Type: "Succeed" },
    };
    const options = { input: '{"items":[1,2]}', evaluate, task: () => ({ error: "Boom" }) };
    const live = run(states, options);
    expect(live.execution.output).toEqual({ s: [2, 4] });
    expect(run(states, { ...options, restartAlways: true }).history).toEqual(live.history);
  });

  it("chooses by Condition, which must be boolean", () => {
    const choice = (condition: string) =>
      run(
        {
          C: { Type: "Choice", Choices: [{ Condition: condition, Next: "Yes" }], Default: "No" },
          Yes: { Type: "Succeed" },
          No: { Type: "Fail", Error: "{% 'no' & 't' %}" },
        },
        { input: '{"n":3}' },
      ).execution;
    expect(choice("{% $states.input.n > 2 %}").status).toBe("SUCCEEDED");
    expect(choice("{% $states.input.n > 3 %}").error).toBe("not");
    expect(choice("{% $states.input.n %}").cause).toContain("Expected 'boolean', but was 'number'");
  });

  it("maps over Items with ItemSelector and the context object", () => {
    const { execution } = run(
      {
        M: {
          Type: "Map",
          Items: "{% $states.input.items %}",
          ItemSelector: { v: "{% $states.context.Map.Item.Value %}", s: SLOW },
          ItemProcessor: {
            StartAt: "P",
            States: {
              P: {
                Type: "Pass",
                Output: "{% $states.input.v * 10 + $count($states.input.s) %}",
                End: true,
              },
            },
          },
          End: true,
        },
      },
      { input: '{"items":[1,2]}', evaluate },
    );
    expect(execution.output).toEqual([12, 22]);
  });

  it("drops the evaluation of an item when the Map fails meanwhile", () => {
    let evaluations = 0;
    const states = {
      M: {
        Type: "Map",
        Items: [1, 2],
        ItemSelector: SLOW,
        ItemProcessor: {
          StartAt: "P",
          States: { P: { Type: "Pass", Next: "F" }, F: { Type: "Fail", Error: "Boom" } },
        },
        Retry: [{ ErrorEquals: ["Boom"], MaxAttempts: 1 }],
        End: true,
      },
    };
    // The first iteration fails while the second item is being evaluated.
    const { execution, history } = run(states, {
      evaluate: () => ({ ok: true, value: ++evaluations }),
    });
    expect(execution.error).toBe("Boom");
    const entries = history.filter(({ type }) => type === "PassStateEntered");
    expect(entries.map(({ details }) => details?.["input"])).toEqual(["1", "3"]);
  });

  it("refuses values too deep or too large to be kept, also in variables", () => {
    const deep = `{% ${"[".repeat(20)}$states.input${"]".repeat(20)} %}`;
    const input = `${"[".repeat(490)}1.0${"]".repeat(490)}`;
    for (const fields of [{ Output: deep }, { Assign: { v: deep } }]) {
      const { execution } = run({ A: { Type: "Pass", ...fields, End: true } }, { input });
      expect(execution.error).toBe("States.DataLimitExceeded");
      expect(execution.cause).toContain("nested more than 500 levels deep");
    }
    const large = { Type: "Pass", Assign: { v: "{% $states.input & 'y' %}" }, End: true };
    const options = { input: `"${"x".repeat(100)}"`, limits: { payloadBytes: 102 } };
    expect(run({ A: large }, options).execution.error).toBe("States.DataLimitExceeded");
  });

  it("leaves a Wait whose output only the guarded evaluator can make", () => {
    const states = {
      W: { Type: "Wait", Seconds: 3, Output: SLOW, Assign: { v: SLOW }, Next: "P" },
      P: { Type: "Pass", Output: "{% $v %}", End: true },
    };
    const options = { input: '{"items":[]}', evaluate };
    const live = run(states, options);
    expect(live.execution.output).toEqual([2, 4]);
    expect(run(states, { ...options, restartAlways: true }).history).toEqual(live.history);
  });

  it("makes no negative zero, which JSON would not keep", () => {
    for (const zero of ["0 * -1", "-$states.input.n", "$ceil(-0.5)", "$states.input.z"]) {
      const states = { A: { Type: "Pass", Output: { z: `{% ${zero} %}` }, End: true } };
      const { output } = run(states, { input: '{"n":0,"z":-0}' }).execution;
      expect(output).toStrictEqual({ z: 0 });
    }
  });

  it("hands a variable of any name to the guarded evaluator", () => {
    const text = "$map($__proto__, function($v) { $v })";
    const states = {
      A: { Type: "Pass", Assign: { ["__proto__"]: [7] }, Next: "B" },
      B: { Type: "Pass", Output: `{% ${text} %}`, End: true },
    };
    const { execution } = run(states, {
      evaluate: (_, variables) => ({ ok: true, value: Object.entries(variables) as Json }),
    });
    expect(execution.output).toEqual([["__proto__", [7]]]);
  });

  it("waits for computed Seconds", () => {
    const states = { W: { Type: "Wait", Seconds: "{% $states.input.s %}", End: true } };
    expect(run(states, { input: '{"s":7}' }).now - run(states, { input: '{"s":0}' }).now).toBe(
      7000,
    );
    expect(run(states, { input: '{"s":-1}' }).execution.error).toBe("States.QueryEvaluationError");
  });
});
