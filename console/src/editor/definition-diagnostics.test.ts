import { expect, it } from "vitest";
import { definitionDiagnostics } from "./definition-diagnostics.ts";

it("names line and column of what is wrong, errors first", () => {
  const text = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsNull": true, "Next": "B" }] },
    "B": { "Type": "Pass", "Next": "C" },
    "C": { "Type": "Wait", "End": true }
  }
}`;
  const found = definitionDiagnostics(text, "STANDARD");
  expect(found.map(({ severity, code, line }) => [severity, code, line])).toEqual([
    ["ERROR", "SCHEMA_VALIDATION_FAILED", 6],
    ["WARNING", "MISSING_DEFAULT", 4],
  ]);
  expect(found[0]?.column).toBeGreaterThan(1);
});

it("tells of a syntax error without quoting the whole text", () => {
  const [found] = definitionDiagnostics('{\n  "StartAt" "A"\n}', "STANDARD");
  expect(found).toMatchObject({ code: "INVALID_JSON_DESCRIPTION", line: 2 });
  expect(found?.message).not.toContain("Source");
});

it("finds nothing in a good definition", () => {
  const text = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}';
  expect(definitionDiagnostics(text, "EXPRESS")).toEqual([]);
});
