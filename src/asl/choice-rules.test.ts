import { describe, expect, test } from "vitest";
import type { ChoiceRule } from "./definition.ts";
import { parseDefinition } from "./parse-definition.ts";

function parse(rule: unknown) {
  const states = {
    A: { Type: "Choice", Assign: { v: 1 }, Choices: [rule], Default: "B" },
    B: { Type: "Succeed" },
  };
  return parseDefinition(JSON.stringify({ StartAt: "A", States: states }), { type: "STANDARD" });
}

function compile(rule: object): ChoiceRule["test"] {
  const { definition, diagnostics } = parse({ ...rule, Next: "B" });
  expect(diagnostics).toEqual([]);
  const state = definition!.states.get("A")!;
  return (state.type === "Choice" ? state.choices[0] : undefined)!.test;
}

/** A literal the operator can compare with. */
function value(operator: string): unknown {
  if (operator.startsWith("Numeric")) return 1.5;
  return operator.startsWith("Timestamp") ? "2016-03-14T01:59:00+02:00" : "x";
}

function diagnose(rule: unknown): string[] {
  return parse(rule).diagnostics.map(
    ({ message, location }) => `${message} at ${location?.replace("/States/A/Choices[0]", "~")}`,
  );
}

describe("compiles", () => {
  const types = ["String", "Numeric", "Timestamp"];
  const orders = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];
  const names = types.flatMap((type) => orders.map((order) => type + order));

  test.each(names)("%s", (operator) => {
    expect(compile({ Variable: "$.v", [operator]: value(operator) })).toMatchObject({
      type: "Compare",
      operator,
      operand: { type: "Literal", value: value(operator) },
    });
  });

  test.each([...names, "BooleanEquals"])("%sPath", (operator) => {
    expect(compile({ Variable: "$v", [`${operator}Path`]: "$$.Execution.Name" })).toMatchObject({
      type: "Compare",
      operator,
      operand: { type: "Path" },
    });
  });

  test.each(["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"])(
    "%s",
    (operator) => {
      expect(compile({ Variable: "$", [operator]: false })).toMatchObject({
        type: "Is",
        operator,
        expected: false,
      });
    },
  );

  test("And, Or, Not", () => {
    const leaf = { Variable: "$.v", StringMatches: "a*", Comment: "c" };
    const compiled = compile({ And: [{ Or: [leaf, leaf] }, { Not: { ...leaf } }] });
    expect(compiled).toMatchObject({
      type: "And",
      tests: [
        { type: "Or", tests: [{ operator: "StringMatches" }, { type: "Compare" }] },
        { type: "Not", test: { type: "Compare" } },
      ],
    });
  });
});

const EQUALS = { Variable: "$.v", StringEquals: "x" };

test.each([
  [EQUALS, "These fields are required: [Next] at ~"],
  [{ ...EQUALS, Next: "C" }, "Missing 'Next' target: C at ~/Next"],
  [{ StringEquals: "x", Next: "B" }, "These fields are required: [Variable] at ~"],
  [{ ...EQUALS, Variable: "v", Next: "B" }, "Value must be a valid JSONPath. at ~/Variable"],
  [{ Variable: "$.v", Next: "B" }, "A choice rule needs a comparison operator at ~"],
  [
    { ...EQUALS, IsNull: true, Next: "B" },
    "There should only be one of the following fields: [StringEquals, IsNull] at ~",
  ],
  [
    { Variable: "$.v", StringEquals: 1, Next: "B" },
    "Expected value of type [STRING] at ~/StringEquals",
  ],
  [
    { Variable: "$.v", NumericEquals: "1", Next: "B" },
    "Expected value of type [NUMBER] at ~/NumericEquals",
  ],
  [
    { Variable: "$.v", BooleanEquals: "true", Next: "B" },
    "Expected value of type [BOOLEAN] at ~/BooleanEquals",
  ],
  [{ Variable: "$.v", IsNull: 1, Next: "B" }, "Expected value of type [BOOLEAN] at ~/IsNull"],
  [
    { Variable: "$.v", TimestampEquals: "2016", Next: "B" },
    "String does not match RFC3339 timestamp at ~/TimestampEquals",
  ],
  [
    { Variable: "$.v", StringEqualsPath: "x", Next: "B" },
    "Value must be a valid JSONPath. at ~/StringEqualsPath",
  ],
  [{ And: [], Next: "B" }, "Value cannot be empty at ~/And"],
  [{ Not: [EQUALS], Next: "B" }, "Expected value of type [OBJECT] at ~/Not"],
  [
    { Or: [{ Not: { IsNull: true } }], Next: "B" },
    "These fields are required: [Variable] at ~/Or[0]/Not",
  ],
  [
    { Condition: "{% true %}", Next: "B" },
    "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage at ~",
  ],
])("refuses %j", (rule, message) => {
  expect(diagnose(rule)).toEqual([message]);
});

test.each([
  [
    { Variable: "$.v", StringEquals: "$.w", Next: "B" },
    "The value of 'StringEquals' looks like a path, but is taken as text; use 'StringEqualsPath' to have it evaluated at ~/StringEquals",
  ],
  [
    { Not: { ...EQUALS, Next: "B" }, Next: "B" },
    "The field 'Next' has no effect inside And, Or and Not; it belongs to the rule itself at ~/Not/Next",
  ],
  [
    { ...EQUALS, Next: "B", Coment: "x" },
    "The field 'Coment' is unknown and has no effect; did you mean 'Comment'? at ~/Coment",
  ],
])("warns of %j", (rule, message) => {
  expect(parse(rule).definition).toBeDefined();
  expect(diagnose(rule)).toEqual([message]);
});
