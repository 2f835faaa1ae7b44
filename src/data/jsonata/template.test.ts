import { describe, expect, it } from "vitest";
import type { Json } from "../../json/json.ts";
import type { Evaluated, Scope } from "../evaluation.ts";
import { compileJsonataTemplate, type JsonataTemplate, jsonataText } from "./template.ts";

const scope: Scope = {
  input: { a: 1 },
  states: { input: { a: 1 }, result: { r: [2] } },
  context: () => ({}),
  variable: (name) => (name === "v" ? "var" : undefined),
  random: () => 0,
  uuid: () => "",
  hash: () => "",
};

function compiled(value: Json, field = "Output"): JsonataTemplate {
  const template = compileJsonataTemplate(value, field);
  if ("problems" in template) throw new Error(JSON.stringify(template.problems));
  return template;
}

describe("jsonataText", () => {
  it.each([
    ["{% $a %}", "$a"],
    ["{%$a%}", "$a"],
    ["{%%}", ""],
    ["{% %}", ""],
    ["{%}", undefined],
    [" {% $a %}", undefined],
    ["{% $a %} ", undefined],
    ["x {% $a %}", undefined],
    ["$a", undefined],
  ])("finds the expression of %j", (text, expected) => {
    expect(jsonataText(text)).toBe(expected);
  });
});

describe("a JSONata template", () => {
  it("replaces expressions wherever they are, and nothing else", () => {
    const template = compiled({
      whole: "{% $states.input %}",
      list: [1, "{% $states.result.r %}", ["{% $v & '!' %}"]],
      literal: "{% $v",
      "key.$": "$.a",
      "{% $v %}": true,
      fixed: { deep: [null, 1.5] },
    });
    expect(template.evaluate(scope)).toEqual({
      ok: true,
      value: {
        whole: { a: 1 },
        list: [1, [2], ["var!"]],
        literal: "{% $v",
        "key.$": "$.a",
        "{% $v %}": true,
        fixed: { deep: [null, 1.5] },
      },
    });
    expect(template.variables).toEqual(["v"]);
    expect([...template.readsStates]).toEqual(["input", "result"]);
  });

  it("gives back a value without expressions itself", () => {
    const value = { a: [1, { b: "x" }] };
    const result = compiled(value).evaluate(scope);
    expect(result.ok && result.value).toBe(value);
  });

  it("names the place of a failure as AWS does", () => {
    expect(compiled({ a: { b: ["x", "{% $missing %}"] } }).evaluate(scope)).toMatchObject({
      ok: false,
      error: "States.QueryEvaluationError",
      cause:
        "The JSONata expression '$missing' specified for the field 'Output/a/b[1]' returned nothing (undefined).",
    });
    expect(compiled("{% $missing %}", "Arguments").evaluate(scope)).toMatchObject({
      cause:
        "The JSONata expression '$missing' specified for the field 'Arguments' returned nothing (undefined).",
    });
  });

  it("tells all problems, with their places", () => {
    expect(compileJsonataTemplate({ a: "{% 1 + %}", b: [{ c: "{% x + y %}" }] }, "Assign")).toEqual(
      {
        problems: [
          {
            code: "INVALID_JSONATA_EXPRESSION",
            problem: "Unexpected end of expression",
            field: "Assign/a",
          },
          {
            code: "UNSUPPORTED_JSONATA_EXPRESSION",
            problem: "Reference to 'x' at the top level is not supported.",
            field: "Assign/b[0]/c",
          },
          {
            code: "UNSUPPORTED_JSONATA_EXPRESSION",
            problem: "Reference to 'y' at the top level is not supported.",
            field: "Assign/b[0]/c",
          },
        ],
      },
    );
  });

  it("asks for what must be evaluated elsewhere, and takes the results", () => {
    const template = compiled({ a: "{% $now() %}", b: "{% $v %}", c: ["{% $map($v, $f) %}"] });
    expect(template.evaluate(scope)).toEqual({
      ok: false,
      pending: [
        { text: "$now()", field: "Output/a", variables: [] },
        { text: "$map($v, $f)", field: "Output/c[0]", variables: ["f", "v"] },
      ],
    });
    const results = new Map<string, Evaluated>([
      ["Output/a", { ok: true, value: "today" }],
      ["Output/c[0]", { ok: true, value: 3 }],
    ]);
    expect(template.evaluate(scope, results)).toEqual({
      ok: true,
      value: { a: "today", b: "var", c: [3] },
    });
  });

  it("reports the first failure in the order of the text", () => {
    const template = compiled({ a: "{% $now() %}", b: "{% $missing %}", c: "{% $now() %}" });
    const first = template.evaluate(scope);
    // What is behind a failure is not evaluated; what is before it may fail first.
    expect(first).toMatchObject({ pending: [{ field: "Output/a" }] });
    const failure: Evaluated = { ok: false, error: "E", cause: "first" };
    expect(template.evaluate(scope, new Map([["Output/a", failure]]))).toBe(failure);
    const fine: Evaluated = { ok: true, value: 1 };
    expect(template.evaluate(scope, new Map([["Output/a", fine]]))).toMatchObject({
      cause: expect.stringContaining("'Output/b'"),
    });
  });
});
