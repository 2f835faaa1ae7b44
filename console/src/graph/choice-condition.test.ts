import { expect, it } from "vitest";
import { choiceCondition } from "./choice-condition.ts";

it.each([
  [{ Variable: "$.a", StringEquals: "x" }, '$.a == "x"'],
  [{ Variable: "$.a", NumericLessThanEqualsPath: "$.b" }, "$.a <= $.b"],
  [
    { Variable: "$.a", TimestampGreaterThan: "2026-01-01T00:00:00Z" },
    '$.a > "2026-01-01T00:00:00Z"',
  ],
  [{ Variable: "$.a", StringMatches: "log-*.txt" }, '$.a matches "log-*.txt"'],
  [{ Variable: "$.a", IsPresent: true }, "$.a is present"],
  [{ Variable: "$.a", IsNull: false }, "$.a is not null"],
  [{ Not: { Variable: "$.a", BooleanEquals: true } }, "not ($.a == true)"],
  [
    {
      And: [
        { Variable: "$.a", IsNumeric: true },
        {
          Or: [
            { Variable: "$.b", NumericEquals: 1 },
            { Variable: "$.b", NumericEquals: 2 },
          ],
        },
      ],
    },
    "$.a is numeric and ($.b == 1 or $.b == 2)",
  ],
  [{ Condition: "{% $states.input.n > 1 %}" }, "$states.input.n > 1"],
  [{ Next: "X" }, ""],
])("of %j is told", (rule, condition) => {
  expect(choiceCondition(rule)).toBe(condition);
});
