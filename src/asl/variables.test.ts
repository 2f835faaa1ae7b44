import { expect, test } from "vitest";
import { parseDefinition } from "./parse-definition.ts";

const END = { Type: "Pass", End: true };

function errors(state: object): string[] {
  const text = JSON.stringify({ StartAt: "A", States: { A: { ...state, End: true } } });
  return parseDefinition(text, { type: "STANDARD" }).diagnostics.flatMap(
    ({ severity, message, location }) =>
      severity === "ERROR" ? [`${message} at ${location}`] : [],
  );
}

test.each([
  [{ x: 1, "y.$": "$.a", _z1: {}, größe: 1, "名前.$": "$" }],
  [{}],
  [{ [`${"x".repeat(80)}.$`]: "$" }],
])("may be %j", (Assign) => {
  expect(errors({ ...END, Assign })).toEqual([]);
});

test.each([
  ["states", /reserved/u],
  ["states.$", /reserved/u],
  ["x".repeat(81), /longer than 80/u],
  ["1x", /is invalid/u],
  ["x.a", /only whole variables/u],
  ["", /is invalid/u],
  ["a-b.$", /is invalid/u],
])("%s may not be a name", (name, message) => {
  const found = errors({ ...END, Assign: { [name]: "$.x" } });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(message);
  expect(found[0]).toMatch(new RegExp(`at /States/A/Assign/${name.replace("$", "\\$")}$`, "u"));
});

test.each([
  [[1], "Expected value of type [OBJECT] at /States/A/Assign"],
  [
    { "x.$": "nope" },
    "The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call at /States/A/Assign",
  ],
])("may not be %j", (Assign, message) => {
  expect(errors({ ...END, Assign })).toEqual([message]);
});

const inner = (name: string, Assign: object) => ({
  StartAt: name,
  States: { [name]: { ...END, Assign } },
});
const hidden = (at: string) =>
  `Variable 'x' is already assigned in an outer scope; a branch or an iteration can read it, but must assign variables of other names at ${at}`;

/** The diagnostics of a state after one that assigns `x`. */
function after(state: object, severity = "ERROR"): string[] {
  const States = {
    First: { Type: "Pass", Assign: { x: 1 }, Next: "A" },
    A: { ...state, End: true },
  };
  const { diagnostics } = parseDefinition(JSON.stringify({ StartAt: "First", States }), {
    type: "STANDARD",
  });
  return diagnostics
    .filter((diagnostic) => diagnostic.severity === severity)
    .map(({ message, location }) => `${message} at ${location}`);
}

test("a branch cannot assign what is around it, branches do not share", () => {
  const Branches = [inner("B", { y: 1 }), inner("C", { y: 2 }), inner("D", { "x.$": "$" })];
  expect(after({ Type: "Parallel", Branches })).toEqual([
    hidden("/States/A/Branches[2]/States/D/Assign/x.$"),
  ]);
});

test("what the state around a branch assigns itself is no conflict", () => {
  const Catch = [{ ErrorEquals: ["States.ALL"], Next: "A", Assign: { y: 1 } }];
  const Branches = [inner("B", { x: 1, y: 1 })];
  expect(errors({ Type: "Parallel", Assign: { x: 1 }, Catch, Branches })).toEqual([]);
});

test("the items of a distributed Map see nothing around it", () => {
  const map = { Type: "Map", ItemsPath: "$" };
  const processor = inner("B", { x: 1, "y.$": "$x" });
  const distributed = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };
  expect(after({ ...map, ItemProcessor: processor })).toEqual([
    hidden("/States/A/ItemProcessor/States/B/Assign/x"),
  ]);
  const ItemProcessor = { ...processor, ProcessorConfig: distributed };
  expect(after({ ...map, ItemProcessor })).toEqual([]);
});

test("warns of a variable that nothing around it assigns", () => {
  const undefinedVariable = (name: string, at: string) =>
    `Variable '$${name}' is read here, but no state here or around it assigns it at ${at}`;
  const Branches = [inner("B", { "y.$": "$x" }), inner("C", { "z.$": "$y" })];
  expect(after({ Type: "Parallel", Branches }, "WARNING")).toEqual([
    undefinedVariable("y", "/States/A/Branches[1]/States/C"),
  ]);
  expect(after({ Type: "Pass", InputPath: "$y" }, "WARNING")).toEqual([
    undefinedVariable("y", "/States/A"),
  ]);
  const processor = { ...inner("B", { "y.$": "$x" }) };
  const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };
  const map = { Type: "Map", ItemsPath: "$", ItemProcessor: { ...processor, ProcessorConfig } };
  expect(after(map, "WARNING")).toEqual([
    undefinedVariable("x", "/States/A/ItemProcessor/States/B"),
  ]);
});
