/** Inputs and definitions made to break whoever handles them without care. */
import { describe, expect, it } from "vitest";
import { simulate } from "../support/simulate.ts";
import { evaluateGuarded } from "./expressions.ts";
import { checkLaws } from "./laws.ts";
import { HOSTILE_INPUTS, nested } from "./values.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";
const CAUGHT = {
  Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }],
  Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.e", Next: "X" }],
};
const X = { Type: "Succeed" };

/** States that read the input in every way that JSONPath has. */
const JSONPATH_STATES: Readonly<Record<string, object>> = {
  kept: { Type: "Pass" },
  written: { Type: "Pass", Result: 1, ResultPath: "$['__proto__']['constructor']" },
  taken: { Type: "Pass", Parameters: { "p.$": "$.n", "q.$": "$..*", "r.$": "$$" } },
  computed: {
    Type: "Pass",
    Parameters: {
      "a.$": "States.JsonToString($)",
      "b.$": "States.ArrayUnique(States.Array($.n, $.s, $.n))",
      "c.$": "States.Base64Encode(States.JsonToString($))",
      "d.$": "States.Hash($, 'MD5')",
      "e.$": "States.JsonMerge($, $, false)",
    },
  },
  added: { Type: "Pass", Parameters: { "n.$": "States.MathAdd($.n, 1)" } },
  assigned: { Type: "Pass", Assign: { "constructor.$": "$.n", "__proto__.$": "$" } },
  waited: { Type: "Wait", SecondsPath: "$.n" },
  until: { Type: "Wait", TimestampPath: "$.s" },
  mapped: {
    Type: "Map",
    ItemsPath: "$.list",
    MaxConcurrencyPath: "$.n",
    ItemProcessor: { StartAt: "I", States: { I: { Type: "Pass", End: true } } },
    ...CAUGHT,
  },
  worked: { Type: "Task", Resource: LAMBDA, TimeoutSecondsPath: "$.n", ...CAUGHT },
};

/** The same in JSONata, also with its own functions. */
const JSONATA_STATES: Readonly<Record<string, object>> = {
  kept: { Type: "Pass" },
  taken: { Type: "Pass", Output: "{% $states.input.* %}" },
  whole: { Type: "Pass", Output: "{% $states %}" },
  joined: { Type: "Pass", Output: "{% $string($states.input) & $states.input.s %}" },
  merged: { Type: "Pass", Output: "{% $merge([$states.input, {'__proto__': 1}]) %}" },
  added: { Type: "Pass", Output: "{% $states.input.n * 2 %}" },
  assigned: { Type: "Pass", Assign: { constructor: "{% $states.input %}" } },
  waited: { Type: "Wait", Seconds: "{% $states.input.n %}" },
  until: { Type: "Wait", Timestamp: "{% $states.input.s %}" },
  mapped: {
    Type: "Map",
    Items: "{% $states.input.list %}",
    MaxConcurrency: "{% $states.input.n %}",
    ItemProcessor: { StartAt: "I", States: { I: { Type: "Pass", End: true } } },
  },
  worked: { Type: "Task", Resource: LAMBDA, TimeoutSeconds: "{% $states.input.n %}" },
};

describe.each([
  ["JSONPath", JSONPATH_STATES],
  ["JSONata", JSONATA_STATES],
])("hostile inputs in %s", (QueryLanguage, states) => {
  it.each(Object.keys(states))("do no harm where they are %s", (name) => {
    for (const input of HOSTILE_INPUTS) {
      const state = { ...states[name], Next: "X" };
      const definition = { QueryLanguage, StartAt: "S", States: { S: state, X } };
      const run = simulate({ definition, input, evaluate: evaluateGuarded, restartAlways: true });
      checkLaws(run);
      expect(run.execution.status).not.toBe("RUNNING");
      expect(({} as { n?: unknown }).n).toBeUndefined();
    }
  });
});

describe("names", () => {
  it("may be those of every object's members", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "\ud800", "valueOf"];
    const states = names.map((name, index) => {
      const next = names[index + 1];
      return [name, { Type: "Pass", ...(next === undefined ? { End: true } : { Next: next }) }];
    });
    const definition = { StartAt: names[0], States: Object.fromEntries(states) as object };
    const { execution, history } = simulate({ definition, restartAlways: true });
    expect(execution.status).toBe("SUCCEEDED");
    const entered = history.filter(({ type }) => type === "PassStateEntered");
    expect(entered.map(({ details }) => details?.["name"])).toEqual(names);
  });
});

describe("values that grow deeper with every state", () => {
  const loops: Readonly<Record<string, object>> = {
    template: { Type: "Pass", Parameters: { "x.$": "$" } },
    function: {
      Type: "Pass",
      Parameters: { "x.$": `${"States.Array(".repeat(9)}$${")".repeat(9)}` },
      OutputPath: "$.x",
    },
    variable: {
      Type: "Pass",
      Parameters: { "n.$": "$.n" },
      Assign: { "v.$": "States.Array(States.Array($v))" },
    },
    path: { Type: "Pass", Parameters: { "x.$": "$", "s.$": "$..none" }, ResultPath: "$" },
  };
  const jsonata: Readonly<Record<string, object>> = {
    expression: { Type: "Pass", QueryLanguage: "JSONata", Output: `{% ${nested("[", "]", 0)} %}` },
    brackets: {
      Type: "Pass",
      QueryLanguage: "JSONata",
      Output: `{% ${"[".repeat(20)}$states.input${"]".repeat(20)} %}`,
    },
    text: { Type: "Pass", QueryLanguage: "JSONata", Output: "{% {'t': $string($states.input)} %}" },
  };

  it.each(Object.entries({ ...loops, ...jsonata }))("end the execution: %s", (_, state) => {
    const first = { Type: "Pass", Assign: { v: 1 }, Next: "L" };
    const states = { I: first, L: { ...state, Next: "B" }, B: back, X };
    const definition = { StartAt: "I", States: states };
    const limits = { historyEvents: 1500, payloadBytes: 20_000 };
    const run = simulate({ definition, input: '{"n":0}', limits, evaluate: evaluateGuarded });
    checkLaws(run);
    expect(run.execution.status).toBe("FAILED");
  });

  const back = {
    Type: "Choice",
    Choices: [{ Variable: "$$.Execution.Name", IsNull: true, Next: "X" }],
    Default: "L",
  };
});
