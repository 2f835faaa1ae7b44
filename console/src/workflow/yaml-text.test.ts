import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/json/parse.ts";
import { stringify } from "../../../src/json/stringify.ts";
import { jsonOf, yamlOf, YamlProblem } from "./yaml-text.ts";

it("lays a definition out as YAML", () => {
  const text = `{ "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": 1.50,
    "Retry": [{ "ErrorEquals": ["States.ALL"] }], "Comment": "a: b", "Next": "yes", "Empty": {} } } }`;
  expect(yamlOf(text)).toBe(`StartAt: A
States:
  A:
    Type: Wait
    Seconds: 1.50
    Retry:
      - ErrorEquals:
          - States.ALL
    Comment: "a: b"
    Next: yes
    Empty: {}
`);
});

it("is the same definition when it comes back", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value);
      const parsed = parseJson(jsonOf(yamlOf(text)));
      expect(parsed.ok && stringify(parsed.value)).toBe(text);
    }),
  );
});

it("reads what people write", () => {
  expect(
    jsonOf(`# How orders are processed
StartAt: A
States:
  A: &wait
    Type: Wait
    Seconds: 1.0
    Next: B
  B: *wait
  C: {Type: Fail, Error: 'x'}
  D:
    Cause: |
      two
      lines
`),
  ).toBe(
    `{
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Wait",
      "Seconds": 1.0,
      "Next": "B"
    },
    "B": {
      "Type": "Wait",
      "Seconds": 1.0,
      "Next": "B"
    },
    "C": {
      "Type": "Fail",
      "Error": "x"
    },
    "D": {
      "Cause": "two\\nlines\\n"
    }
  }
}`,
  );
});

describe("refuses", () => {
  const many = `a: &x [1]\nb: [${"*x, ".repeat(101)}]`;
  it.each([["a: [1"], ["a: .inf"], ["[a]: 1"], ["a: *x"], [many]])("%j", (text) => {
    expect(() => jsonOf(text)).toThrow(YamlProblem);
  });
});
