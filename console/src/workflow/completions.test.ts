import { describe, expect, it } from "vitest";
import { completionsAt, contextAt } from "./completions.ts";

const DEFINITION = { StartAt: "A", States: { A: { Type: "Pass", Next: "B" }, B: {} } };

/** Labels at the `|` of the text. */
function at(text: string, definition: object = DEFINITION): readonly string[] {
  const offset = text.indexOf("|");
  return completionsAt(text.replace("|", ""), offset, definition as never).map(
    ({ label }) => label,
  );
}

describe("at a place of the text", () => {
  it.each([
    ['{ | "StartAt": "A" }', "States"],
    ['{ "States": { "A": { "Type": "Wait", | } } }', "SecondsPath"],
    ['{ "States": { "A": { |, "Type": "Fail" } } }', "Cause"],
    ['{ "States": { "A": { "Type": | } } }', "Parallel"],
    ['{ "States": { "A": { "Type": "Task", "Resource": | } } }', "arn:aws:states:::lambda:invoke"],
    ['{ "States": { "A": { "Type": "Pass", "Next": | } } }', "B"],
    ['{ "States": { "A": { "Retry": [{ "ErrorEquals": [ | ] }] } } }', "States.ALL"],
    ['{ "States": { "A": { "Retry": [{ | }] } } }', "BackoffRate"],
    ['{ "States": { "A": { "Catch": [{ "Next": "B" }, { | }] } } }', "ResultPath"],
    ['{ "States": { "A": { "Choices": [{ "And": [{ | }] }] } } }', "StringEquals"],
    ['{ "States": { "M": { "ItemProcessor": { "ProcessorConfig": { "Mode": | } } } } }', "INLINE"],
    ['{ "States": { "P": { "Branches": [{ | }] } } }', "StartAt"],
  ])("%s offers %s", (text, label) => {
    expect(at(text)).toContain(label);
  });

  it("does not offer what is there already, or what belongs to the other language", () => {
    const names = at('{ "States": { "A": { "Type": "Pass", "Result": 1, | } } }');
    expect(names).not.toContain("Type");
    expect(names).not.toContain("Result");
    expect(names).not.toContain("Output");
    expect(
      at('{ "States": { "A": { "Type": "Pass", | } } }', { QueryLanguage: "JSONata" }),
    ).toContain("Output");
  });

  it("offers nothing where anything can stand", () => {
    expect(at('{ "States": { "A": { "Type": "Pass", "Parameters": { | } } } }')).toEqual([]);
    expect(at('{ "Comment": | }')).toEqual([]);
  });
});

it("a place is known by what stands before it, even if that is broken", () => {
  const text = '{ "States": { "A": { "Type": "Pass" "Next" ]';
  expect(contextAt(text, text.length)).toMatchObject({ path: ["States"] });
});
