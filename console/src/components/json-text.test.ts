import { expect, it } from "vitest";
import { jsonProblem, prettyJson } from "./json-text.ts";

it("indents as JSON.stringify does", () => {
  const value = { a: [1, { b: 'x, {y}: "z"' }, [], {}], c: null, "d e": true };
  expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
});

it("keeps the literals of numbers", () => {
  expect(prettyJson('{"a":1.0,"b":12345678901234567890}')).toBe(
    '{\n  "a": 1.0,\n  "b": 12345678901234567890\n}',
  );
});

it("leaves what is no JSON", () => {
  expect(prettyJson("{oops")).toBe("{oops");
});

it("tells where JSON goes wrong", () => {
  expect(jsonProblem("{}")).toBeUndefined();
  expect(jsonProblem('{"a": x}')).toMatchObject({ offset: 6 });
});
