import { expect, test } from "vitest";
import { locate, repeatedStates } from "./position.ts";

const TEXT = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Parallel",
      "Branches": [ { "StartAt": "In/ner" },
        { "States": { "a \\"b\\"": {}, "A/B[0]": { "Type": "Pass" } } } ] },
    "A/B": { "C": 1, "Ä": [true] }
  }
}`;

test.each([
  ["/", 1, 1],
  ["/StartAt", 2, 3],
  ["/States/A/Branches", 5, 7],
  ["/States/A/Branches[0]/StartAt", 5, 23],
  ["/States/A/Branches[1]", 6, 9],
  ['/States/A/Branches[1]/States/a "b"', 6, 23],
  ["/States/A/Branches[1]/States/A/B[0]/Type", 6, 50],
  ["/States/A/B/C", 7, 14],
  ["/States/A/B/Ä[0]", 7, 28],
  ["/States/A/Next", 4, 5],
  ["/Nowhere", 1, 1],
  [undefined, 1, 1],
  ['[Source: (String)"{"; line: 12, column: 34]', 12, 34],
])("%s is at %i:%i", (location, line, column) => {
  expect(locate(TEXT, location)).toEqual({ line, column });
});

test.each([
  "",
  "{",
  '{"States',
  "[[[",
  "]",
  '{"a":',
  '{"a" 1}',
  '{"a":}',
  "\\",
  '"',
  "[".repeat(1e5),
])("has a place even in malformed text: %.10s", (text) => {
  expect(locate(text, "/States/A").line).toBe(1);
  expect(repeatedStates(text)).toEqual([]);
});

test("finds states that a parser would drop", () => {
  const inner = `{"StartAt":"X","States":{"X":{"Type":"Pass"},"X":{}}}`;
  const text = `{"States":{
    "A":{"Type":"Parallel","Branches":[{"States":{}}, ${inner}]},
    "B":{"Type":"Map","ItemProcessor":${inner}},
    "C":{"Type":"Map","Iterator":${inner}},
    "D":{"Type":"Pass","Result":${inner}},
    "\\u0041":{}}}`;
  expect(repeatedStates(text)).toEqual([
    { name: "X", location: "/States/A/Branches[1]/States/X" },
    { name: "X", location: "/States/B/ItemProcessor/States/X" },
    { name: "X", location: "/States/C/Iterator/States/X" },
    { name: "A", location: "/States/A" },
  ]);
});
