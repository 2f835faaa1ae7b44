import { expect, it } from "vitest";
import { nameProblem } from "./name-problem.ts";

it.each([
  ["order-1_a", undefined],
  ["", "Give it a name."],
  ["a b", "Use letters, digits, - and _ only."],
  ["ä", "Use letters, digits, - and _ only."],
  ["x".repeat(81), "Use at most 80 characters."],
])("of %j is %j", (name, problem) => {
  expect(nameProblem(name)).toBe(problem);
});
